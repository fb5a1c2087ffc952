/**
 * Bundles: the next entries of one direction of a link, with the signed checkpoint that covers them, the
 * newest acknowledgement of the other direction, and content (BUNDLE-1 to BUNDLE-6). The bytes are the same
 * over HTTPS and in a file, and one reader reads both.
 *
 *     entente bundle v1
 *     {"from":"JP","to":"KR","first":12,"count":2,"blobs":1}
 *     <u32 size><checkpoint note> <u32 size><acknowledgement note, or nothing>
 *     count × <u16 size><entry>
 *     blobs × <48 bytes SHA-384><u64 size><bytes>
 */
import { z } from 'zod'
import { decodeHex, encodeHex } from '../digest.ts'
import type { Sha384 } from '../digest.ts'
import { Malformed, decodeUtf8, parseJson } from '../json.ts'
import { Nation } from '../nation.ts'
import { STATEMENT_SIZE_BYTES_MAX } from '../statement.ts'

const MAGIC = 'entente bundle v1\n'
const HEADER_SIZE_BYTES_MAX = 512
const NOTE_SIZE_BYTES_MAX = 64 * 1024

/** The most entries in a bundle over the network; a file may carry more. */
export const ENTRIES_MAX = 256
/** The most entries in any bundle. */
const ENTRIES_IN_FILE_MAX = 1_000_000

/** Bounds on the entries of a bundle, which are held in memory. Content streams. */
export interface BundleLimits {
  readonly entriesMax: number
  readonly entryBytesMax: number
}

/** Limits of a bundle over the network (BUNDLE-4). */
export const NETWORK_LIMITS: BundleLimits = { entriesMax: ENTRIES_MAX, entryBytesMax: 8 * 2 ** 20 }
/**
 * Limits of a bundle on media, which may hold days of entries; the rest goes into the next file (BUNDLE-4).
 */
export const MEDIA_LIMITS: BundleLimits = { entriesMax: 100_000, entryBytesMax: 128 * 2 ** 20 }

export const BundleHeader = z.strictObject({
  from: Nation,
  to: Nation,
  /** Index of the first entry carried. */
  first: z.int().min(0),
  count: z.int().min(0).max(ENTRIES_IN_FILE_MAX),
  blobs: z.int().min(0).max(100_000),
})
export type BundleHeader = z.infer<typeof BundleHeader>

/** Everything in a bundle before its content. */
export interface BundleHead {
  readonly header: BundleHeader
  /** The sender's signed checkpoint of size `first + count`. */
  readonly checkpoint: Uint8Array
  /** The newest checkpoint of the receiver that the sender has mirrored, cosigned by it; may be empty (BUNDLE-3). */
  readonly acknowledgement: Uint8Array
  readonly entries: readonly Uint8Array[]
}

/** One piece of content: its digest, its size, and its bytes in order. */
export interface BundledBlob {
  readonly digest: Sha384
  readonly sizeBytes: number
  readonly chunks: AsyncIterable<Uint8Array>
}

/** Writes everything before the content. */
export function encodeBundleHead(head: BundleHead): Uint8Array {
  const header = `${MAGIC}${JSON.stringify(BundleHeader.parse(head.header))}\n`
  const parts: Uint8Array[] = [Buffer.from(header), sized32(head.checkpoint), sized32(head.acknowledgement)]
  for (const entry of head.entries) {
    const size = Buffer.alloc(2)
    size.writeUInt16BE(entry.length)
    parts.push(size, entry)
  }
  return Buffer.concat(parts)
}

/** Writes the header that precedes a blob's bytes. */
export function encodeBlobHead(digest: Sha384, sizeBytes: number): Uint8Array {
  const head = Buffer.alloc(56)
  head.set(decodeHex(digest.slice('sha384:'.length)))
  head.writeBigUInt64BE(BigInt(sizeBytes), 48)
  return head
}

function sized32(bytes: Uint8Array): Uint8Array {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(bytes.length)
  return Buffer.concat([size, bytes])
}

/** Reads exact numbers of bytes from a stream that an attacker may control. */
export interface ByteReader {
  /** @throws Malformed `truncated` if the stream ends early */
  take(sizeBytes: number, place: string): Promise<Uint8Array>
  /** Streams exactly `sizeBytes`. */
  stream(sizeBytes: number, place: string): AsyncIterable<Uint8Array>
  /** @throws Malformed `trailing_bytes` unless the stream has ended */
  end(): Promise<void>
}

/** A reader over chunks of any size. */
export function byteReader(chunks: AsyncIterable<Uint8Array>): ByteReader {
  const source = chunks[Symbol.asyncIterator]()
  let held: Uint8Array = new Uint8Array(0)
  async function refill(place: string): Promise<void> {
    const next = await source.next()
    if (next.done === true) throw new Malformed('truncated', place)
    held = next.value
  }
  async function* stream(sizeBytes: number, place: string): AsyncIterable<Uint8Array> {
    let left = sizeBytes
    while (left > 0) {
      if (held.length === 0) await refill(place)
      const piece = held.subarray(0, left)
      held = held.subarray(piece.length)
      left -= piece.length
      yield piece
    }
  }
  return {
    stream,
    async take(sizeBytes, place) {
      if (held.length >= sizeBytes) {
        const piece = held.subarray(0, sizeBytes)
        held = held.subarray(sizeBytes)
        return piece
      }
      const pieces: Uint8Array[] = []
      for await (const piece of stream(sizeBytes, place)) pieces.push(piece)
      return Buffer.concat(pieces)
    },
    async end() {
      while (held.length === 0) {
        const next = await source.next()
        if (next.done === true) return
        held = next.value
      }
      throw new Malformed('trailing_bytes', 'bundle')
    },
  }
}

/**
 * Reads everything before the content. Every size is checked before it is used.
 * @throws Malformed with the place that is wrong
 */
export async function readBundleHead(
  reader: ByteReader,
  limits: BundleLimits = MEDIA_LIMITS,
): Promise<BundleHead> {
  const magic = await reader.take(MAGIC.length, 'bundle')
  if (Buffer.from(magic).toString('latin1') !== MAGIC) throw new Malformed('not_a_bundle', 'bundle')
  const parsed = BundleHeader.safeParse(parseJson(await readLine(reader), 'bundle.header'))
  if (!parsed.success) throw new Malformed('header_invalid', 'bundle.header', parsed.error)
  if (parsed.data.count > limits.entriesMax) throw new Malformed('too_large', 'bundle.header')
  const checkpoint = await readNote(reader, 'bundle.checkpoint')
  const acknowledgement = await readNote(reader, 'bundle.acknowledgement')
  const entries: Uint8Array[] = []
  let entryBytes = 0
  for (let index = 0; index < parsed.data.count; index += 1) {
    const place = `bundle.entries.${index}`
    const size = Buffer.from(await reader.take(2, place)).readUInt16BE()
    if (size > STATEMENT_SIZE_BYTES_MAX || size === 0) throw new Malformed('entry_size', place)
    entryBytes += size
    if (entryBytes > limits.entryBytesMax) throw new Malformed('too_large', place)
    entries.push(await reader.take(size, place))
  }
  return { header: parsed.data, checkpoint, acknowledgement, entries }
}

/** Reads the blobs in order; each must be consumed before the next is requested. */
export async function* readBlobs(
  reader: ByteReader,
  header: BundleHeader,
  sizeBytesMax: number,
): AsyncIterable<BundledBlob> {
  for (let index = 0; index < header.blobs; index += 1) {
    const place = `bundle.blobs.${index}`
    const head = Buffer.from(await reader.take(56, place))
    const size = head.readBigUInt64BE(48)
    if (size > BigInt(sizeBytesMax)) throw new Malformed('too_large', place)
    const digest = `sha384:${encodeHex(head.subarray(0, 48))}` as Sha384
    yield { digest, sizeBytes: Number(size), chunks: reader.stream(Number(size), place) }
  }
  await reader.end()
}

async function readLine(reader: ByteReader): Promise<string> {
  const bytes: number[] = []
  for (;;) {
    const [byte] = await reader.take(1, 'bundle.header')
    if (byte === 10) return decodeUtf8(Uint8Array.from(bytes), 'bundle.header')
    bytes.push(byte!)
    if (bytes.length > HEADER_SIZE_BYTES_MAX) throw new Malformed('header_invalid', 'bundle.header')
  }
}

async function readNote(reader: ByteReader, place: string): Promise<Uint8Array> {
  const size = Buffer.from(await reader.take(4, place)).readUInt32BE()
  if (size > NOTE_SIZE_BYTES_MAX) throw new Malformed('too_large', place)
  return reader.take(size, place)
}
