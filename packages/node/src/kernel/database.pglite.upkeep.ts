/**
 * What PostgreSQL does in background processes and PGlite, which has none, leaves undone: checkpoints, so
 * that the write-ahead log stays small and a start after a crash stays short, and vacuum and statistics.
 */

import type { PGlite } from '@electric-sql/pglite'

/** After this many flushes (about as many commits) it is looked whether something is due. */
const LOOK_EVERY_FLUSHES = 500
/** A checkpoint is due after this much write-ahead log. */
const CHECKPOINT_BYTES = 64 * 1024 * 1024

/** By autovacuum's measure: a fifth of the rows are dead, or a tenth changed since the statistics. */
const WORN_TABLES = `
  select quote_ident(schemaname) || '.' || quote_ident(relname) as name from pg_stat_user_tables
  where n_dead_tup > 1000 + n_live_tup / 5 or n_mod_since_analyze > 1000 + n_live_tup / 10`

/**
 * Gives a function to call after each query with the count of flushes; it does what is due, which takes up to
 * a second and only ever happens between two transactions.
 */
export function upkeepOf(pglite: PGlite): (flushCount: number) => Promise<void> {
  let lookedAt = 0
  let checkpointAt = '0/0'
  return async (flushCount) => {
    if (flushCount - lookedAt < LOOK_EVERY_FLUSHES || pglite.isInTransaction()) return
    lookedAt = flushCount
    const { rows } = await pglite.query<{ position: string; bytes: string }>(
      `select pg_current_wal_lsn()::text as position,
        pg_wal_lsn_diff(pg_current_wal_lsn(), $1::pg_lsn) as bytes`,
      [checkpointAt],
    )
    const { position = checkpointAt, bytes = '0' } = rows[0] ?? {}
    if (Number(bytes) >= CHECKPOINT_BYTES) {
      await pglite.exec('checkpoint')
      checkpointAt = position
    }
    for (const { name } of (await pglite.query<{ name: string }>(WORN_TABLES)).rows) {
      await pglite.exec(`vacuum (analyze) ${name}`)
    }
  }
}
