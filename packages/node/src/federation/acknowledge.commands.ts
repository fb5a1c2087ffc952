/**
 * The partner's acknowledgement of our own log (LINK-24, LINK-26): its cosignature over one of our
 * checkpoints. A checkpoint that we signed and no longer hold shows that this node was restored from an old
 * state.
 */
import { verifyCheckpoint } from '#wire/log/checkpoint.ts'
import { verifyCosignature } from '#wire/log/cosignature.ts'
import { equalBytes } from '#wire/digest.ts'
import { formatNote, parseNote } from '#wire/log/note.ts'
import { publicKeysOf, verifierOf } from '#wire/suite.ts'
import type { Act } from '#node/kernel/command.ts'
import { freezePartner } from './federation.store.ts'
import { linkSigner, partnerCosigner } from './keys.ts'
import type { NodeKeys } from './keys.ts'
import { outLog } from './log.ts'
import { lockHead, noteHeld, putCosigned, readHead, rootOf } from './log.store.ts'
import type { LogHead } from './log.store.ts'
import type { Partner } from './partner.ts'

/**
 * A verified acknowledgement: the size of our log that it covers, and when it was cosigned (epoch seconds).
 */
export interface Acknowledgement {
  readonly size: number
  readonly cosignedAtS: number
}

/**
 * Result of an acknowledgement. `acknowledgement` is null if there was none or it did not verify; `head` is
 * null if it was not compared with our log.
 */
export interface Acknowledged {
  readonly outcome: 'advanced' | 'known' | 'invalid' | 'rolled_back'
  readonly acknowledgement: Acknowledgement | null
  /** The head of our log before the acknowledgement. */
  readonly head: LogHead | null
}

const INVALID: Acknowledged = { outcome: 'invalid', acknowledgement: null, head: null }

/**
 * Processes an acknowledgement. One that does not verify changes nothing.
 * @throws Malformed if the bytes are not a note
 */
export async function acknowledge(
  act: Act,
  partner: Partner,
  keys: NodeKeys,
  bytes: Uint8Array,
): Promise<Acknowledged> {
  if (bytes.length === 0) return { outcome: 'known', acknowledgement: null, head: null }
  const note = parseNote(bytes)
  const checkpoint = verifyOwn(note, keys, partner.nation)
  const cosigned = verifyCosignature(note, partnerCosigner(partner))
  if (checkpoint === null || !cosigned.ok) return INVALID
  const acknowledgement = { size: checkpoint.size, cosignedAtS: cosigned.value }
  // The same bundle may have extended the log of the other direction.
  await act.flush()
  const head = await lockHead(act.tx, outLog(partner.nation))
  if (head === null) return INVALID
  if (await isUnknown(act, head, checkpoint)) {
    const outcome = await freezeRolledBack(act, partner.nation, note, head.frontier.size)
    return { outcome, acknowledgement, head }
  }
  if (checkpoint.size <= head.noteSize) {
    if (checkpoint.size > head.witnessedSize) noteHeld(act, partner.nation, checkpoint.size)
    return { outcome: 'known', acknowledgement, head }
  }
  const text = Buffer.from(formatNote(note)).toString('utf8')
  putCosigned(act, head, { text, size: checkpoint.size, at: cosigned.value * 1000 })
  return { outcome: 'advanced', acknowledgement, head }
}

/**
 * Compares our log with a checkpoint of ours that the partner holds, cosigned or not. If we signed the
 * checkpoint and our log does not contain it, this node was restored from an old state and must not sign
 * anything (LINK-26).
 */
export async function compareWithHeld(
  act: Act,
  partner: Partner,
  keys: NodeKeys,
  bytes: Uint8Array,
): Promise<Compared> {
  const head = await readHead(act.tx, outLog(partner.nation))
  if (bytes.length === 0) return { outcome: 'consistent', size: 0, head }
  const note = parseNote(bytes)
  const checkpoint = verifyOwn(note, keys, partner.nation)
  if (checkpoint === null || head === null) return { outcome: 'invalid', size: 0, head: null }
  const { size } = checkpoint
  if (!(await isUnknown(act, head, checkpoint))) return { outcome: 'consistent', size, head }
  return { outcome: await freezeRolledBack(act, partner.nation, note, head.frontier.size), size, head }
}

/**
 * The partner's copy of our log compared with our log. `size` is the number of entries that the partner
 * holds.
 */
export interface Compared {
  readonly outcome: 'consistent' | 'invalid' | 'rolled_back'
  readonly size: number
  readonly head: LogHead | null
}

function verifyOwn(note: ReturnType<typeof parseNote>, keys: NodeKeys, partner: string) {
  const signer = linkSigner(keys, partner)
  const verdict = verifyCheckpoint(note, verifierOf(signer.name, publicKeysOf(keys.suite)))
  return verdict.ok ? verdict.value : null
}

/** True if a checkpoint that we signed is not in our log. */
async function isUnknown(
  act: Act,
  head: LogHead,
  { size, root }: { readonly size: number; readonly root: Uint8Array },
): Promise<boolean> {
  return size > head.frontier.size || !equalBytes(await rootOf(act.tx, head, size), root)
}

async function freezeRolledBack(
  act: Act,
  nation: string,
  note: ReturnType<typeof parseNote>,
  size: number,
): Promise<'rolled_back'> {
  const evidence = { held_by_partner: Buffer.from(formatNote(note)).toString('utf8'), our_size: size }
  await freezePartner(act.tx, nation, 'rolled_back', evidence)
  act.hint({ routes: 'links', id: nation })
  return 'rolled_back'
}
