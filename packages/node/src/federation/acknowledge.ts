/**
 * The partner's acknowledgement of our own log (LINK-24, LINK-26): its cosignature over one of our checkpoints. It
 * may also tell us that we are not who we were: a checkpoint that we signed and no longer hold.
 */
import { verifyCheckpoint } from '#wire/checkpoint.ts'
import { verifyCosignature } from '#wire/cosignature.ts'
import { equalBytes } from '#wire/digest.ts'
import { formatNote, parseNote } from '#wire/note.ts'
import { publicKeysOf, verifierOf } from '#wire/suite.ts'
import type { Act } from '../kernel/command.ts'
import { freezePartner } from './federation.store.ts'
import { linkSigner, partnerCosigner } from './keys.ts'
import type { NodeKeys } from './keys.ts'
import { outLog } from './log.ts'
import { readHead, rootOf } from './log.store.ts'
import type { LogHead } from './log.store.ts'
import type { Partner } from './partner.ts'

/** What an acknowledgement said: of which size of our log, and when it was cosigned (epoch seconds). */
export interface Acknowledgement {
  readonly size: number
  readonly cosignedAtS: number
}

/** What became of it; `said` is null when there was none, or none that verifies. */
export interface Acknowledged {
  readonly outcome: 'advanced' | 'known' | 'invalid' | 'rolled_back'
  readonly said: Acknowledgement | null
}

/**
 * Takes an acknowledgement in; one that does not verify changes nothing.
 * @throws Malformed when it is no note
 */
export async function acknowledge(
  act: Act,
  partner: Partner,
  keys: NodeKeys,
  bytes: Uint8Array,
): Promise<Acknowledged> {
  if (bytes.length === 0) return { outcome: 'known', said: null }
  const note = parseNote(bytes)
  const checkpoint = verifyOwn(note, keys, partner.nation)
  const cosigned = verifyCosignature(note, partnerCosigner(partner))
  if (checkpoint === null || !cosigned.ok) return { outcome: 'invalid', said: null }
  const said = { size: checkpoint.size, cosignedAtS: cosigned.value }
  const head = await readHead(act.tx, outLog(partner.nation), 'lock')
  if (head === null) return { outcome: 'invalid', said: null }
  if (await isNotOurs(act, head, checkpoint)) {
    return { outcome: await freezeRolledBack(act, partner.nation, note, head.frontier.size), said }
  }
  if (checkpoint.size <= head.noteSize) {
    if (checkpoint.size > head.witnessedSize) await noteHeld(act, partner.nation, checkpoint.size)
    return { outcome: 'known', said }
  }
  const text = Buffer.from(formatNote(note)).toString('utf8')
  await act.tx
    .updateTable('log')
    .set({
      witnessed_size: Math.max(checkpoint.size, head.witnessedSize),
      witnessed_note: text,
      checkpoint: text,
    })
    .where('name', '=', head.name)
    .execute()
  await act.tx
    .updateTable('matter_statement')
    .set({ cosigned_at: cosigned.value * 1000 })
    .where('log', '=', head.name)
    .where('log_index', '>=', Math.max(head.noteSize, 0))
    .where('log_index', '<', checkpoint.size)
    .execute()
  return { outcome: 'advanced', said }
}

/**
 * Notes how far the partner holds our log. Less than it once cosigned means that it was restored from an old state:
 * what it has lost is sent again (LINK-29).
 */
export async function noteHeld(act: Act, nation: string, size: number): Promise<void> {
  await act.tx.updateTable('log').set({ witnessed_size: size }).where('name', '=', outLog(nation)).execute()
}

/**
 * Looks at a checkpoint of ours that the partner holds, cosigned or not: if we signed it and our log does not have
 * it, this node was restored from an old state and must not sign anything (LINK-26).
 */
export async function compareWithHeld(
  act: Act,
  partner: Partner,
  keys: NodeKeys,
  bytes: Uint8Array,
): Promise<'consistent' | 'invalid' | 'rolled_back'> {
  if (bytes.length === 0) return 'consistent'
  const note = parseNote(bytes)
  const checkpoint = verifyOwn(note, keys, partner.nation)
  if (checkpoint === null) return 'invalid'
  const head = await readHead(act.tx, outLog(partner.nation), 'look')
  if (head === null) return 'invalid'
  if (!(await isNotOurs(act, head, checkpoint))) return 'consistent'
  return freezeRolledBack(act, partner.nation, note, head.frontier.size)
}

function verifyOwn(note: ReturnType<typeof parseNote>, keys: NodeKeys, partner: string) {
  const signer = linkSigner(keys, partner)
  const verdict = verifyCheckpoint(note, verifierOf(signer.name, publicKeysOf(keys.suite)))
  return verdict.ok ? verdict.value : null
}

async function isNotOurs(
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
  act.hint({ slice: 'links', id: nation })
  return 'rolled_back'
}
