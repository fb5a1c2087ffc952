/** What the page of a link shows, read from the logs. */
import { sql } from 'kysely'
import type { Reader } from '#node/kernel/database.ts'
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
export async function readLinkFacts(reader: Reader, nation: string): Promise<LinkFacts> {
  const out = await readNotedHead(reader, outLog(nation))
  const witnessed = await reader
    .selectFrom('witnessed')
    .select(['direction', 'size'])
    .where('nation', '=', nation)
    .execute()
  const sizeOf = (direction: string): number | null =>
    witnessed.find((row) => row.direction === direction)?.size ?? null
  return {
    out,
    in: await readNotedHead(reader, inLog(nation)),
    pending: await countPending(reader, nation),
    parked: await countOf(reader, sql`select count(*) as count from parked where nation = ${nation}`),
    oldestWaitingAt: await oldestWaitingAt(reader, nation, Math.max(out?.noteSize ?? 0, 0)),
    nationalOurs: sizeOf('ours'),
    nationalTheirs: sizeOf('theirs'),
  }
}

async function countOf(reader: Reader, query: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await query.execute(reader)
  return Number((rows[0] as { count: number | string }).count)
}

/** Every statement of ours says when it was made; the bytes are our own, so they are read without suspicion. */
async function oldestWaitingAt(reader: Reader, nation: string, cosignedSize: number): Promise<number | null> {
  const logged = await reader
    .selectFrom('log_entry')
    .select('bytes')
    .where('log', '=', outLog(nation))
    .where('index', '=', cosignedSize)
    .executeTakeFirst()
  const row =
    logged ??
    (await reader
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

/** The notes over national logs that this node and a partner witnessed of each other. */
export async function readWitnessed(reader: Reader, nation: string) {
  return reader
    .selectFrom('witnessed')
    .select(['direction', 'note', 'size'])
    .where('nation', '=', nation)
    .execute()
}

/** How many statements to a partner have no index yet. */
export async function countPending(reader: Reader, nation: string): Promise<number> {
  return countOf(reader, sql`select count(*) as count from log_pending where log = ${outLog(nation)}`)
}

/** The entries of partners that were parked last. */
export async function listParked(
  reader: Reader,
  limit: number,
): Promise<readonly { readonly nation: string; readonly at: number }[]> {
  return reader.selectFrom('parked').select(['nation', 'at']).orderBy('at', 'desc').limit(limit).execute()
}

/** Entries of one log before an index, newest first. */
export async function readEntriesBefore(reader: Reader, log: string, before: number, limit: number) {
  return reader
    .selectFrom('log_entry')
    .select(['index', 'bytes'])
    .where('log', '=', log)
    .where('index', '<', before)
    .orderBy('index', 'desc')
    .limit(limit)
    .execute()
}

/** What waits for its place in the log, newest first. */
export async function readPending(reader: Reader, nation: string, limit: number) {
  return reader
    .selectFrom('log_pending')
    .select(['id', 'bytes'])
    .where('log', '=', outLog(nation))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Parked entries of a partner by index, with their code. */
export async function readParked(reader: Reader, nation: string, from: number, to: number) {
  const rows = await reader
    .selectFrom('parked')
    .select(['index', 'code', 'at'])
    .where('nation', '=', nation)
    .where('index', '>=', from)
    .where('index', '<', to)
    .execute()
  return new Map(rows.map((row) => [row.index, row]))
}
