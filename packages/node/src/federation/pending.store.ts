/** Statements that are not in their log yet (LINK-11). */
import { sql } from 'kysely'
import type { Act } from '#node/kernel/command.ts'
import type { Reader } from '#node/kernel/database.ts'
import { outLog } from './log.ts'
import type { LogHead } from './log.store.ts'

/** A statement about to enter its log. For an entry of the national log, `statement` and `kind` are null. */
export interface Leaving {
  readonly statement: string | null
  readonly kind: string | null
  readonly bytes: Uint8Array
}

/** A pending statement. */
export interface Pending extends Leaving {
  readonly id: number
  /** The digests of the content that the statement names, as JSON. */
  readonly blobs: string | null
}

/** Maximum number of statements sequenced in one transaction. */
const BATCH_MAX = 256

/** The pending statements of a log, oldest first. */
export async function readPending(reader: Reader, log: string): Promise<readonly Pending[]> {
  return reader
    .selectFrom('log_pending')
    .select(['id', 'bytes', 'blobs', 'statement', 'kind'])
    .where('log', '=', log)
    .orderBy('id')
    .limit(BATCH_MAX)
    .execute()
}

/** True if a log has pending statements. */
export async function isPending(reader: Reader, log: string): Promise<boolean> {
  const query = reader.selectFrom('log_pending').select('id').where('log', '=', log).limit(1)
  return (await query.execute()).length > 0
}

/** The pending statements to a partner, newest first. */
export async function readNewestPending(reader: Reader, nation: string, limit: number) {
  return reader
    .selectFrom('log_pending')
    .select(['id', 'bytes'])
    .where('log', '=', outLog(nation))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** A decided batch of pending statements. */
export interface SequencedBatch {
  readonly pending: readonly Pending[]
  /** Those of `pending` that enter the log, in order. */
  readonly appended: readonly Pending[]
  /** The leaf hashes of `appended`. */
  readonly leaves: readonly Uint8Array[]
}

/** Moves rows into a locked log, inside the database, and deletes the pending rows that do not enter it. */
export function appendPending(
  act: Act,
  { name, frontier }: LogHead,
  { pending, appended, leaves }: SequencedBatch,
): void {
  const sequenced = appended.map(({ id, statement }, offset) => ({
    id,
    statement,
    index: frontier.size + offset,
    leaf_hash: `\\x${Buffer.from(leaves[offset]!).toString('hex')}`,
  }))
  const moved = sql`with
    sequenced as (
      select * from json_to_recordset(${JSON.stringify(sequenced)}::json)
        as sequenced (id bigint, statement text, index bigint, leaf_hash bytea)),
    removed as (
      delete from log_pending
      where id in (select json_array_elements_text(${JSON.stringify(pending.map(({ id }) => id))}::json)::bigint)
      returning id, bytes, blobs),
    updated as (
      update matter_statement set log_index = sequenced.index, placed_at = ${act.world.now()}
      from sequenced where matter_statement.statement = sequenced.statement and matter_statement.log = ${name})
    insert into log_entry (log, index, bytes, leaf_hash, blobs)
      select ${name}::text, sequenced.index, removed.bytes, sequenced.leaf_hash, removed.blobs
      from removed join sequenced using (id)`
  act.change(moved.compile(act.tx), 'log_entry')
}
