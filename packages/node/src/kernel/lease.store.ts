/**
 * The lease that makes one of several processes on one database the courier (LINK-18). A new holder raises the epoch.
 * An act under the lease checks in its own transaction that it still holds it, so a process that was paused past the
 * end of its lease cannot act.
 */
import { sql } from 'kysely'
import type { Tx } from './database.ts'

/** Takes or extends the lease. True if `holder` has it now. */
export async function takeLease(
  tx: Tx,
  name: string,
  holder: string,
  nowMs: number,
  durationMs: number,
): Promise<boolean> {
  const until = nowMs + durationMs
  const result = await sql<{ holder: string }>`
    insert into lease (name, holder, epoch, until) values (${name}, ${holder}, 1, ${until})
    on conflict (name) do update
      set epoch = case when lease.holder = ${holder} then lease.epoch else lease.epoch + 1 end,
          holder = ${holder}, until = ${until}
      where lease.holder = ${holder} or lease.until < ${nowMs}
    returning holder`.execute(tx)
  return result.rows.length === 1
}

/** Whether `holder` has the lease. Nobody else can take it until this transaction ends. */
export async function holdsLease(tx: Tx, name: string, holder: string, nowMs: number): Promise<boolean> {
  const row = await tx
    .selectFrom('lease')
    .select(['holder', 'until'])
    .where('name', '=', name)
    .forShare()
    .executeTakeFirst()
  return row !== undefined && row.holder === holder && row.until >= nowMs
}
