/** Brings a database to the form that this code expects: numbered SQL files, each run once, in order. */

import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { World } from '#node/world.ts'
import type { Database, Tx } from './database.ts'
import { DatabaseError } from './databaseError.ts'

/** One migration file: `0007-register.sql` is number 7, name `register`. */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly text: string
  /** Hex digest of the text with `\n` line ends, so that a checkout with `\r\n` has the same. */
  readonly sha256: string
}

const MIGRATIONS_FOLDER = fileURLToPath(new URL('./migrations', import.meta.url))

/** Two processes that start on one server take turns; the number is arbitrary and ours. */
const MIGRATION_LOCK = 7_160_381

/**
 * Runs what is missing, each file in a transaction of its own, and returns the names of what ran.
 * Throws `migration_edited`, `migration_misnumbered`, `migration_failed` or `database_newer`.
 */
export async function migrate(
  database: Database,
  world: World,
  folder = MIGRATIONS_FOLDER,
): Promise<string[]> {
  const migrations = readMigrations(folder)
  const ran: string[] = []
  await database.transact(async (tx) => {
    await lockMigrations(tx)
    await createTable(tx)
    compare(migrations, await readRecords(tx))
  })
  for (const migration of migrations) {
    if (await runOnce(database, world, migration)) ran.push(fileNameOf(migration))
  }
  return ran
}

/** Reads the folder's files in order of number; no number is given twice. */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  const migrations = names.sort().map((fileName) => {
    const [, digits, name] = /^([0-9]{4})-([a-z0-9-]+)\.sql$/.exec(fileName) ?? []
    if (digits === undefined || name === undefined)
      throw misnumbered(fileName, 'is not named like 0001-name.sql')
    const text = readFileSync(join(folder, fileName), 'utf8').replaceAll('\r\n', '\n')
    return { number: Number(digits), name, text, sha256: createHash('sha256').update(text).digest('hex') }
  })
  const double = migrations.find(({ number }, index) => migrations[index - 1]?.number === number)
  if (double !== undefined) throw misnumbered(fileNameOf(double), 'has the number of another')
  return migrations
}

function misnumbered(fileName: string, fault: string): DatabaseError {
  return new DatabaseError(
    'migration_misnumbered',
    `The migration ${fileName} ${fault}. Give it the next free number.`,
  )
}

interface MigrationRecord {
  readonly number: number
  readonly name: string
  readonly sha256: string
}

async function runOnce(database: Database, world: World, migration: Migration): Promise<boolean> {
  try {
    return await database.transact(async (tx) => {
      await lockMigrations(tx)
      const records = await readRecords(tx)
      if (records.some((record) => record.number === migration.number)) return false
      await sql.raw(migration.text).execute(tx)
      const { number, name, sha256 } = migration
      await sql`insert into migration (number, name, sha256, at)
        values (${number}, ${name}, ${sha256}, ${world.now()})`.execute(tx)
      return true
    })
  } catch (error) {
    throw new DatabaseError(
      'migration_failed',
      `The migration ${fileNameOf(migration)} failed and was undone: ${(error as Error).message}. ` +
        'The database is as it was before; report this with the message.',
      error,
    )
  }
}

async function lockMigrations(tx: Tx): Promise<void> {
  // Building an index over a large table may take longer than any act's statement.
  await sql`set local statement_timeout = 0`.execute(tx)
  await sql`set local lock_timeout = 0`.execute(tx)
  await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(tx)
}

async function createTable(tx: Tx): Promise<void> {
  await sql`create table if not exists migration (
    number integer primary key,
    name text not null,
    sha256 text not null,
    at bigint not null
  )`.execute(tx)
}

async function readRecords(tx: Tx): Promise<MigrationRecord[]> {
  const { rows } =
    await sql<MigrationRecord>`select number, name, sha256 from migration order by number`.execute(tx)
  return rows
}

/** Refuses a database that this code did not make as it stands. */
function compare(migrations: readonly Migration[], records: readonly MigrationRecord[]): void {
  const last = records.at(-1)?.number ?? 0
  const late = migrations.find(
    ({ number }) => number < last && !records.some((record) => record.number === number),
  )
  if (late !== undefined)
    throw misnumbered(fileNameOf(late), 'is older than what the database has already run')
  for (const record of records) {
    const migration = migrations.find(({ number }) => number === record.number)
    if (migration === undefined) {
      throw new DatabaseError(
        'database_newer',
        `The database was migrated by a newer version (up to ${fileNameOf(record)}). ` +
          'Start that version, or restore a backup from before it.',
      )
    }
    if (migration.sha256 !== record.sha256) {
      throw new DatabaseError(
        'migration_edited',
        `The migration ${fileNameOf(migration)} is not the one that this database was made with. ` +
          'Put the released file back; a change to the database is a new migration.',
      )
    }
  }
}

function fileNameOf({ number, name }: { readonly number: number; readonly name: string }): string {
  return `${String(number).padStart(4, '0')}-${name}.sql`
}
