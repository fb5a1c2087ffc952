/**
 * A link over removable media (LINK-60 to LINK-65). An export holds all entries that the partner has not
 * cosigned, their content and our newest acknowledgement, as one bundle sealed to the partner's node. An
 * import goes through the same receiver as a bundle from the network.
 */
import { MEDIA_LIMITS, encodeBlobHead, encodeBundleHead } from '#wire/link/bundle.ts'
import { signCheckpoint } from '#wire/log/checkpoint.ts'
import type { Sha384 } from '#wire/digest.ts'
import { createMediaOpener, createMediaSealer } from '#wire/seal/media.ts'
import type { MediaEnvelope } from '#wire/seal/media.ts'
import { formatNote, parseNote } from '#wire/log/note.ts'
import { SealError } from '#wire/seal/error.ts'
import type { ByteTransform } from '#wire/seal/stream.ts'
import { refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { BlobFolder, StoredBlob } from '#node/kernel/blobs.ts'
import { findBlob } from '#node/kernel/blobs.store.ts'
import type { Act } from '#node/kernel/command.ts'
import type { World } from '#node/world.ts'
import { withinBytes } from './federation.courier.ts'
import { readPartner } from './federation.store.ts'
import { linkSigner } from './keys.ts'
import { inLog, outLog } from './log.ts'
import { readEntries, readHead, readNotedHead, rootAt } from './log.store.ts'
import { recordNational } from './national.ts'
import type { Meetings } from './meetings.ts'
import type { Partner } from './partner.ts'
import { receiveBundle } from './receive.commands.ts'
import type { Received, ReceiverOptions } from './receive.commands.ts'
import { sequencePending } from './sequence.commands.ts'
import type { Departure, Leave } from './sequence.commands.ts'

export interface MediaOptions {
  readonly receiver: ReceiverOptions
  readonly folder: BlobFolder
  readonly world: World
  /** True if this process is the courier, which alone may sequence statements. */
  leads(act: Act): Promise<boolean>
  /** Asks once more whether a statement may leave. */
  readonly mayLeave: Departure
  /** The official address of a nation's organisation for the outer envelope, in printable ASCII. */
  addressOf(nation: string): string
}

/** A sealed bundle for media. `control` is visible on the outside. */
export interface MediaExport {
  readonly control: string
  readonly chunks: AsyncIterable<Uint8Array>
}

interface Content {
  readonly partner: Partner
  readonly first: number
  readonly entries: readonly Uint8Array[]
  readonly checkpoint: Uint8Array
  /** The partner's newest checkpoint that we hold; null if there is none. */
  readonly held: string | null
  readonly blobs: readonly StoredBlob[]
  readonly control: string
}

/**
 * Exports a bundle for a partner and records it in the national log. Content is streamed; entries are in
 * memory.
 */
export async function exportMedia(
  options: MediaOptions,
  nation: string,
  by: string,
): Promise<MediaExport | Refusal> {
  const { acts, keys, cosigned, meetings } = options.receiver
  await acts.run((act) => noteFirstExport(act, meetings, nation))
  if (!meetings.has(nation)) return refuse('partner_not_met')
  while (await acts.run((act) => sequenceAsCourier(options, act, nation))) continue
  const content = await acts.run((act) => collect(options, act, nation, by))
  if ('refused' in content) return content
  const acknowledgement =
    content.held === null ? new Uint8Array(0) : await cosigned.cosign(parseNote(Buffer.from(content.held)))
  const head = encodeBundleHead({
    header: {
      from: keys.nation,
      to: nation,
      first: content.first,
      count: content.entries.length,
      blobs: content.blobs.length,
    },
    checkpoint: content.checkpoint,
    acknowledgement,
    entries: content.entries,
  })
  const envelope = {
    from: options.addressOf(keys.nation),
    to: options.addressOf(nation),
    control: content.control,
  }
  const recipient = content.partner.seal
  const sealer = createMediaSealer({ envelope, recipient, random: options.world.random })
  return {
    control: content.control,
    chunks: transformed(sealer, plaintextOf(options.folder, head, content.blobs)),
  }
}

/**
 * A partner that has never acknowledged anything counts as met: it holds nothing that we could have lost
 * (LINK-66).
 */
async function noteFirstExport(act: Act, meetings: Meetings, nation: string): Promise<void> {
  const head = await readHead(act.tx, outLog(nation))
  if (head !== null && head.noteSize < 0) meetings.note(nation)
}

async function sequenceAsCourier(options: MediaOptions, act: Act, nation: string): Promise<boolean> {
  const state = (await readPartner(act.tx, nation))?.state
  if (state !== 'open' || !(await options.leads(act))) return false
  const leave: Leave = { mayLeave: options.mayLeave, channel: 'media' }
  return (await sequencePending(act, outLog(nation), leave)) !== null
}

async function collect(
  options: MediaOptions,
  act: Act,
  nation: string,
  by: string,
): Promise<Content | Refusal> {
  const partner = await readPartner(act.tx, nation)
  const head = await readHead(act.tx, outLog(nation))
  if (partner === null || head === null) return refuse('not_found')
  if (partner.state !== 'open') return refuse(partner.state === 'frozen' ? 'link_frozen' : 'link_not_open')
  const first = head.witnessedSize
  const rows = withinBytes(
    await readEntries(act.tx, head.name, first, MEDIA_LIMITS.entriesMax),
    MEDIA_LIMITS.entryBytesMax,
  )
  const size = first + rows.length
  const root = await rootAt(act.tx, head.name, size)
  const signer = linkSigner(options.receiver.keys, nation)
  const checkpoint = formatNote(signCheckpoint({ origin: head.origin, size, root, extensions: [] }, signer))
  const held = (await readNotedHead(act.tx, inLog(nation)))?.checkpoint ?? null
  const control = controlOf(act.nation, nation, first, size)
  recordNational(act, { what: 'media.exported', by, partner: nation, control })
  const digests = new Set(
    rows.flatMap((row) => (row.blobs === null ? [] : (JSON.parse(row.blobs) as string[]))),
  )
  const blobs: StoredBlob[] = []
  for (const digest of digests) {
    const blob = await findBlob(act.tx, digest as Sha384)
    if (blob !== null) blobs.push(blob)
  }
  return { partner, first, entries: rows.map((row) => row.bytes), checkpoint, held, blobs, control }
}

/** The control number of an export (LINK-61): `JP-KR-MEDIA-12-20` holds entries 12 to 19. */
function controlOf(from: string, to: string, first: number, size: number): string {
  return `${from}-${to}-MEDIA-${first}-${size}`
}

async function* plaintextOf(
  folder: BlobFolder,
  head: Uint8Array,
  blobs: readonly StoredBlob[],
): AsyncGenerator<Uint8Array> {
  yield head
  for (const blob of blobs) {
    yield encodeBlobHead(blob.digest, blob.sizeBytes)
    yield* folder.read(blob)
  }
}

async function* transformed(
  transform: ByteTransform,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield* transform.push(chunk)
  yield* transform.finish()
}

/** Result of an import. `envelope` is null if the envelope of the file could not be read. */
export interface MediaImport {
  readonly received: Received
  readonly envelope: MediaEnvelope | null
}

/**
 * Imports a sealed bundle. Only the signatures in it prove its sender (LINK-62). The whole file is verified
 * before any of it is stored (LINK-63).
 */
export async function importMedia(
  options: MediaOptions,
  chunks: AsyncIterable<Uint8Array>,
  by: string,
): Promise<MediaImport> {
  const { acts, keys } = options.receiver
  const opener = createMediaOpener([keys.seal])
  const received = await receiveBundle(options.receiver, transformed(opener, chunks), null).catch(
    (error: unknown): Received => {
      if (error instanceof SealError) return { outcome: 'refused', code: error.code }
      throw error
    },
  )
  const envelope = opener.envelope()
  const result = received.outcome === 'refused' ? received.code : received.outcome
  const control = envelope?.control ?? null
  await acts.run(async (act) => recordNational(act, { what: 'media.imported', by, control, result }))
  return { received, envelope }
}
