/** What is inside an item that may be read: its metadata and its bytes, each segment verified (SEAL-19). */
import { createHmac } from 'node:crypto'
import { proposalDigest, readProposal } from '#wire/exchange/proposal.ts'
import { openManifest } from '#wire/seal/manifest.ts'
import type { OpenedManifest } from '#wire/seal/manifest.ts'
import { saltOf } from '#wire/seal/metadata.ts'
import { contentCommitment, createOpener, openSegment, segmentSpan, transformed } from '#wire/seal/stream.ts'
import { SEGMENT_OVERHEAD_BYTES, segmentSizeAt } from '#wire/seal/table.ts'
import type { NodeKeys } from '#node/federation/keys.ts'
import type { BlobFolder, StoredBlob } from '#node/kernel/blobs.ts'
import { ownDigestKey, seenBy } from '../content/content.ts'
import type { ByteRange } from '#node/kernel/range.ts'
import type { Item } from './item.ts'

/** An opened item: its seal, and where its payload is. */
export interface OpenedItem {
  readonly item: Item
  readonly manifest: OpenedManifest
  readonly blob: StoredBlob
}

/** Opens the seal of an item, bound to the exact proposal that was signed. @throws SealError */
export function openSeal({ seal }: NodeKeys, { manifest, proposal }: Item): OpenedManifest {
  return openManifest(manifest, [seal], proposalDigest(proposal))
}

/**
 * Streams the content, each segment verified before it is given. At the end `done` gets the digest by which this node
 * knows it again.
 * @throws SealError, BlobError; an error when the whole is not what the release authorities signed
 */
export async function* readWhole(
  keys: NodeKeys,
  blobs: BlobFolder,
  { item, manifest, blob }: OpenedItem,
  done: (plainDigest: string) => Promise<void>,
): AsyncIterable<Uint8Array> {
  const opener = createOpener({ dek: manifest.dek, table: manifest.table, salt: saltOf(manifest.metadata) })
  const own = createHmac('sha384', ownDigestKey(keys))
  yield* seenBy(transformed(blobs.read(blob), opener), own)
  const commitment = contentCommitment(manifest.metadataText, opener.contentDigest())
  // The reader gets an error, not a shorter file.
  if (commitment !== readProposal(item.proposal).commitment)
    throw new Error('the content is not what the release authorities signed')
  await done(own.digest('hex'))
}

/**
 * Streams a range of the content, each segment verified before it is given. A range alone cannot be held against the
 * commitment: the whole must have been.
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
    const plain = openSegment(dek, table, index, await gathered(blobs.read(blob, payloadByte, nextByte)))
    const startByte = index * table.segmentSizeBytes
    yield plain.subarray(Math.max(0, fromByte - startByte), toByte - startByte)
    payloadByte = nextByte
  }
}

async function gathered(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of source) chunks.push(chunk)
  return Buffer.concat(chunks)
}
