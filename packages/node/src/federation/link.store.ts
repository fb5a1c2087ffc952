/** What the page of a link shows, read from the logs. */
import { sql } from 'kysely'
import type { Tx } from '#node/kernel/database.ts'
import { inLog, outLog } from './log.ts'
import { readNotedHead } from './log.store.ts'
import type { NotedHead } from './log.store.ts'

export interface LinkFacts {
  readonly out: NotedHead | null
  readonly in: NotedHead | null
  /** Statements that have no place in the log yet. */
  readonly pending: number
  readonly parked: number
  /** When the oldest statement was made that the partner has not cosigned; null when there is none. */
  readonly oldestWaitingAt: number | null
  readonly nationalOurs: number | null
  readonly nationalTheirs: number | null
}

/** Reads the facts of a link. */
export async function readLinkFacts(tx: Tx, nation: string): Promise<LinkFacts> {
  const out = await readNotedHead(tx, outLog(nation))
  const witnessed = await tx
    .selectFrom('witnessed')
    .select(['direction', 'size'])
    .where('nation', '=', nation)
    .execute()
  const sizeOf = (direction: string): number | null =>
    witnessed.find((row) => row.direction === direction)?.size ?? null
  return {
    out,
    in: await readNotedHead(tx, inLog(nation)),
    pending: await countOf(tx, sql`select count(*) as count from log_pending where log = ${outLog(nation)}`),
    parked: await countOf(tx, sql`select count(*) as count from parked where nation = ${nation}`),
    oldestWaitingAt: await oldestWaitingAt(tx, nation, Math.max(out?.noteSize ?? 0, 0)),
    nationalOurs: sizeOf('ours'),
    nationalTheirs: sizeOf('theirs'),
  }
}

async function countOf(tx: Tx, query: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await query.execute(tx)
  return Number((rows[0] as { count: number | string }).count)
}

/** Every statement of ours says when it was made; the bytes are our own, so they are read without suspicion. */
async function oldestWaitingAt(tx: Tx, nation: string, cosignedSize: number): Promise<number | null> {
  const logged = await tx
    .selectFrom('log_entry')
    .select('bytes')
    .where('log', '=', outLog(nation))
    .where('index', '=', cosignedSize)
    .executeTakeFirst()
  const row =
    logged ??
    (await tx
      .selectFrom('log_pending')
      .select('bytes')
      .where('log', '=', outLog(nation))
      .orderBy('id')
      .limit(1)
      .executeTakeFirst())
  if (row === undefined) return null
  const at = /"at":"([^"]{20,30})"/.exec(Buffer.from(row.bytes).toString('latin1'))?.[1]
  return at === undefined ? null : Date.parse(at)
}

/** Entries of one log before an index, newest first. */
export async function readEntriesBefore(tx: Tx, log: string, before: number, limit: number) {
  return tx
    .selectFrom('log_entry')
    .select(['index', 'bytes'])
    .where('log', '=', log)
    .where('index', '<', before)
    .orderBy('index', 'desc')
    .limit(limit)
    .execute()
}

/** What waits for its place in the log, newest first. */
export async function readPending(tx: Tx, nation: string, limit: number) {
  return tx
    .selectFrom('log_pending')
    .select(['id', 'bytes'])
    .where('log', '=', outLog(nation))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Parked entries of a partner by index, with their code. */
export async function readParked(tx: Tx, nation: string, from: number, to: number) {
  const rows = await tx
    .selectFrom('parked')
    .select(['index', 'code', 'at'])
    .where('nation', '=', nation)
    .where('index', '>=', from)
    .where('index', '<', to)
    .execute()
  return new Map(rows.map((row) => [row.index, row]))
}
