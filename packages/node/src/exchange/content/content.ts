/**
 * Content at rest: sealed under its own key from the first byte on (SEAL-20, SEAL-22). The only I/O is the blob folder,
 * which stores the payload.
 */
import { createHmac } from 'node:crypto'
import { decodeHex, encodeBase64, encodeHex } from '#wire/digest.ts'
import type { Sha384 } from '#wire/digest.ts'
import { openMetadata, saltOf, sealMetadata, sealMetadataText } from '#wire/seal/metadata.ts'
import type { SealMetadata } from '#wire/seal/metadata.ts'
import { contentCommitment, createOpener, createSealer, transformed } from '#wire/seal/stream.ts'
import { segmentTableFromText, segmentTableToText } from '#wire/seal/table.ts'
import { exportKasPrivate, unwrapOwn, wrapOwn } from '#wire/seal/key.ts'
import type { NodeKeys } from '#node/federation/keys.ts'
import type { BlobFolder, ByteSource, StoredBlob } from '#node/kernel/blobs.ts'
import type { Instant, World } from '#node/world.ts'

/** The metadata that a person provides with the bytes. */
export interface ContentFacts {
  readonly title: string
  readonly fileName: string | null
  readonly mediaType: string
}

/** Sealed content that is not yet registered: the act that references it inserts the blob and the row. */
export interface FreshContent {
  readonly content: Content
  readonly blob: StoredBlob
}

/** Content at the originator: sealed, with its key wrapped to this node. */
export interface Content {
  readonly id: string
  readonly owner: string
  readonly payloadDigest: Sha384
  readonly sizeBytes: number
  readonly plainSizeBytes: number
  /** Keyed by this node; recognises content that was received from another nation. */
  readonly plainDigest: string
  /** Salted; the commitment covers it and the metadata. */
  readonly contentDigest: string
  readonly commitment: Sha384
  readonly segmentTable: string
  readonly ownWrap: string
  /** Title, file name, media type and salt, under the content key. */
  readonly metadataSealed: string
  readonly at: Instant
}

interface Sealing {
  readonly keys: NodeKeys
  readonly blobs: BlobFolder
  readonly world: World
}

/**
 * Seals a stream as it arrives. No plain byte is written to disk.
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
  const blob = await sealing.blobs.write(transformed(hashing(source, own), sealer))
  const sealed = sealer.sealed()
  const metadata: SealMetadata = { v: 1, ...facts, note: '', salt: encodeBase64(sealed.salt) }
  const text = sealMetadataText(metadata)
  const content = {
    id,
    owner,
    payloadDigest: sealed.payloadDigest,
    sizeBytes: sealed.payloadSizeBytes,
    plainSizeBytes: sealed.table.contentSizeBytes,
    plainDigest: own.digest('hex'),
    contentDigest: encodeHex(sealed.contentDigest),
    commitment: contentCommitment(text, sealed.contentDigest),
    segmentTable: segmentTableToText(sealed.table),
    ownWrap: wrapOwn(dek, keys.seal.public, purposeOf(id), random),
    metadataSealed: sealMetadata(dek, text, random),
    at: world.now(),
  }
  return { content, blob }
}

/** Unwraps the content key, which only this node can. */
export function contentKey(keys: NodeKeys, { id, ownWrap }: Pick<Content, 'id' | 'ownWrap'>): Uint8Array {
  return unwrapOwn(ownWrap, keys.seal, purposeOf(id))
}

/** Opens the metadata. */
export function contentFacts(keys: NodeKeys, content: Content): SealMetadata {
  return openMetadata(contentKey(keys, content), content.metadataSealed).metadata
}

/** The same content with another title: the payload is unchanged, the commitment is new. */
export function retitled(keys: NodeKeys, world: World, content: Content, title: string): Content {
  const dek = contentKey(keys, content)
  const text = sealMetadataText({ ...openMetadata(dek, content.metadataSealed).metadata, title })
  return {
    ...content,
    metadataSealed: sealMetadata(dek, text, (size) => world.random(size)),
    commitment: contentCommitment(text, decodeHex(content.contentDigest)),
  }
}

/** Streams the plain bytes; every segment is verified before it is yielded. */
export function openContent(
  keys: NodeKeys,
  content: Content,
  payload: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  const opener = createOpener({
    dek: contentKey(keys, content),
    table: segmentTableFromText(content.segmentTable),
    salt: saltOf(contentFacts(keys, content)),
  })
  return transformed(payload, opener)
}

function purposeOf(id: string): string {
  return `content ${id}`
}

/**
 * The key of the plain digests. With it this node recognises received content that somebody is about to pass on;
 * without it the digests reveal nothing.
 */
export function ownDigestKey(keys: NodeKeys): Uint8Array {
  return createHmac('sha384', 'entente own content digest v1').update(exportKasPrivate(keys.seal)).digest()
}

/** Passes a source through, and updates `digest` with every chunk. */
export async function* hashing(
  source: ByteSource,
  digest: { update(chunk: Uint8Array): unknown },
): AsyncIterable<Uint8Array> {
  for await (const chunk of source) {
    digest.update(chunk)
    yield chunk
  }
}
