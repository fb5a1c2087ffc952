/**
 * The content seal as a stream: plaintext to payload, and back. Implements SEAL-14 to SEAL-20. Whatever the
 * size of the content, a sealer holds one chunk in memory and an opener one segment.
 */

import { createCipheriv, createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import type { CipherGCM } from 'node:crypto'
import type { Sha384 } from '../digest.ts'
import { SealError } from './error.ts'
import { drawn, framed, IV_SIZE_BYTES, TAG_SIZE_BYTES } from './key.ts'
import type { Random } from './key.ts'
import {
  CONTENT_SIZE_BYTES_MAX,
  contentTooLarge,
  payloadSizeBytes,
  rootSignatureOver,
  SEGMENT_OVERHEAD_BYTES,
  segmentCount,
  segmentSizeAt,
  segmentSizeFor,
  tableIsConsistent,
  tagAt,
  verifyTable,
} from './table.ts'
import type { SegmentTable } from './table.ts'

export const SALT_SIZE_BYTES = 32

/** A synchronous transform of a byte stream, chunk by chunk. */
export interface ByteTransform {
  /** Takes the next input bytes and returns the output that is ready. */
  push(chunk: Uint8Array): Uint8Array[]
  /** Ends the input and returns the last output. Nothing may be pushed afterwards. */
  finish(): Uint8Array[]
}

/** The result of sealing. */
export interface SealedContent {
  readonly table: SegmentTable
  /** Names the payload blob: `sha384:<96 hex>`. */
  readonly payloadDigest: Sha384
  readonly payloadSizeBytes: number
  /** Belongs in the sealed metadata: without it nobody can test a guess at the content. */
  readonly salt: Uint8Array
  /** The salted digest of the plaintext, 48 bytes; the input of `contentCommitment`. */
  readonly contentDigest: Uint8Array
}

export interface Sealer extends ByteTransform {
  /** After `finish`. */
  sealed(): SealedContent
}

export interface Opener extends ByteTransform {
  /** After `finish`: the salted digest of the output, to be compared with the commitment. */
  contentDigest(): Uint8Array
}

/**
 * Encrypts content under a DEK that is used for nothing else. The payload depends on DEK, random source,
 * content and declared size, not on the chunking. Draws the salt first, then one IV per segment.
 * Throws `seal_content_too_large`, and `seal_size_mismatch` if the content differs from a declared size.
 */
export function createSealer(options: {
  readonly dek: Uint8Array
  readonly random: Random
  readonly contentSizeBytes?: number
}): Sealer {
  const { dek, random } = options
  const segmentSizeBytes = segmentSizeFor(options.contentSizeBytes)
  const sizeBytesMax = options.contentSizeBytes ?? CONTENT_SIZE_BYTES_MAX
  const salt = drawn(random, SALT_SIZE_BYTES)
  const content = contentHash(salt)
  const segments = createSegmentWriter(dek, random, segmentSizeBytes)
  let contentSizeBytes = 0
  let result: SealedContent | null = null

  return {
    push(chunk) {
      contentSizeBytes += chunk.length
      if (contentSizeBytes > sizeBytesMax) {
        throw options.contentSizeBytes === undefined ? contentTooLarge() : sizeMismatch()
      }
      content.update(chunk)
      return segments.push(chunk)
    },
    finish() {
      const declared = options.contentSizeBytes
      if (declared !== undefined && declared !== contentSizeBytes) throw sizeMismatch()
      const out = segments.finish()
      const allTags = Buffer.concat(segments.tags)
      const rootSignature = rootSignatureOver(dek, allTags)
      const table = { segmentSizeBytes, contentSizeBytes, tags: allTags, rootSignature }
      result = {
        table,
        payloadDigest: `sha384:${segments.payloadHash.digest('hex')}` as Sha384,
        payloadSizeBytes: payloadSizeBytes(table),
        salt,
        contentDigest: content.digest(),
      }
      return out
    },
    sealed() {
      if (result === null) throw new Error('the sealer has not finished')
      return result
    },
  }
}

/** Splits the input into segments and encrypts it as it arrives. The last segment may be short. */
function createSegmentWriter(dek: Uint8Array, random: Random, segmentSizeBytes: number) {
  const payloadHash = createHash('sha384')
  const tags: Uint8Array[] = []
  let segment: CipherGCM | null = null
  let segmentFilledBytes = 0

  function emit(out: Uint8Array[], bytes: Uint8Array): void {
    payloadHash.update(bytes)
    out.push(bytes)
  }

  function begin(out: Uint8Array[]): CipherGCM {
    const iv = drawn(random, IV_SIZE_BYTES)
    emit(out, iv)
    segmentFilledBytes = 0
    return createCipheriv('aes-256-gcm', dek, iv)
  }

  function end(out: Uint8Array[], cipher: CipherGCM): void {
    cipher.final()
    const tag = cipher.getAuthTag()
    tags.push(tag)
    emit(out, tag)
    segment = null
  }

  return {
    tags,
    payloadHash,
    push(chunk: Uint8Array): Uint8Array[] {
      const out: Uint8Array[] = []
      for (let at = 0; at < chunk.length;) {
        segment ??= begin(out)
        const part = chunk.subarray(at, at + segmentSizeBytes - segmentFilledBytes)
        emit(out, segment.update(part))
        at += part.length
        segmentFilledBytes += part.length
        if (segmentFilledBytes === segmentSizeBytes) end(out, segment)
      }
      return out
    },
    finish(): Uint8Array[] {
      const out: Uint8Array[] = []
      // Empty content has one empty segment (SEAL-11).
      if (segment === null && tags.length === 0) segment = begin(out)
      if (segment !== null) end(out, segment)
      return out
    },
  }
}

/**
 * Decrypts a payload. The table is verified before the first byte, and nothing of a segment is output before
 * its tag is verified. Throws `seal_table_altered`, `seal_segment_altered`, `seal_truncated` (at the end) and
 * `seal_excess`. A consumer that must not act on part of the content waits for `finish`.
 */
export function createOpener(options: {
  readonly dek: Uint8Array
  readonly table: SegmentTable
  readonly salt: Uint8Array
}): Opener {
  const { dek, table } = options
  requireConsistent(table)
  verifyTable(dek, table)
  const count = segmentCount(table)
  const content = contentHash(options.salt)
  let index = 0
  let digest: Uint8Array | null = null
  let pending = Buffer.alloc(segmentSizeAt(table, 0) + SEGMENT_OVERHEAD_BYTES)
  let pendingFilledBytes = 0

  function openPending(): Uint8Array {
    const plain = decryptSegment(dek, table, index, pending)
    content.update(plain)
    index += 1
    pendingFilledBytes = 0
    const nextSizeBytes = index < count ? segmentSizeAt(table, index) + SEGMENT_OVERHEAD_BYTES : 0
    if (nextSizeBytes < pending.length) pending = pending.subarray(0, nextSizeBytes)
    return plain
  }

  return {
    push(chunk) {
      const out: Uint8Array[] = []
      for (let at = 0; at < chunk.length;) {
        if (index === count) throw new SealError('seal_excess', 'bytes after the last segment')
        const part = chunk.subarray(at, at + pending.length - pendingFilledBytes)
        pending.set(part, pendingFilledBytes)
        at += part.length
        pendingFilledBytes += part.length
        if (pendingFilledBytes === pending.length) out.push(openPending())
      }
      return out
    },
    finish() {
      if (index < count) throw new SealError('seal_truncated', `ends in segment ${index} of ${count}`)
      digest = content.digest()
      return []
    },
    contentDigest() {
      if (digest === null) throw new Error('the opener has not finished')
      return digest
    },
  }
}

/** The segments that hold a range of the content, and their range in the payload. */
export interface SegmentSpan {
  readonly firstIndex: number
  readonly lastIndex: number
  /** Range of the payload, end exclusive. */
  readonly payloadFromByte: number
  readonly payloadToByte: number
  /** Plain bytes of the first segment that precede the range. */
  readonly skipBytes: number
}

/** For content bytes `fromByte` to `toByte` (end exclusive, within the content, not empty). */
export function segmentSpan(table: SegmentTable, fromByte: number, toByte: number): SegmentSpan {
  if (!(fromByte >= 0 && fromByte < toByte && toByte <= table.contentSizeBytes)) {
    throw new RangeError('the range lies outside the content')
  }
  const firstIndex = Math.floor(fromByte / table.segmentSizeBytes)
  const lastIndex = Math.floor((toByte - 1) / table.segmentSizeBytes)
  const encryptedSizeBytes = table.segmentSizeBytes + SEGMENT_OVERHEAD_BYTES
  return {
    firstIndex,
    lastIndex,
    payloadFromByte: firstIndex * encryptedSizeBytes,
    payloadToByte: lastIndex * encryptedSizeBytes + segmentSizeAt(table, lastIndex) + SEGMENT_OVERHEAD_BYTES,
    skipBytes: fromByte - firstIndex * table.segmentSizeBytes,
  }
}

/** Decrypts one segment of a payload by itself, with the same checks as an opener. */
export function openSegment(
  dek: Uint8Array,
  table: SegmentTable,
  index: number,
  encrypted: Uint8Array,
): Uint8Array {
  requireConsistent(table)
  verifyTable(dek, table)
  if (index < 0 || index >= segmentCount(table)) throw new RangeError('there is no such segment')
  return decryptSegment(dek, table, index, encrypted)
}

/** Pipes a stream of bytes through a transform. */
export async function* transformed(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  transform: ByteTransform,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of source) yield* transform.push(chunk)
  yield* transform.finish()
}

/**
 * The commitment that people approve and nations refer to: SHA-384 over the exact metadata text and the
 * salted digest of the content (SEAL-20). The salt is in the metadata, so the commitment reveals nothing to
 * anyone without it.
 */
export function contentCommitment(metadataText: string, contentDigest: Uint8Array): Sha384 {
  const hash = createHash('sha384')
    .update('entente item v1\n')
    .update(framed([metadataText, contentDigest]))
  return `sha384:${hash.digest('hex')}` as Sha384
}

function contentHash(salt: Uint8Array) {
  return createHash('sha384').update('entente content v1\n').update(salt)
}

function decryptSegment(
  dek: Uint8Array,
  table: SegmentTable,
  index: number,
  encrypted: Uint8Array,
): Uint8Array {
  if (encrypted.length !== segmentSizeAt(table, index) + SEGMENT_OVERHEAD_BYTES) {
    throw new SealError('seal_truncated', `segment ${index} has another length`)
  }
  const tag = encrypted.subarray(-TAG_SIZE_BYTES)
  const altered = `segment ${index} is not the one that was sealed`
  if (!timingSafeEqual(tag, tagAt(table, index))) throw new SealError('seal_segment_altered', altered)
  const iv = encrypted.subarray(0, IV_SIZE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', dek, iv, { authTagLength: TAG_SIZE_BYTES })
  decipher.setAuthTag(tag)
  const plain = decipher.update(encrypted.subarray(IV_SIZE_BYTES, -TAG_SIZE_BYTES))
  try {
    decipher.final()
  } catch (cause) {
    throw new SealError('seal_segment_altered', altered, cause)
  }
  return plain
}

function requireConsistent(table: SegmentTable): void {
  if (!tableIsConsistent(table)) throw new SealError('seal_table_altered', 'the table contradicts itself')
}

function sizeMismatch(): SealError {
  return new SealError('seal_size_mismatch', 'the content does not have its declared size')
}
