/** Fresh, migrated, empty databases for the suites of every slice, on PGlite and on PostgreSQL. */

import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import pg from 'pg'
import { describe } from 'vitest'
import { systemWorld } from '#node/world.system.ts'
import { openDatabase } from './database.ts'
import type { Database } from './database.ts'
import { openMemoryEngine } from './database.pglite.engine.ts'
import { MIGRATIONS } from '#node/migrations.ts'
import { migrate } from './migrate.ts'

/** Opens a migrated, empty database that nobody else has; close it when done. */
export type OpenTestDatabase = () => Promise<Database>

/** Runs the suite on PGlite, and on PostgreSQL as well when `TEST_DATABASE_URL` names a server. */
export function describeOnEachDatabase(name: string, suite: (open: OpenTestDatabase) => void): void {
  describe(`${name} (PGlite)`, () => {
    suite(openTestDatabase)
  })
  const url = process.env['TEST_DATABASE_URL']
  if (url !== undefined && url !== '')
    describe(`${name} (PostgreSQL)`, () => {
      suite(() => openTestPostgres(url))
    })
}

/** Databases in memory that were closed and emptied, ready for the next test of this process. */
const free: Database[] = []

/**
 * A migrated, empty database in memory. `close` empties it for the next caller, which takes milliseconds;
 * as many can be open at once as the test needs.
 */
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

/** A migrated, empty schema of its own on the server at `url`, dropped by `close`. */
export async function openTestPostgres(url: string): Promise<Database> {
  const schema = `test_${randomBytes(8).toString('hex')}`
  const database = await openDatabase({ url, schema, connectionCount: 8 })
  await migrate(database, systemWorld, MIGRATIONS)
  const close = async (): Promise<void> => {
    await sql`drop schema ${sql.id(schema)} cascade`.execute(database.query)
    await database.close()
  }
  return { ...database, close }
}

/** A database of its own on a server, for several nodes to share. */
export interface ServerDatabase {
  readonly url: string
  /** Ends who still uses it. */
  drop(): Promise<void>
}

/** Creates an empty database on the server at `url`. */
export async function createServerDatabase(url: string): Promise<ServerDatabase> {
  const name = `entente_${randomBytes(8).toString('hex')}`
  const server = new pg.Client({ connectionString: url })
  await server.connect()
  await server.query(`create database ${name}`)
  return {
    url: Object.assign(new URL(url), { pathname: `/${name}` }).href,
    async drop() {
      await server.query(`drop database ${name} with (force)`)
      await server.end()
    },
  }
}

/** Where the image of a new database is kept between runs: to create one takes seconds. */
const CACHE_FOLDER = fileURLToPath(new URL('../../../../node_modules/.cache/entente', import.meta.url))

/** An empty database as it leaves `initdb`, made once for this version of PGlite. */
async function memoryImage(): Promise<Blob> {
  const path = join(CACHE_FOLDER, `pglite-${pgliteVersion()}.tar`)
  if (existsSync(path)) return new Blob([readFileSync(path)])
  const engine = await openMemoryEngine()
  const image = await engine.image()
  await engine.close()
  mkdirSync(CACHE_FOLDER, { recursive: true })
  // Several processes may do this at once: each writes its own file, and the last name stays.
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, await image.bytes())
  renameSync(draft, path)
  return image
}

function pgliteVersion(): string {
  const manifest = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'))
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version
}

/** A new database in memory without any table of ours. */
export async function openBareDatabase(): Promise<Database> {
  return openDatabase({ memory: true, image: await memoryImage() })
}

async function openMigrated(): Promise<Database> {
  const database = await openBareDatabase()
  await migrate(database, systemWorld, MIGRATIONS)
  return database
}

/**
 * Removes all rows but the record of migrations and counts identities from 1 again. Triggers that forbid
 * deletion are passed over.
 */
async function empty(database: Database): Promise<void> {
  const { rows } = await sql<{ step: string }>`
    select 'delete from ' || quote_ident(tablename) as step from pg_tables
      where schemaname = 'public' and tablename <> 'migration'
    union all select 'alter sequence ' || quote_ident(sequencename) || ' restart' from pg_sequences
      where schemaname = 'public'`.execute(database.query)
  const steps = [
    'begin',
    'set local session_replication_role = replica',
    ...rows.map(({ step }) => step),
    'commit',
  ]
  await sql.raw(steps.join(';')).execute(database.query)
}
