/** Reads an item's content: its seal, its metadata and its bytes, with every segment verified (SEAL-19). */
import { createHmac } from 'node:crypto'
import { proposalDigest, readProposal } from '#wire/exchange/proposal.ts'
import { openManifest } from '#wire/seal/manifest.ts'
import type { OpenedManifest } from '#wire/seal/manifest.ts'
import { saltOf } from '#wire/seal/metadata.ts'
import { contentCommitment, createOpener, openSegment, segmentSpan, transformed } from '#wire/seal/stream.ts'
import { SEGMENT_OVERHEAD_BYTES, segmentSizeAt } from '#wire/seal/table.ts'
import type { NodeKeys } from '#node/federation/keys.ts'
import type { BlobFolder, StoredBlob } from '#node/kernel/blobs.ts'
import { collect } from '#node/kernel/bytes.ts'
import type { ByteRange } from '#node/kernel/range.ts'
import { hashing, ownDigestKey } from '../content/content.ts'
import type { Item } from './item.ts'

/** An item with its opened seal and its payload. */
export interface OpenedItem {
  readonly item: Item
  readonly manifest: OpenedManifest
  readonly blob: StoredBlob
}

/** Opens the seal of an item, which must be bound to the signed proposal. @throws SealError */
export function openSeal({ seal }: NodeKeys, { manifest, proposal }: Item): OpenedManifest {
  return openManifest(manifest, [seal], proposalDigest(proposal))
}

/**
 * Streams the content. Every segment is verified before it is yielded, and the whole against the signed commitment.
 * At the end `done` gets this node's keyed digest of the content.
 * @throws SealError, BlobError; an error if the whole does not match the commitment
 */
export async function* readWhole(
  keys: NodeKeys,
  blobs: BlobFolder,
  { item, manifest, blob }: OpenedItem,
  done: (plainDigest: string) => Promise<void>,
): AsyncIterable<Uint8Array> {
  const opener = createOpener({ dek: manifest.dek, table: manifest.table, salt: saltOf(manifest.metadata) })
  const own = createHmac('sha384', ownDigestKey(keys))
  yield* hashing(transformed(blobs.read(blob), opener), own)
  const commitment = contentCommitment(manifest.metadataText, opener.contentDigest())
  // Thrown after the last segment: the reader gets a broken stream, never a complete one.
  if (commitment !== readProposal(item.proposal).commitment)
    throw new Error('the content is not what the release authorities signed')
  await done(own.digest('hex'))
}

/**
 * Streams a range of the content. Every segment is verified before it is yielded. A range cannot be verified against
 * the commitment, so the whole must have been read before.
 * @throws SealError, BlobError
 */
export async function* readRange(
  blobs: BlobFolder,
  { manifest, blob }: OpenedItem,
  { fromByte, toByte }: ByteRange,
): AsyncIterable<Uint8Array> {
  const { dek, table } = manifest
  const span = segmentSpan(table, fromByte, toByte)
  let payloadByte = span.payloadFromByte
  for (let index = span.firstIndex; index <= span.lastIndex; index += 1) {
    const nextByte = payloadByte + segmentSizeAt(table, index) + SEGMENT_OVERHEAD_BYTES
    const plain = openSegment(dek, table, index, await collect(blobs.read(blob, payloadByte, nextByte)))
    const startByte = index * table.segmentSizeBytes
    yield plain.subarray(Math.max(0, fromByte - startByte), toByte - startByte)
    payloadByte = nextByte
  }
}
