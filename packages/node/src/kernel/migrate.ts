/**
 * Migrates a database to the schema of this version: the numbered SQL files of every room and pillar, run
 * once and in order.
 */

import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { World } from '#node/world.ts'
import type { Database, Tx } from './database.ts'
import { DatabaseError } from './databaseError.ts'

/** A part that has tables, and the folder of its migrations. */
export interface MigrationFolder {
  /** The name of the room or pillar. */
  readonly part: string
  readonly folder: string
}

/** One migration file: `0007-register.sql` has the number 7 and the name `register`. */
export interface Migration {
  readonly part: string
  readonly number: number
  readonly name: string
  readonly text: string
  /** Hex digest of the text with `\n` line ends, so that a checkout with `\r\n` has the same digest. */
  readonly sha256: string
}

/** The advisory lock that serialises processes starting on one database. The number is arbitrary. */
const MIGRATION_LOCK = 7_160_381

/**
 * Runs the missing migrations, each in its own transaction, and returns their paths.
 * Throws `migration_edited`, `migration_misnumbered`, `migration_failed`, `database_newer` or `database_older`.
 */
export async function migrate(
  database: Database,
  world: World,
  folders: readonly MigrationFolder[],
): Promise<string[]> {
  const migrations = folders.flatMap(readMigrations)
  await database.transact(async (tx) => {
    await lockMigrations(tx)
    await createTable(tx)
    compare(migrations, await readRecords(tx))
  })
  const ran: string[] = []
  for (const migration of migrations) {
    if (await runOnce(database, world, migration)) ran.push(pathOf(migration))
  }
  return ran
}

/** Reads the migrations of a part in numerical order. Throws `migration_misnumbered` on a malformed or repeated number. */
export function readMigrations({ part, folder }: MigrationFolder): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  const migrations = names.sort().map((fileName) => {
    const [, digits, name] = /^([0-9]{4})-([a-z0-9-]+)\.sql$/.exec(fileName) ?? []
    if (digits === undefined || name === undefined)
      throw misnumbered(`${part}/${fileName}`, 'is not named like 0001-name.sql')
    const text = readFileSync(join(folder, fileName), 'utf8').replaceAll('\r\n', '\n')
    const sha256 = createHash('sha256').update(text).digest('hex')
    return { part, number: Number(digits), name, text, sha256 }
  })
  const repeated = migrations.find(({ number }, index) => migrations[index - 1]?.number === number)
  if (repeated !== undefined) throw misnumbered(pathOf(repeated), 'has the number of another one')
  return migrations
}

function misnumbered(path: string, fault: string): DatabaseError {
  return new DatabaseError(
    'migration_misnumbered',
    `The migration ${path} ${fault}. Give it the next free number.`,
  )
}

type MigrationRecord = Omit<Migration, 'text'>

const isSame = (one: MigrationRecord) => (other: MigrationRecord) =>
  one.part === other.part && one.number === other.number

async function runOnce(database: Database, world: World, migration: Migration): Promise<boolean> {
  try {
    return await database.transact(async (tx) => {
      await lockMigrations(tx)
      if ((await readRecords(tx)).some(isSame(migration))) return false
      await sql.raw(migration.text).execute(tx)
      const { part, number, name, sha256 } = migration
      await sql`insert into migration (part, number, name, sha256, at)
        values (${part}, ${number}, ${name}, ${sha256}, ${world.now()})`.execute(tx)
      return true
    })
  } catch (error) {
    throw new DatabaseError(
      'migration_failed',
      `The migration ${pathOf(migration)} failed and was rolled back: ${(error as Error).message}. ` +
        'The database is as it was before; report this with the message.',
      error,
    )
  }
}

async function lockMigrations(tx: Tx): Promise<void> {
  // Building an index on a large table may take longer than any statement of an act.
  await sql`set local statement_timeout = 0`.execute(tx)
  await sql`set local lock_timeout = 0`.execute(tx)
  await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(tx)
}

async function createTable(tx: Tx): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_schema = current_schema() and table_name = 'migration'`.execute(tx)
  if (rows.length > 0 && !rows.some(({ name }) => name === 'part')) {
    throw new DatabaseError(
      'database_older',
      'This database was made by Entente 0.1, which this version cannot read. Start with an empty one: another data ' +
        'folder, another schema or another database.',
    )
  }
  await sql`create table if not exists migration (
    part text not null,
    number integer not null,
    name text not null,
    sha256 text not null,
    at bigint not null,
    primary key (part, number)
  )`.execute(tx)
}

async function readRecords(tx: Tx): Promise<MigrationRecord[]> {
  const { rows } = await sql<MigrationRecord>`
    select part, number, name, sha256 from migration order by part, number`.execute(tx)
  return rows
}

/** Throws if the recorded migrations are not the ones of this version. */
function compare(migrations: readonly Migration[], records: readonly MigrationRecord[]): void {
  for (const migration of migrations) {
    const last = records.findLast(({ part }) => part === migration.part)?.number ?? 0
    if (migration.number < last && !records.some(isSame(migration)))
      throw misnumbered(pathOf(migration), 'comes before one that the database has already run')
  }
  for (const record of records) {
    const migration = migrations.find(isSame(record))
    if (migration === undefined) {
      throw new DatabaseError(
        'database_newer',
        `The database was migrated by a newer version (up to ${pathOf(record)}). ` +
          'Start that version, or restore a backup from before it.',
      )
    }
    if (migration.sha256 !== record.sha256) {
      throw new DatabaseError(
        'migration_edited',
        `The migration ${pathOf(migration)} was edited after this database ran it. ` +
          'Restore the released file; a change to the schema is a new migration.',
      )
    }
  }
}

function pathOf({ part, number, name }: MigrationRecord): string {
  return `${part}/${String(number).padStart(4, '0')}-${name}.sql`
}
