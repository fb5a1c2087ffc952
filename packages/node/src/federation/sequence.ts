/**
 * Giving pending statements their place in the log (LINK-11, LOG-16): only the one courier does it, in one
 * transaction with the proof that it still is the one. After the commit an index never changes.
 */
import { sql } from 'kysely'
import type { Act } from '#node/kernel/command.ts'
import type { Tx } from '#node/kernel/database.ts'
import { extend } from './log.ts'
import { moveEdge, readHead } from './log.store.ts'
import type { LogHead } from './log.store.ts'

/** Entries sequenced in one transaction. */
const BATCH_MAX = 256

/** A statement that is about to be given its place in the log. */
export interface Leaving {
  readonly statement: string | null
  readonly bytes: Uint8Array
}

/** What waits for its place. */
export interface Pending extends Leaving {
  readonly id: number
  /** The digests of the content that it names, as JSON. */
  readonly blobs: string | null
}

/** Asks once more which statements may leave; what may not is taken out of the queue by whoever says so. */
export type Departure = (act: Act, leaving: readonly Leaving[]) => Promise<readonly boolean[]>

/** A log after it was extended, and what was added; the act writes it when it ends. */
export interface Sequenced {
  readonly head: LogHead
  readonly placed: readonly Pending[]
}

/** What of a log waits, the oldest first. */
export async function readPending(tx: Tx, log: string): Promise<readonly Pending[]> {
  return tx
    .selectFrom('log_pending')
    .select(['id', 'bytes', 'blobs', 'statement'])
    .where('log', '=', log)
    .orderBy('id')
    .limit(BATCH_MAX)
    .execute()
}

/** Sequences what is pending of a log; null when there was nothing to do. */
export async function sequencePending(
  act: Act,
  log: string,
  mayLeave?: Departure,
): Promise<Sequenced | null> {
  const pending = await readPending(act.tx, log)
  return pending.length === 0 ? null : sequence(act, log, pending, mayLeave)
}

/** Sequences what was read as pending in this act. */
export async function sequence(
  act: Act,
  log: string,
  pending: readonly Pending[],
  mayLeave?: Departure,
): Promise<Sequenced | null> {
  const [may, head] = await Promise.all([mayLeave?.(act, pending), readHead(act.tx, log, 'lock')])
  if (head === null) return null
  const placed = pending.filter((_row, place) => may === undefined || may[place] === true)
  const extension = extend(
    head.frontier,
    placed.map((row) => row.bytes),
  )
  place(act, head, { pending, placed, leaves: extension.leaves })
  moveEdge(act, head, extension)
  return { head: { ...head, frontier: extension.frontier }, placed }
}

interface Moved {
  readonly pending: readonly Pending[]
  readonly placed: readonly Pending[]
  readonly leaves: readonly Uint8Array[]
}

/** Moves the rows: the bytes do not leave the database again. What may not leave is gone with them. */
function place(act: Act, { name, frontier }: LogHead, { pending, placed, leaves }: Moved): void {
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
