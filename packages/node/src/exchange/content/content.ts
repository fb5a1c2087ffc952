/**
 * Content as it rests: sealed under its own key from the first byte that arrives (SEAL-20, SEAL-22). Pure but for
 * the blob folder that takes the payload.
 */
import { createHmac } from 'node:crypto'
import { decodeHex, encodeBase64, encodeHex } from '#wire/digest.ts'
import type { Sha384 } from '#wire/digest.ts'
import { openMetadata, sealMetadata, sealMetadataText } from '#wire/seal/metadata.ts'
import type { SealMetadata } from '#wire/seal/metadata.ts'
import { contentCommitment, createSealer, transformed } from '#wire/seal/stream.ts'
import { segmentTableToText } from '#wire/seal/table.ts'
import { exportKasPrivate, unwrapOwn, wrapOwn } from '#wire/seal/key.ts'
import type { NodeKeys } from '#node/federation/keys.ts'
import type { BlobFolder, ByteSource, StoredBlob } from '#node/kernel/blobs.ts'
import type { World } from '#node/world.ts'

/** What a person gives beside the bytes. */
export interface ContentFacts {
  readonly title: string
  readonly fileName: string | null
  readonly mediaType: string
}

/** Sealed content, not yet registered: the act that names it inserts the blob and the row together. */
export interface FreshContent {
  readonly id: string
  readonly blob: StoredBlob
  readonly row: ContentRow
}

/** A row of `content`. */
export interface ContentRow {
  readonly id: string
  readonly owner: string
  readonly payload_digest: string
  readonly size_bytes: number
  readonly plain_size_bytes: number
  readonly plain_digest: string
  readonly content_digest: string
  readonly commitment: string
  readonly segment_table: string
  readonly own_wrap: string
  readonly metadata_sealed: string
  readonly at: number
}

interface Sealing {
  readonly keys: NodeKeys
  readonly blobs: BlobFolder
  readonly world: World
}

/**
 * Seals a stream as it arrives. Nothing of it touches the disk in the clear.
 * @throws SealError `seal_content_too_large`, `seal_metadata_malformed`; BlobError `disk_full`
 */
export async function sealContent(
  sealing: Sealing,
  owner: string,
  facts: ContentFacts,
  source: ByteSource,
  sizeBytes?: number,
): Promise<FreshContent> {
  const { keys, world } = sealing
  const random = (size: number) => world.random(size)
  const id = encodeHex(random(16))
  const dek = random(32)
  const sealer = createSealer({
    dek,
    random,
    ...(sizeBytes === undefined ? {} : { contentSizeBytes: sizeBytes }),
  })
  const own = createHmac('sha384', ownDigestKey(keys))
  const blob = await sealing.blobs.write(transformed(seenBy(source, own), sealer))
  const sealed = sealer.sealed()
  const metadata: SealMetadata = { v: 1, ...facts, note: '', salt: encodeBase64(sealed.salt) }
  const text = sealMetadataText(metadata)
  return {
    id,
    blob,
    row: {
      id,
      owner,
      payload_digest: sealed.payloadDigest,
      size_bytes: sealed.payloadSizeBytes,
      plain_size_bytes: sealed.table.contentSizeBytes,
      plain_digest: own.digest('hex'),
      content_digest: encodeHex(sealed.contentDigest),
      commitment: contentCommitment(text, sealed.contentDigest),
      segment_table: segmentTableToText(sealed.table),
      own_wrap: wrapOwn(dek, keys.seal.public, purposeOf(id), random),
      metadata_sealed: sealMetadata(dek, text, random),
      at: world.now(),
    },
  }
}

/** The content key of a row; only this node can unwrap it. */
export function contentKey(keys: NodeKeys, row: Pick<ContentRow, 'id' | 'own_wrap'>): Uint8Array {
  return unwrapOwn(row.own_wrap, keys.seal, purposeOf(row.id))
}

/** Title, file name and media type of a row. */
export function contentFacts(keys: NodeKeys, row: ContentRow): SealMetadata {
  return openMetadata(contentKey(keys, row), row.metadata_sealed).metadata
}

/** The same bytes under another title: the payload stays, the commitment changes. */
export function retitled(
  keys: NodeKeys,
  world: World,
  row: ContentRow,
  title: string,
): Pick<ContentRow, 'metadata_sealed' | 'commitment'> {
  const dek = contentKey(keys, row)
  const text = sealMetadataText({ ...openMetadata(dek, row.metadata_sealed).metadata, title })
  return {
    metadata_sealed: sealMetadata(dek, text, (size) => world.random(size)),
    commitment: contentCommitment(text, decodeHex(row.content_digest)) satisfies Sha384,
  }
}

function purposeOf(id: string): string {
  return `content ${id}`
}

/**
 * The key under which this node remembers plain content: it recognises content that it received from another when
 * somebody is about to pass it on, and says nothing to anyone who reads the table.
 */
export function ownDigestKey(keys: NodeKeys): Uint8Array {
  return createHmac('sha384', 'entente own content digest v1').update(exportKasPrivate(keys.seal)).digest()
}

/** Lets a digest see what passes. */
export async function* seenBy(
  source: ByteSource,
  digest: { update(chunk: Uint8Array): unknown },
): AsyncIterable<Uint8Array> {
  for await (const chunk of source) {
    digest.update(chunk)
    yield chunk
  }
}
