/** Migrated, empty databases for tests. */

import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { systemWorld } from '#node/world.system.ts'
import { openDatabase } from './database.ts'
import type { Database } from './database.ts'
import { MIGRATIONS } from '#node/migrations.ts'
import { migrate } from './migrate.ts'

/** The URL of the tests' server, which `checks/postgres.setup.ts` starts. */
export function testServer(): string {
  const url = process.env['TEST_DATABASE_URL'] ?? ''
  if (url === '') throw new Error('The suites have no PostgreSQL: run them with npm test or vitest.')
  return url
}

/** Emptied databases, ready for the next test of this process. */
const free: Database[] = []

/** A migrated, empty database of the caller's own. `close` empties it for the next caller, which takes milliseconds. */
export async function openTestDatabase(): Promise<Database> {
  const database = free.pop() ?? (await openMigrated())
  let closed = false
  const close = async (): Promise<void> => {
    if (closed) return
    closed = true
    await empty(database)
    free.push(database)
  }
  return { ...database, close }
}

/** A new schema without tables, dropped by `close`. */
export async function openBareDatabase(): Promise<Database> {
  const schema = `test_${randomBytes(8).toString('hex')}`
  const database = await openDatabase({ url: testServer(), schema, connectionCount: 8 })
  const close = async (): Promise<void> => {
    await sql`drop schema ${sql.id(schema)} cascade`.execute(database.query)
    await database.close()
  }
  return { ...database, close }
}

async function openMigrated(): Promise<Database> {
  const database = await openBareDatabase()
  await migrate(database, systemWorld, MIGRATIONS)
  return database
}

/** A separate database, for several processes to share. */
export interface ServerDatabase {
  readonly url: string
  /** Drops the database, and every connection to it. */
  drop(): Promise<void>
}

/** Creates an empty database on the tests' server. */
export async function createServerDatabase(): Promise<ServerDatabase> {
  // The prefix is the run's own database, so that the run can drop what a test left behind.
  const name = `${new URL(testServer()).pathname.slice(1)}_${randomBytes(6).toString('hex')}`
  await onServer(`create database ${name}`)
  return {
    url: Object.assign(new URL(testServer()), { pathname: `/${name}` }).href,
    drop: () => onServer(`drop database ${name} with (force)`),
  }
}

async function onServer(command: string): Promise<void> {
  const server = new pg.Client({ connectionString: testServer() })
  await server.connect()
  try {
    await server.query(command)
  } finally {
    await server.end()
  }
}

/** Deletes all rows except the record of migrations, and restarts sequences. */
async function empty(database: Database): Promise<void> {
  const { rows } = await sql<{ step: string }>`
    select 'delete from ' || quote_ident(tablename) as step from pg_tables
      where schemaname = current_schema() and tablename <> 'migration'
    union all select 'alter sequence ' || quote_ident(sequencename) || ' restart' from pg_sequences
      where schemaname = current_schema()`.execute(database.query)
  const steps = [
    'begin',
    // Disables foreign keys.
    'set local session_replication_role = replica',
    ...rows.map(({ step }) => step),
    'commit',
  ]
  await sql.raw(steps.join(';')).execute(database.query)
}
