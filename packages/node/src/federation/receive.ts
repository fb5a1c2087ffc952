/**
 * Taking in a bundle, whichever way it came (LINK-20 to LINK-28): read, verify the exact bytes, decide, store in one
 * transaction, and only then cosign. The same code serves HTTPS and removable media.
 */
import { byteReader, readBlobs, readBundleHead } from '#wire/bundle.ts'
import type { BundleHead, ByteReader } from '#wire/bundle.ts'
import { verifyCheckpoint } from '#wire/checkpoint.ts'
import type { Checkpoint } from '#wire/checkpoint.ts'
import { Malformed } from '#wire/json.ts'
import { formatNote, parseNote } from '#wire/note.ts'
import type { Note } from '#wire/note.ts'
import type { Act, Acts } from '../kernel/command.ts'
import type { BlobDoor } from './blobDoor.ts'
import { acknowledge } from './acknowledge.ts'
import type { CosignedNotes } from './cosigned.ts'
import { freezePartner, readPartner } from './federation.store.ts'
import { partnerLog } from './keys.ts'
import type { NodeKeys } from './keys.ts'
import { inLog } from './log.ts'
import { readHead, rootAt, storeExtension } from './log.store.ts'
import { mirrorStep } from './mirror.ts'
import type { Partner } from './partner.ts'

export interface ReceiverOptions {
  readonly keys: NodeKeys
  readonly acts: Acts
  readonly blobs: BlobDoor
  readonly cosigned: CosignedNotes
  /** Reads a partner outside an act. */
  readPartner(nation: string): Promise<Partner | null>
}

/** What the sender is told. `note` is the checkpoint that we hold, cosigned when it is the sender's own newest. */
export type Received =
  | { readonly outcome: 'cosigned'; readonly note: Uint8Array; readonly stored: number; readonly from: string }
  | { readonly outcome: 'behind'; readonly note: Uint8Array; readonly from: string }
  | { readonly outcome: 'frozen' | 'fork' | 'not_open' | 'not_for_us'; readonly from: string }
  | { readonly outcome: 'refused'; readonly code: string }

/** Bytes of small content taken along in a bundle over the network. */
const BLOB_BYTES_MAX = 2 ** 31 + 2 ** 20

/**
 * Takes in a bundle.
 * @param authenticated the nation whose certificate the connection showed; null on media, where only the
 * signature over the checkpoint tells
 */
export async function receiveBundle(
  options: ReceiverOptions,
  chunks: AsyncIterable<Uint8Array>,
  authenticated: string | null,
): Promise<Received> {
  try {
    const reader = byteReader(chunks)
    const head = await readBundleHead(reader)
    const from = head.header.from
    if (head.header.to !== options.keys.nation || (authenticated !== null && authenticated !== from)) {
      return { outcome: 'not_for_us', from }
    }
    const partner = await options.readPartner(from)
    if (partner === null || partner.state === 'invited' || partner.state === 'closed') {
      return { outcome: 'not_open', from }
    }
    if (partner.state === 'frozen') return { outcome: 'frozen', from }
    const note = parseNote(head.checkpoint)
    const verdict = verifyCheckpoint(note, partnerLog(partner, options.keys.nation))
    if (!verdict.ok) return { outcome: 'refused', code: verdict.code }
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
  const { partner, head, note, checkpoint } = verified
  const from = partner.nation
  const carried = await takeBlobs(options, reader, head)
  const received = await options.acts.run(async (act): Promise<Received> => {
    const mirror = await readHead(act.tx, inLog(from), 'lock')
    if (mirror === null) return { outcome: 'not_open', from }
    const before =
      checkpoint.size <= mirror.frontier.size ? await rootAt(act.tx, mirror.name, checkpoint.size) : null
    const step = mirrorStep(mirror.frontier, head.header, checkpoint, head.entries, before)
    if (step.step === 'mismatch' && verified.authenticated === null) {
      return { outcome: 'refused', code: 'root_mismatch' }
    }
    if (step.step === 'fork' || step.step === 'mismatch') return freezeFork(act, from, note, mirror.checkpoint)
    if (step.step === 'gap' || step.step === 'older') {
      return { outcome: 'behind', note: Buffer.from(mirror.checkpoint ?? ''), from }
    }
    if (step.step === 'extend') {
      await storeExtension(act.tx, mirror, step.entries, step.extension)
      const text = Buffer.from(formatNote(note)).toString('utf8')
      await act.tx.updateTable('log').set({ checkpoint: text }).where('name', '=', mirror.name).execute()
    }
    await options.blobs.keep(act, from, carried)
    await acknowledge(act, partner, options.keys, head.acknowledgement)
    act.hint({ slice: 'links', id: from })
    const stored = step.step === 'extend' ? step.entries.length : 0
    return { outcome: 'cosigned', note: head.checkpoint, stored, from }
  })
  if (received.outcome !== 'cosigned') return received
  return { ...received, note: await options.cosigned.cosign(from, note, checkpoint.size) }
}

/** Small content is held until the entries are stored; large content goes to the store as it streams in. */
async function takeBlobs(
  options: ReceiverOptions,
  reader: ByteReader,
  head: BundleHead,
): Promise<readonly Uint8Array[]> {
  const named = head.entries.map((entry) => Buffer.from(entry).toString('latin1'))
  const carried: Uint8Array[] = []
  for await (const blob of readBlobs(reader, head.header, BLOB_BYTES_MAX)) {
    const wanted = named.some((entry) => entry.includes(blob.digest)) || (await options.blobs.isWanted(blob.digest))
    if (!wanted) throw new Malformed('blob_not_named', 'bundle.blobs')
    const small = await options.blobs.take(blob)
    if (small !== null) carried.push(small)
  }
  return carried
}

/** Two signed checkpoints that cannot both be of one log: kept as evidence, and the link stops (LINK-27). */
async function freezeFork(act: Act, from: string, theirs: Note, held: string | null): Promise<Received> {
  const evidence = { received: Buffer.from(formatNote(theirs)).toString('utf8'), held: held ?? '' }
  await freezePartner(act.tx, from, 'fork', evidence)
  act.hint({ slice: 'links', id: from })
  return { outcome: 'fork', from }
}

/** Reads a partner in an act of its own. */
export function partnerReader(acts: Acts): (nation: string) => Promise<Partner | null> {
  return (nation) => acts.run((act) => readPartner(act.tx, nation))
}
