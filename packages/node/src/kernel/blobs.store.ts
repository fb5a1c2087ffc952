/** The table of blobs; a small blob is stored in its row. Implements BLOB-2, BLOB-3 and BLOB-9. */

import type { Sha384 } from '#wire/digest.ts'
import type { Instant } from '#node/world.ts'
import type { StoredBlob } from './blobs.ts'
import type { Reader, Tx } from './database.ts'

/** Registers blobs whose bytes are durable; one that is registered already is left unchanged. */
export async function insertBlobs(tx: Tx, blobs: readonly StoredBlob[], storedAt: Instant): Promise<void> {
  if (blobs.length === 0) return
  await tx
    .insertInto('blob')
    .values(
      blobs.map(({ digest, sizeBytes, bytes }) => ({
        digest,
        size_bytes: sizeBytes,
        bytes,
        stored_at: storedAt,
      })),
    )
    .onConflict((conflict) => conflict.column('digest').doNothing())
    .execute()
}

/** The blob with this digest, or null. `BlobFolder.read` reads its bytes. */
export async function findBlob(reader: Reader, digest: Sha384): Promise<StoredBlob | null> {
  const row = await reader
    .selectFrom('blob')
    .select(['size_bytes', 'bytes'])
    .where('digest', '=', digest)
    .executeTakeFirst()
  return row === undefined ? null : { digest, sizeBytes: row.size_bytes, bytes: row.bytes }
}

/** The bytes of the small blobs among these digests; large and unknown ones are left out. */
export async function smallBlobs(
  reader: Reader,
  digests: readonly string[],
): Promise<Map<string, Uint8Array>> {
  if (digests.length === 0) return new Map()
  const rows = await reader
    .selectFrom('blob')
    .select(['digest', 'bytes'])
    .where('digest', 'in', [...digests])
    .where('bytes', 'is not', null)
    .$narrowType<{ bytes: Uint8Array }>()
    .execute()
  return new Map(rows.map((row) => [row.digest, row.bytes]))
}

/** Every content that is a file, with its size. */
export async function listFiles(
  reader: Reader,
): Promise<readonly { readonly digest: string; readonly sizeBytes: number }[]> {
  return reader
    .selectFrom('blob')
    .select(['digest', 'size_bytes as sizeBytes'])
    .where('bytes', 'is', null)
    .execute()
}

/** Whether a blob is registered. Does not read its bytes. */
export async function hasBlob(reader: Reader, digest: Sha384): Promise<boolean> {
  const row = await reader.selectFrom('blob').select('digest').where('digest', '=', digest).executeTakeFirst()
  return row !== undefined
}

/**
 * Deletes the row; true if there was one. After the commit the caller deletes the file with `BlobFolder.remove`; after
 * a crash between the two, `sweep` deletes it.
 */
export async function deleteBlob(tx: Tx, digest: Sha384): Promise<boolean> {
  const result = await tx.deleteFrom('blob').where('digest', '=', digest).executeTakeFirst()
  return result.numDeletedRows > 0n
}
