/** The facts of a link for its page, read from the logs. */
import { sql } from 'kysely'
import type { Reader } from '#node/kernel/database.ts'
import type { Instant } from '#node/world.ts'
import { inLog, outLog } from './log.ts'
import { readNotedHead } from './log.store.ts'
import type { NotedHead } from './log.store.ts'
import { countParked } from './parked.store.ts'
import { readWitnessed } from './witnessed.store.ts'

export interface LinkFacts {
  readonly out: NotedHead | null
  readonly in: NotedHead | null
  readonly parked: number
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
    parked: await countParked(reader, nation),
    nationalOurs: sizeOf('ours'),
    nationalTheirs: sizeOf('theirs'),
  }
}

/** Our statements that a partner has not cosigned, or no longer holds: those in the log and those not in it yet. */
export interface Traffic {
  readonly pending: number
  /** When the oldest of them was made; null if there is none. */
  readonly oldestAt: Instant | null
}

/** Reads the traffic of all links by one query; returns a lookup by partner. */
export async function readTraffic(reader: Reader): Promise<(nation: string) => Traffic> {
  const { rows } = await sql<{ nation: string; pending: string; oldest: Uint8Array | null }>`
    select p.nation,
      o.size - held.size + (select count(*) from log_pending w where w.log = o.name) as pending,
      coalesce(
        (select e.bytes from log_entry e where e.log = o.name and e.index = held.size),
        (select w.bytes from log_pending w where w.log = o.name order by w.id limit 1)) as oldest
    from partner p
      join log o on o.name = 'out/' || p.nation
      cross join lateral (select least(greatest(o.note_size, 0), o.witnessed_size) as size) as held
    order by p.nation`.execute(reader)
  const byNation = new Map(rows.map((row) => [row.nation, row]))
  return (nation) => {
    const row = byNation.get(nation)
    if (row === undefined) return { pending: 0, oldestAt: null }
    return { pending: Number(row.pending), oldestAt: row.oldest === null ? null : madeAt(row.oldest) }
  }
}

/** Reads the time from a statement's bytes. A pattern is enough: this node wrote the bytes. */
function madeAt(bytes: Uint8Array): Instant | null {
  const at = /"at":"([^"]{20,30})"/.exec(Buffer.from(bytes).toString('latin1'))?.[1]
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
