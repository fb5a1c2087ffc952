/** Content that statements name: what the partner may fetch of us, and what we still want of it (LINK-40 to LINK-44). */
import type { Reader, Tx } from '#node/kernel/database.ts'

/** Content that a statement of the partner names and that is not here yet. */
export interface Wanted {
  readonly digest: string
  readonly sizeBytes: number
  readonly failures: number
}

/** Asks for content; a slice does it when a statement names what is not here. */
export async function wantContent(tx: Tx, nation: string, digest: string, sizeBytes: number): Promise<void> {
  await tx
    .insertInto('blob_wanted')
    .values({ nation, digest, size_bytes: sizeBytes })
    .onConflict((conflict) => conflict.columns(['nation', 'digest']).doNothing())
    .execute()
}

/** The content whose turn it is: the one that was asked for longest ago, of those that do not back off. */
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

/** When the first of what backs off is due again; null when nothing is wanted. */
export async function nextRetry(tx: Tx, nation: string): Promise<number | null> {
  const row = await tx
    .selectFrom('blob_wanted')
    .select((select) => select.fn.min('retry_at').as('at'))
    .where('nation', '=', nation)
    .executeTakeFirst()
  return row?.at ?? null
}

/** Notes that it was asked for; the next time others come first. */
export async function noteAsked(tx: Tx, nation: string, digest: string, at: number): Promise<void> {
  await tx
    .updateTable('blob_wanted')
    .set({ asked_at: at })
    .where('nation', '=', nation)
    .where('digest', '=', digest)
    .execute()
}

/** Notes that it did not come; the row stays. `error` is a code. */
export async function noteNotCome(
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

/** Content is here: nobody wants it any more. Returns what of it somebody did want. */
export async function dropWanted(tx: Tx, digests: readonly string[]): Promise<readonly string[]> {
  if (digests.length === 0) return []
  const rows = await tx
    .deleteFrom('blob_wanted')
    .where('digest', 'in', [...digests])
    .returning('digest')
    .execute()
  return [...new Set(rows.map((row) => row.digest))]
}

/** Whether a statement to that partner names the content, so that it may fetch it. */
export async function isOffered(reader: Reader, nation: string, digest: string): Promise<boolean> {
  const row = await reader
    .selectFrom('blob_offered')
    .select('digest')
    .where('nation', '=', nation)
    .where('digest', '=', digest)
    .executeTakeFirst()
  return row !== undefined
}
