/**
 * The disk of a simulated nation: its database and its blob folder. It outlives processes, and can be saved
 * and restored. A copy is a schema in the same database, made by a few statements.
 */
import { sql } from 'kysely'
import type { Database } from '#node/kernel/database.ts'
import { createBlobFiles } from './memoryBlobs.ts'
import type { BlobFiles } from './memoryBlobs.ts'

export interface Disk {
  readonly database: Database
  readonly files: BlobFiles
  /** Copies every table and sequence under a name, and replaces an earlier copy of that name. */
  save(name: string): Promise<void>
  /** Restores a copy. Blob files stay: a file that no row names does no harm. */
  restore(name: string): Promise<void>
  /** Reads rows with plain SQL. */
  rows<Row>(text: string): Promise<Row[]>
}

/** Creates a disk on a migrated database that nothing else uses. */
export async function createDisk(database: Database): Promise<Disk> {
  const run = (text: string) => sql.raw(text).execute(database.query)
  const rows = async <Row>(text: string): Promise<Row[]> => (await run(text)).rows as Row[]
  const [own] = await rows<{ name: string }>('select current_schema() as name')
  const schema = own!.name
  const tables = await rows<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = '${schema}' and tablename <> 'migration' order by 1`,
  )
  const sequences = await rows<{ name: string }>(
    `select sequencename as name from pg_sequences where schemaname = '${schema}' order by 1`,
  )
  const names = tables.map(({ name }) => name)
  const counters = sequences.map(({ name }) => name)
  return {
    database,
    files: createBlobFiles(),
    rows,
    async save(name) {
      const copy = `${schema}_${name}`
      await run(
        [
          'begin',
          `drop schema if exists ${copy} cascade`,
          `create schema ${copy}`,
          ...names.map((table) => `create table ${copy}.${table} as table ${schema}.${table}`),
          ...counters.map(
            (counter) =>
              `create table ${copy}.${counter} as select last_value, is_called from ${schema}.${counter}`,
          ),
          'commit',
        ].join(';'),
      )
    },
    async restore(name) {
      const copy = `${schema}_${name}`
      await run(
        [
          'begin',
          'set local session_replication_role = replica',
          ...names.map((table) => `delete from ${schema}.${table}`),
          ...names.map(
            (table) =>
              `insert into ${schema}.${table} overriding system value select * from ${copy}.${table}`,
          ),
          ...counters.map(
            (counter) =>
              `select setval('${schema}.${counter}', last_value, is_called) from ${copy}.${counter}`,
          ),
          'commit',
        ].join(';'),
      )
    },
  }
}
