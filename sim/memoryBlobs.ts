/** A blob folder in memory. Like a disk, it outlives the process that uses it (BLOB-1 to BLOB-9). */
import { sha384 } from '#wire/digest.ts'
import type { Sha384 } from '#wire/digest.ts'
import { BlobError } from '#node/kernel/blobError.ts'
import { SMALL_BLOB_SIZE_BYTES_MAX } from '#node/kernel/blobs.ts'
import type { BlobFolder, ByteSource, StoredBlob } from '#node/kernel/blobs.ts'

/** The files themselves, which auditors scan. */
export interface BlobFiles {
  readonly complete: Map<string, Uint8Array>
  readonly parts: Map<string, Uint8Array>
}

export function createBlobFiles(): BlobFiles {
  return { complete: new Map(), parts: new Map() }
}

/** Opens a blob folder on these files. */
export function openMemoryBlobs({ complete, parts }: BlobFiles): BlobFolder {
  const partOf = (digest: Sha384): Uint8Array => parts.get(digest) ?? new Uint8Array(0)
  const stored = (digest: Sha384, bytes: Uint8Array): StoredBlob => {
    if (bytes.length <= SMALL_BLOB_SIZE_BYTES_MAX) return { digest, sizeBytes: bytes.length, bytes }
    complete.set(digest, bytes)
    return { digest, sizeBytes: bytes.length, bytes: null }
  }
  return {
    async write(source) {
      const bytes = await collect(source)
      return stored(sha384(bytes), bytes)
    },
    partSizeBytes: async (digest) => partOf(digest).length,
    async appendPart(digest, fromByte, source, declaredSizeBytes) {
      const held = partOf(digest).length
      if (fromByte !== held) throw new BlobError('blob_offset_differs', 'the part ends elsewhere', held)
      for await (const chunk of source) {
        parts.set(digest, Buffer.concat([partOf(digest), chunk]))
        if (partOf(digest).length > declaredSizeBytes) {
          parts.delete(digest)
          throw new BlobError('blob_size_differs', 'more bytes than declared')
        }
      }
      return partOf(digest).length
    },
    async completePart(digest, declaredSizeBytes) {
      const bytes = partOf(digest)
      if (bytes.length < declaredSizeBytes) throw new BlobError('blob_incomplete', 'incomplete', bytes.length)
      parts.delete(digest)
      if (sha384(bytes) !== digest) throw new BlobError('blob_digest_differs', 'digest mismatch')
      return stored(digest, bytes)
    },
    async discardPart(digest) {
      parts.delete(digest)
    },
    async *read(blob, fromByte = 0, toByte = blob.sizeBytes) {
      const bytes = blob.bytes ?? complete.get(blob.digest)
      if (bytes === undefined) throw new BlobError('blob_missing', 'its file is not here')
      for (let at = fromByte; at < toByte; at += CHUNK_SIZE_BYTES) {
        yield bytes.subarray(at, Math.min(at + CHUNK_SIZE_BYTES, toByte))
      }
    },
    async remove(digest) {
      complete.delete(digest)
    },
    async sweep(isRegistered, isWanted) {
      for (const digest of complete.keys())
        if (!(await isRegistered(digest as Sha384))) complete.delete(digest)
      for (const digest of parts.keys()) if (!(await isWanted(digest as Sha384))) parts.delete(digest)
    },
  }
}

const CHUNK_SIZE_BYTES = 16 * 1024

async function collect(source: ByteSource): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of source) pieces.push(piece)
  return Buffer.concat(pieces)
}
