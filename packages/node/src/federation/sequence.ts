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
import type { Channel } from './partner.ts'

/** Entries sequenced in one transaction. */
const BATCH_MAX = 256

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

/** Decides once more whether a statement may leave, by this channel. One that may not is dequeued. */
export type Departure = (act: Act, leaving: Leaving, channel: Channel) => Promise<boolean>

/** A log after it was extended, and what was added; the act writes it when it ends. */
export interface Sequenced {
  readonly head: LogHead
  readonly placed: readonly Pending[]
}

/** What of a log waits, the oldest first. */
export async function readPending(tx: Tx, log: string): Promise<readonly Pending[]> {
  return tx
    .selectFrom('log_pending')
    .select(['id', 'bytes', 'blobs', 'statement', 'kind'])
    .where('log', '=', log)
    .orderBy('id')
    .limit(BATCH_MAX)
    .execute()
}

/** How statements leave a log: what is asked of each, and by which channel they go. */
export interface Leave {
  readonly mayLeave: Departure
  readonly channel: Channel
}

/** Sequences what is pending of a log; null when there was nothing to do. The national log never leaves. */
export async function sequencePending(act: Act, log: string, leave?: Leave): Promise<Sequenced | null> {
  const pending = await readPending(act.tx, log)
  return pending.length === 0 ? null : sequence(act, log, pending, leave)
}

/** Sequences what was read as pending in this act. */
export async function sequence(
  act: Act,
  log: string,
  pending: readonly Pending[],
  leave?: Leave,
): Promise<Sequenced | null> {
  const [placed, head] = await Promise.all([leavingOf(act, pending, leave), readHead(act.tx, log, 'lock')])
  if (head === null) return null
  const extension = extend(
    head.frontier,
    placed.map((row) => row.bytes),
  )
  place(act, head, { pending, placed, leaves: extension.leaves })
  moveEdge(act, head, extension)
  return { head: { ...head, frontier: extension.frontier }, placed }
}

/** Those that may leave; asked in their order, since one may depend on what became of another. */
async function leavingOf(act: Act, pending: readonly Pending[], leave: Leave | undefined): Promise<Pending[]> {
  if (leave === undefined) return [...pending]
  const leaving: Pending[] = []
  for (const row of pending) if (await leave.mayLeave(act, row, leave.channel)) leaving.push(row)
  return leaving
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
