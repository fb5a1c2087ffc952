/**
 * Receives bundles from the network and from removable media (LINK-20 to LINK-28): read, verify the exact
 * bytes, decide, store in one transaction, and only then cosign.
 */
import { MEDIA_LIMITS, NETWORK_LIMITS, byteReader, readBlobs, readBundleHead } from '#wire/link/bundle.ts'
import type { BundleHead, ByteReader } from '#wire/link/bundle.ts'
import { verifyCheckpoint } from '#wire/log/checkpoint.ts'
import type { Checkpoint } from '#wire/log/checkpoint.ts'
import { encodeBase64 } from '#wire/digest.ts'
import { Malformed } from '#wire/json.ts'
import { formatNote, parseNote } from '#wire/log/note.ts'
import type { Note } from '#wire/log/note.ts'
import { BLOB_SIZE_BYTES_MAX, SMALL_BLOB_SIZE_BYTES_MAX } from '#node/kernel/blobs.ts'
import type { StoredBlob } from '#node/kernel/blobs.ts'
import type { Act, Acts } from '#node/kernel/command.ts'
import type { BlobPort } from './blobPort.ts'
import { acknowledge } from './acknowledge.commands.ts'
import type { Acknowledged, Acknowledgement } from './acknowledge.commands.ts'
import type { CosignedNotes } from './cosigned.ts'
import { freezePartner, readPartner } from './federation.store.ts'
import { partnerLog } from './keys.ts'
import type { NodeKeys } from './keys.ts'
import { inLog } from './log.ts'
import {
  lockHead,
  noteHeld,
  proveConsistency,
  readHead,
  readNotedHead,
  rootOf,
  storeExtension,
} from './log.store.ts'
import type { LogHead } from './log.store.ts'
import type { Meetings } from './meetings.ts'
import { mirrorStep } from './mirror.ts'
import type { MirrorStep } from './mirror.ts'
import type { Partner } from './partner.ts'
import type { ExtendReply } from './transport.ts'

export interface ReceiverOptions {
  readonly keys: NodeKeys
  readonly acts: Acts
  readonly blobs: BlobPort
  readonly cosigned: CosignedNotes
  readonly meetings: Meetings
  /** Reads a partner outside an act. */
  readPartner(nation: string): Promise<Partner | null>
}

/**
 * Result of a bundle. `note` is the sender's checkpoint, cosigned, or for `behind` the newest checkpoint that
 * we hold. `stored` is the number of new entries.
 */
export type Received =
  | {
      readonly outcome: 'cosigned'
      readonly note: Uint8Array
      readonly stored: number
      readonly from: string
    }
  | { readonly outcome: 'behind'; readonly note: Uint8Array; readonly from: string }
  | { readonly outcome: 'frozen' | 'fork' | 'not_open' | 'not_for_us'; readonly from: string }
  | { readonly outcome: 'refused'; readonly code: string }

/**
 * Receives a bundle.
 * @param authenticated the nation whose certificate the connection showed; null for media, where only the
 * signature over the checkpoint proves the sender
 */
export async function receiveBundle(
  options: ReceiverOptions,
  chunks: AsyncIterable<Uint8Array>,
  authenticated: string | null,
): Promise<Received> {
  try {
    const reader = byteReader(chunks)
    const head = await readBundleHead(reader, authenticated === null ? MEDIA_LIMITS : NETWORK_LIMITS)
    const from = head.header.from
    if (head.header.to !== options.keys.nation || (authenticated !== null && authenticated !== from)) {
      return { outcome: 'not_for_us', from }
    }
    const partner = await options.readPartner(from)
    if (partner === null || partner.state === 'invited') {
      return { outcome: 'not_open', from }
    }
    if (partner.state === 'frozen') return { outcome: 'frozen', from }
    const note = parseNote(head.checkpoint)
    const verdict = verifyCheckpoint(note, partnerLog(partner, options.keys.nation))
    if (!verdict.ok) return { outcome: 'refused', code: verdict.code }
    // BUNDLE-2
    if (verdict.value.size !== head.header.first + head.header.count) {
      return { outcome: 'refused', code: 'checkpoint_size' }
    }
    return await take(options, reader, { partner, head, note, checkpoint: verdict.value, authenticated })
  } catch (error) {
    if (error instanceof Malformed) return { outcome: 'refused', code: error.code }
    throw error
  }
}

interface Verified {
  readonly partner: Partner
  readonly head: BundleHead
  readonly note: Note
  readonly checkpoint: Checkpoint
  readonly authenticated: string | null
}

async function take(options: ReceiverOptions, reader: ByteReader, verified: Verified): Promise<Received> {
  const { partner, head, note } = verified
  const from = partner.nation
  if (verified.authenticated === null && head.header.blobs > 0) await checkBeforeContent(options, verified)
  const carried = await takeBlobs(options, reader, verified)
  let acknowledgement: Acknowledgement | null = null
  const received = await options.acts.run(async (act): Promise<Received> => {
    const [mirror, current] = await Promise.all([lockHead(act.tx, inLog(from)), readPartner(act.tx, from)])
    const state = current?.state
    if (mirror === null || state !== 'open')
      return { outcome: state === 'frozen' ? 'frozen' : 'not_open', from }
    const step = await decide(act, mirror, verified)
    if (step.step === 'mismatch' && verified.authenticated === null) {
      return { outcome: 'refused', code: 'root_mismatch' }
    }
    if (step.step === 'fork' || step.step === 'mismatch') return freezeFork(act, mirror, verified)
    if (step.step === 'gap' || step.step === 'older') {
      return { outcome: 'behind', note: Buffer.from(await heldNote(act, from)), from }
    }
    if (step.step === 'extend') {
      const held = Buffer.from(formatNote(note)).toString('utf8')
      await storeExtension(act, mirror, step.entries, step.extension, held)
    }
    await options.blobs.keep(act, from, carried)
    const acknowledged = await acknowledge(act, partner, options.keys, head.acknowledgement)
    acknowledgement = acknowledged.acknowledgement
    // A bundle has its whole effect or none (LINK-64).
    if (acknowledged.outcome === 'invalid')
      throw new Malformed('acknowledgement_invalid', 'bundle.acknowledgement')
    act.hint({ routes: 'links', id: from })
    if (acknowledged.outcome === 'rolled_back') return { outcome: 'frozen', from }
    if (verified.authenticated !== null) noteLost(act, from, acknowledged)
    const stored = step.step === 'extend' ? step.entries.length : 0
    return { outcome: 'cosigned', note: head.checkpoint, stored, from }
  })
  if (received.outcome !== 'cosigned') return received
  if (isFresh(options, acknowledgement)) options.meetings.note(from)
  return { ...received, note: await options.cosigned.cosign(note) }
}

/**
 * Records that the partner has lost entries of our log. Network only: a medium may hold an acknowledgement of
 * any age.
 */
function noteLost(act: Act, nation: string, { acknowledgement, head }: Acknowledged): void {
  if (acknowledgement === null || head === null) return
  if (acknowledgement.size < head.witnessedSize) noteHeld(act, nation, acknowledgement.size)
}

/** True if a verified acknowledgement was made after this process started. */
function isFresh({ meetings }: ReceiverOptions, acknowledgement: Acknowledgement | null): boolean {
  return acknowledgement !== null && acknowledgement.cosignedAtS * 1000 >= meetings.since
}

async function decide(act: Act, mirror: LogHead, { head, checkpoint }: Verified): Promise<MirrorStep> {
  const before =
    checkpoint.size <= mirror.frontier.size ? await rootOf(act.tx, mirror, checkpoint.size) : null
  return mirrorStep(mirror.frontier, head.header, checkpoint, head.entries, before)
}

/** Entries on media may have been altered. Content is stored only if the entries yield the signed root. */
async function checkBeforeContent(options: ReceiverOptions, verified: Verified): Promise<void> {
  const step = await options.acts.run(async (act) => {
    const mirror = await readHead(act.tx, inLog(verified.partner.nation))
    return mirror === null ? null : decide(act, mirror, verified)
  })
  if (step?.step === 'mismatch') throw new Malformed('root_mismatch', 'bundle.entries')
}

/** A digest anywhere in an entry. */
const SHA384 = /sha384:[0-9a-f]{96}/g

/**
 * Receives the content of a bundle, all of which an entry or a wanted digest must name (BUNDLE-5). Small
 * content is kept in memory until the entries are stored; large content is streamed to the blob folder.
 */
async function takeBlobs(
  options: ReceiverOptions,
  reader: ByteReader,
  { head, authenticated }: Verified,
): Promise<readonly StoredBlob[]> {
  const named = new Set(
    head.entries.flatMap((entry) => Buffer.from(entry).toString('latin1').match(SHA384) ?? []),
  )
  const carried: StoredBlob[] = []
  const sizeBytesMax = authenticated === null ? BLOB_SIZE_BYTES_MAX : SMALL_BLOB_SIZE_BYTES_MAX
  for await (const blob of readBlobs(reader, head.header, sizeBytesMax)) {
    const wanted = named.has(blob.digest) || (await options.blobs.isWanted(blob.digest))
    if (!wanted) throw new Malformed('blob_not_named', 'bundle.blobs')
    carried.push(await options.blobs.take(blob))
  }
  return carried
}

/**
 * Freezes a link whose partner signed a checkpoint that contradicts an earlier one (LINK-27). If the new
 * checkpoint is not larger than our mirror, the evidence is complete: both signed checkpoints, our root at
 * the smaller size, and the proof that this root belongs to the larger.
 */
async function freezeFork(
  act: Act,
  mirror: LogHead,
  { partner, note, checkpoint }: Verified,
): Promise<Received> {
  const from = partner.nation
  const evidence = {
    received: Buffer.from(formatNote(note)).toString('utf8'),
    held: await heldNote(act, from),
    ...(checkpoint.size <= mirror.frontier.size ? await contradiction(act, mirror, checkpoint.size) : {}),
  }
  await freezePartner(act.tx, from, 'fork', evidence)
  act.hint({ routes: 'links', id: from })
  return { outcome: 'fork', from }
}

/** The newest note of the partner's log that we hold; empty if there is none. */
async function heldNote(act: Act, from: string): Promise<string> {
  return (await readNotedHead(act.tx, inLog(from)))?.checkpoint ?? ''
}

async function contradiction(act: Act, mirror: LogHead, size: number): Promise<Record<string, string>> {
  const proof = await proveConsistency(act.tx, mirror.name, size, mirror.frontier.size)
  const root = await rootOf(act.tx, mirror, size)
  return { held_root: encodeBase64(root), proof: proof.map(encodeBase64).join(' ') }
}

/** The reply to the sender: notes and codes, never internal reasons (LINK-28). */
export function replyOf(received: Received): ExtendReply {
  switch (received.outcome) {
    case 'cosigned':
    case 'behind':
      return { outcome: received.outcome, body: received.note }
    case 'frozen':
    case 'fork':
      return { outcome: 'frozen', body: new Uint8Array(0) }
    case 'refused':
      return { outcome: 'refused', body: Buffer.from(received.code) }
    case 'not_open':
    case 'not_for_us':
      return { outcome: 'refused', body: Buffer.from('not_open') }
  }
}
