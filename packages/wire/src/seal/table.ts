/**
 * How content is split into segments, and the table of their tags. Implements SEAL-10 to SEAL-13. A manifest
 * carries the table, and a node keeps it beside an upload until the release.
 */

import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { SealError } from './error.ts'
import { IV_SIZE_BYTES, TAG_SIZE_BYTES } from './key.ts'

const MEBIBYTE = 1024 * 1024
/** The largest content of one seal: 2 GiB. */
export const CONTENT_SIZE_BYTES_MAX = 2048 * MEBIBYTE
/** Bounds the manifest: 512 tags are 18 KB of JSON. */
export const SEGMENT_COUNT_MAX = 512
/** The segment size for the largest content, which bounds what an opener holds in memory. */
export const SEGMENT_SIZE_BYTES_MAX = CONTENT_SIZE_BYTES_MAX / SEGMENT_COUNT_MAX
/** What each segment adds to the payload: its IV and its tag. */
export const SEGMENT_OVERHEAD_BYTES = IV_SIZE_BYTES + TAG_SIZE_BYTES
/** The largest payload blob. */
export const PAYLOAD_SIZE_BYTES_MAX = CONTENT_SIZE_BYTES_MAX + SEGMENT_COUNT_MAX * SEGMENT_OVERHEAD_BYTES

export interface SegmentTable {
  /** Plain bytes in every segment but the last. */
  readonly segmentSizeBytes: number
  /** Plain bytes of the whole content. */
  readonly contentSizeBytes: number
  /** The tags of all segments, in order, 16 bytes each. */
  readonly tags: Uint8Array
  /** HMAC-SHA256 of `tags` under the DEK. */
  readonly rootSignature: Uint8Array
}

/**
 * The segment size for content of a given size: 1 MiB up to 512 MiB, then the fewest whole mebibytes with
 * which 512 segments suffice; the largest for content of unknown size. Throws `seal_content_too_large`.
 */
export function segmentSizeFor(contentSizeBytes: number | undefined): number {
  if (contentSizeBytes === undefined) return SEGMENT_SIZE_BYTES_MAX
  if (!Number.isSafeInteger(contentSizeBytes) || contentSizeBytes < 0) {
    throw new SealError('seal_size_mismatch', 'a content size that is not a whole number')
  }
  if (contentSizeBytes > CONTENT_SIZE_BYTES_MAX) throw contentTooLarge()
  return Math.max(1, Math.ceil(contentSizeBytes / SEGMENT_COUNT_MAX / MEBIBYTE)) * MEBIBYTE
}

/** Empty content still has one segment, so that there is a tag to check. */
export function segmentCount(sizes: Pick<SegmentTable, 'segmentSizeBytes' | 'contentSizeBytes'>): number {
  return Math.max(1, Math.ceil(sizes.contentSizeBytes / sizes.segmentSizeBytes))
}

/** Plain bytes in the segment at `index`. */
export function segmentSizeAt(table: SegmentTable, index: number): number {
  const start = index * table.segmentSizeBytes
  return Math.min(table.segmentSizeBytes, table.contentSizeBytes - start)
}

/** The size of the payload blob that a table describes. */
export function payloadSizeBytes(table: SegmentTable): number {
  return table.contentSizeBytes + segmentCount(table) * SEGMENT_OVERHEAD_BYTES
}

export function tagAt(table: SegmentTable, index: number): Uint8Array {
  return table.tags.subarray(index * TAG_SIZE_BYTES, (index + 1) * TAG_SIZE_BYTES)
}

/** HS256 over the concatenated segment hashes, as in OpenTDF 4.3. */
export function rootSignatureOver(dek: Uint8Array, tags: Uint8Array): Uint8Array {
  return createHmac('sha256', dek).update(tags).digest()
}

/** Throws `seal_table_altered` unless a holder of the DEK made exactly these tags. */
export function verifyTable(dek: Uint8Array, table: SegmentTable): void {
  const expected = rootSignatureOver(dek, table.tags)
  const given = table.rootSignature
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new SealError('seal_table_altered', 'the root signature is not that of the segments')
  }
}

/** True if sizes and number of tags agree and are within bounds. Attacker-controlled. */
export function tableIsConsistent(table: SegmentTable): boolean {
  const { segmentSizeBytes, contentSizeBytes, tags } = table
  if (segmentSizeBytes < 1 || segmentSizeBytes > SEGMENT_SIZE_BYTES_MAX) return false
  if (contentSizeBytes < 0 || contentSizeBytes > CONTENT_SIZE_BYTES_MAX) return false
  const count = segmentCount(table)
  return count <= SEGMENT_COUNT_MAX && tags.length === count * TAG_SIZE_BYTES
}

const tableText = z.strictObject({
  segmentSizeBytes: z.int(),
  contentSizeBytes: z.int(),
  tags: z.base64(),
  rootSignature: z.base64(),
})

/** The table as JSON text, for the node's own database. */
export function segmentTableToText(table: SegmentTable): string {
  return JSON.stringify({
    segmentSizeBytes: table.segmentSizeBytes,
    contentSizeBytes: table.contentSizeBytes,
    tags: Buffer.from(table.tags).toString('base64'),
    rootSignature: Buffer.from(table.rootSignature).toString('base64'),
  })
}

/** The inverse of `segmentTableToText`. Throws `seal_table_altered`. */
export function segmentTableFromText(text: string): SegmentTable {
  try {
    const { segmentSizeBytes, contentSizeBytes, tags, rootSignature } = tableText.parse(JSON.parse(text))
    const table = {
      segmentSizeBytes,
      contentSizeBytes,
      tags: Buffer.from(tags, 'base64'),
      rootSignature: Buffer.from(rootSignature, 'base64'),
    }
    if (tableIsConsistent(table)) return table
  } catch (cause) {
    throw new SealError('seal_table_altered', 'the stored segment table cannot be read', cause)
  }
  throw new SealError('seal_table_altered', 'the stored segment table contradicts itself')
}

export function contentTooLarge(): SealError {
  return new SealError('seal_content_too_large', `content larger than ${CONTENT_SIZE_BYTES_MAX} bytes`)
}
