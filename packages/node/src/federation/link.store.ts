/** The facts of a link for its page, read from the logs. */
import type { Reader } from '#node/kernel/database.ts'
import { inLog, outLog } from './log.ts'
import { readNotedHead } from './log.store.ts'
import type { NotedHead } from './log.store.ts'
import { countParked } from './parked.store.ts'
import { countPending } from './pending.store.ts'
import { readWitnessed } from './witnessed.store.ts'

export interface LinkFacts {
  readonly out: NotedHead | null
  readonly in: NotedHead | null
  /** The number of statements that are not in the log yet. */
  readonly pending: number
  readonly parked: number
  /** When the oldest statement that the partner has not cosigned was made; null if there is none. */
  readonly oldestWaitingAt: number | null
  readonly nationalOurs: number | null
  readonly nationalTheirs: number | null
}

/** Reads the facts of a link. */
export async function readLinkFacts(reader: Reader, nation: string): Promise<LinkFacts> {
  const out = await readNotedHead(reader, outLog(nation))
  const witnessed = await readWitnessed(reader, nation)
  const sizeOf = (direction: string): number | null =>
    witnessed.find((row) => row.direction === direction)?.size ?? null
  return {
    out,
    in: await readNotedHead(reader, inLog(nation)),
    pending: await countPending(reader, nation),
    parked: await countParked(reader, nation),
    oldestWaitingAt: await oldestWaitingAt(reader, nation, Math.max(out?.noteSize ?? 0, 0)),
    nationalOurs: sizeOf('ours'),
    nationalTheirs: sizeOf('theirs'),
  }
}

/** Reads the time from the statement's bytes. A pattern is enough: this node wrote the bytes. */
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
