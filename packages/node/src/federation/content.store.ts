/**
 * Content that statements name: what a partner may fetch from us, and what we want from it (LINK-40 to
 * LINK-44).
 */
import type { Reader, Tx } from '#node/kernel/database.ts'

/** Content that a partner's statement names and that has not arrived yet. */
export interface Wanted {
  readonly digest: string
  readonly sizeBytes: number
  readonly failures: number
}

/** Marks content as wanted. Pillars call this when a statement names content that is not here. */
export async function wantContent(tx: Tx, nation: string, digest: string, sizeBytes: number): Promise<void> {
  await tx
    .insertInto('blob_wanted')
    .values({ nation, digest, size_bytes: sizeBytes })
    .onConflict((conflict) => conflict.columns(['nation', 'digest']).doNothing())
    .execute()
}

/** The next content to fetch: the least recently tried of those that are not backing off. */
export async function nextWanted(reader: Reader, nation: string, now: number): Promise<Wanted | null> {
  const row = await reader
    .selectFrom('blob_wanted')
    .select(['digest', 'size_bytes', 'failures'])
    .where('nation', '=', nation)
    .where('retry_at', '<=', now)
    .orderBy('asked_at')
    .orderBy('digest')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  return { digest: row.digest, sizeBytes: row.size_bytes, failures: row.failures }
}

/** The earliest time at which wanted content is due; null if nothing is wanted. */
export async function nextRetry(tx: Tx, nation: string): Promise<number | null> {
  const row = await tx
    .selectFrom('blob_wanted')
    .select((select) => select.fn.min('retry_at').as('at'))
    .where('nation', '=', nation)
    .executeTakeFirst()
  return row?.at ?? null
}

/** Records an attempt to fetch, so that other content comes first the next time. */
export async function recordAttempt(tx: Tx, nation: string, digest: string, at: number): Promise<void> {
  await tx
    .updateTable('blob_wanted')
    .set({ asked_at: at })
    .where('nation', '=', nation)
    .where('digest', '=', digest)
    .execute()
}

/** Records a failed fetch; the content stays wanted. `error` is a code. */
export async function recordFailedFetch(
  tx: Tx,
  nation: string,
  digest: string,
  failure: { failures: number; retryAt: number; error: string },
): Promise<void> {
  await tx
    .updateTable('blob_wanted')
    .set({ failures: failure.failures, retry_at: failure.retryAt, last_error: failure.error })
    .where('nation', '=', nation)
    .where('digest', '=', digest)
    .execute()
}

/** Unmarks content that has arrived. Returns the digests that were wanted. */
export async function dropWanted(tx: Tx, digests: readonly string[]): Promise<readonly string[]> {
  if (digests.length === 0) return []
  const rows = await tx
    .deleteFrom('blob_wanted')
    .where('digest', 'in', [...digests])
    .returning('digest')
    .execute()
  return [...new Set(rows.map((row) => row.digest))]
}

/** True if a statement to the partner names the content, so that the partner may fetch it. */
export async function isOffered(reader: Reader, nation: string, digest: string): Promise<boolean> {
  const row = await reader
    .selectFrom('blob_offered')
    .select('digest')
    .where('nation', '=', nation)
    .where('digest', '=', digest)
    .executeTakeFirst()
  return row !== undefined
}
