/** Statements that have no place in their log yet (LINK-11). */
import { sql } from 'kysely'
import type { Act } from '#node/kernel/command.ts'
import type { Reader } from '#node/kernel/database.ts'
import { outLog } from './log.ts'
import type { LogHead } from './log.store.ts'

/** A statement that is about to be given its place in the log; `kind` is null for an entry of the national log. */
export interface Leaving {
  readonly statement: string | null
  readonly kind: string | null
  readonly bytes: Uint8Array
}

/** What waits for its place. */
export interface Pending extends Leaving {
  readonly id: number
  /** The digests of the content that it names, as JSON. */
  readonly blobs: string | null
}

/** Statements read, and so sequenced, in one transaction. */
const BATCH_MAX = 256

/** What of a log waits, the oldest first. */
export async function readPending(reader: Reader, log: string): Promise<readonly Pending[]> {
  return reader
    .selectFrom('log_pending')
    .select(['id', 'bytes', 'blobs', 'statement', 'kind'])
    .where('log', '=', log)
    .orderBy('id')
    .limit(BATCH_MAX)
    .execute()
}

/** Whether anything of a log waits. */
export async function isPending(reader: Reader, log: string): Promise<boolean> {
  const query = reader.selectFrom('log_pending').select('id').where('log', '=', log).limit(1)
  return (await query.execute()).length > 0
}

/** What waits to be said to a partner, the newest first. */
export async function readNewestPending(reader: Reader, nation: string, limit: number) {
  return reader
    .selectFrom('log_pending')
    .select(['id', 'bytes'])
    .where('log', '=', outLog(nation))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** How many statements to a partner wait. */
export async function countPending(reader: Reader, nation: string): Promise<number> {
  const { count } = await reader
    .selectFrom('log_pending')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('log', '=', outLog(nation))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Which of the pending statements get a place, with the hashes of their leaves. */
export interface Placed {
  readonly pending: readonly Pending[]
  readonly placed: readonly Pending[]
  readonly leaves: readonly Uint8Array[]
}

/** Moves rows into a locked log: the bytes do not leave the database again. What gets no place is deleted. */
export function placePending(
  act: Act,
  { name, frontier }: LogHead,
  { pending, placed, leaves }: Placed,
): void {
  const places = placed.map(({ id, statement }, at) => ({
    id,
    statement,
    index: frontier.size + at,
    leaf_hash: `\\x${Buffer.from(leaves[at]!).toString('hex')}`,
  }))
  const moved = sql`with
    place as (
      select * from json_to_recordset(${JSON.stringify(places)}::json)
        as place (id bigint, statement text, index bigint, leaf_hash bytea)),
    gone as (
      delete from log_pending
      where id in (select json_array_elements_text(${JSON.stringify(pending.map(({ id }) => id))}::json)::bigint)
      returning id, bytes, blobs),
    told as (
      update matter_statement set log_index = place.index, placed_at = ${act.world.now()}
      from place where matter_statement.statement = place.statement and matter_statement.log = ${name})
    insert into log_entry (log, index, bytes, leaf_hash, blobs)
      select ${name}::text, place.index, gone.bytes, place.leaf_hash, gone.blobs from gone join place using (id)`
  act.change(moved.compile(act.tx), 'log_entry')
}
