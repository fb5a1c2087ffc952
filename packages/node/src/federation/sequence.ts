/**
 * Giving pending statements their place in the log (LINK-11, LOG-16): only the one courier does it, in one
 * transaction with the proof that it still is the one. After the commit an index never changes.
 */
import { sql } from 'kysely'
import type { Act } from '../kernel/command.ts'
import { extend } from './log.ts'
import { readHead, storeExtension } from './log.store.ts'
import type { LogHead } from './log.store.ts'

/** Entries sequenced in one transaction. */
const BATCH_MAX = 256

/** A statement that is about to be given its place in the log. */
export interface Leaving {
  readonly statement: string | null
  readonly bytes: Uint8Array
}

/** Asks once more which statements may leave; what may not is taken out of the queue by whoever says so. */
export type Departure = (act: Act, leaving: readonly Leaving[]) => Promise<readonly boolean[]>

/** Sequences what is pending of a log; returns its head after that, or null when there was nothing to do. */
export async function sequencePending(act: Act, log: string, mayLeave?: Departure): Promise<LogHead | null> {
  const waiting = await act.tx
    .selectFrom('log_pending')
    .select(['id', 'bytes', 'blobs', 'statement'])
    .where('log', '=', log)
    .orderBy('id')
    .limit(BATCH_MAX)
    .execute()
  if (waiting.length === 0) return null
  const may = mayLeave === undefined ? null : await mayLeave(act, waiting)
  const pending = waiting.filter((_row, place) => may === null || may[place] === true)
  const head = await readHead(act.tx, log, 'lock')
  if (head === null) return null
  const entries = pending.map((row) => row.bytes)
  const extension = extend(head.frontier, entries)
  await storeExtension(act.tx, head, entries, extension, { blobs: pending.map((row) => row.blobs) })
  await act.tx
    .deleteFrom('log_pending')
    .where(
      'id',
      'in',
      waiting.map((row) => row.id),
    )
    .execute()
  const places = pending.flatMap((row, place) =>
    row.statement === null ? [] : [sql`(${row.statement}::text, ${head.frontier.size + place}::bigint)`],
  )
  if (places.length > 0) {
    await sql`update matter_statement set log_index = placed.index, placed_at = ${act.world.now()}
      from (values ${sql.join(places)}) as placed (statement, index)
      where matter_statement.statement = placed.statement and matter_statement.log = ${log}`.execute(act.tx)
  }
  return { ...head, frontier: extension.frontier }
}
