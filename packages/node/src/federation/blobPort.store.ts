/** The federation's port to stored content, on the blob folder and its tables (LINK-40, LINK-43). */
import type { BundledBlob } from '#wire/link/bundle.ts'
import { sha384 } from '#wire/digest.ts'
import { Malformed } from '#wire/json.ts'
import { BlobError } from '#node/kernel/blobError.ts'
import { SMALL_BLOB_SIZE_BYTES_MAX } from '#node/kernel/blobs.ts'
import type { BlobFolder, StoredBlob } from '#node/kernel/blobs.ts'
import { findBlob, insertBlobs, smallBlobs } from '#node/kernel/blobs.store.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Database } from '#node/kernel/database.ts'
import type { BlobPort } from './blobPort.ts'
import { dropWanted } from './content.store.ts'

/** Called in the act that registers content, so that pillars can finish what waited for it. */
export type Arrived = (act: Act, digest: string) => Promise<void>

/** Builds the port on a blob folder. */
export function createBlobPort(database: Database, folder: BlobFolder, arrived: Arrived): BlobPort {
  return {
    async isWanted(digest) {
      const row = await database.query
        .selectFrom('blob_wanted')
        .select('digest')
        .where('digest', '=', digest)
        .executeTakeFirst()
      return row !== undefined
    },
    async take(blob) {
      if (blob.sizeBytes <= SMALL_BLOB_SIZE_BYTES_MAX) return takeSmall(blob)
      const held = await findBlob(database.query, blob.digest)
      return held === null ? takeLarge(folder, blob) : skip(blob, held)
    },
    async keep(act, _from, blobs) {
      await keepContent(act, blobs, arrived)
    },
    small: (act, digests) => smallBlobs(act.tx, digests),
  }
}

/** Registers content whose bytes are durable. Calls `arrived` for content that was wanted. */
export async function keepContent(act: Act, blobs: readonly StoredBlob[], arrived: Arrived): Promise<void> {
  if (blobs.length === 0) return
  const digests = blobs.map((blob) => blob.digest)
  const [wanted] = await Promise.all([
    dropWanted(act.tx, digests),
    insertBlobs(act.tx, blobs, act.world.now()),
  ])
  for (const digest of wanted) await arrived(act, digest)
}

async function takeSmall(blob: BundledBlob): Promise<StoredBlob> {
  const pieces: Uint8Array[] = []
  for await (const piece of blob.chunks) pieces.push(piece)
  const bytes = Buffer.concat(pieces)
  if (sha384(bytes) !== blob.digest) throw new Malformed('blob_digest_differs', 'bundle.blobs')
  return { digest: blob.digest, sizeBytes: bytes.length, bytes }
}

/** Stores large content. A partial file of an earlier attempt is discarded: the bundle contains all bytes. */
async function takeLarge(
  folder: BlobFolder,
  { digest, sizeBytes, chunks }: BundledBlob,
): Promise<StoredBlob> {
  try {
    await folder.discardPart(digest)
    await folder.appendPart(digest, 0, chunks, sizeBytes)
    return await folder.completePart(digest, sizeBytes)
  } catch (error) {
    if (error instanceof BlobError) throw new Malformed(error.code, 'bundle.blobs', error)
    throw error
  }
}

/** Skips the bytes of content that is already stored. */
async function skip(blob: BundledBlob, held: StoredBlob): Promise<StoredBlob> {
  const chunks = blob.chunks[Symbol.asyncIterator]()
  while ((await chunks.next()).done !== true) continue
  return held
}
