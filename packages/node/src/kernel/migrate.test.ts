/** The migrations of a database: each once, in order, never edited, never from a newer version. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from './database.ts'
import { migrate, readMigrations } from './migrate.ts'
import type { MigrationFolder } from './migrate.ts'
import { openBareDatabase } from './testDatabase.ts'

const world = { now: () => 1_700_000_000_000, random: (sizeBytes: number) => new Uint8Array(sizeBytes) }

let folder: string
let part: MigrationFolder

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'entente-migrate-'))
  part = { part: 'part', folder }
  const first = 'create table a (id integer primary key);\ncreate table b (id integer);\n'
  writeFileSync(join(folder, '0001-first.sql'), first)
  writeFileSync(join(folder, '0002-second.sql'), 'alter table a add column name text;\n')
})

afterEach(() => rmSync(folder, { recursive: true }))

describe('migrate', () => {
  let database: Database
  beforeEach(async () => {
    database = await openBareDatabase()
  })
  afterEach(() => database.close())

  it('runs each file once, in order, and records it', async () => {
    expect(await migrate(database, world, [part])).toEqual(['part/0001-first.sql', 'part/0002-second.sql'])
    expect(await migrate(database, world, [part])).toEqual([])
    writeFileSync(join(folder, '0003-third.sql'), 'insert into a values (1, null);')
    expect(await migrate(database, world, [part])).toEqual(['part/0003-third.sql'])
    const { rows } = await sql`select part, number, name, sha256, at from migration order by number`.execute(
      database.query,
    )
    const files = readMigrations(part)
    expect(rows).toEqual(
      files.map(({ number, name, sha256 }) => ({ part: 'part', number, name, sha256, at: world.now() })),
    )
  })

  it('refuses an edited file, and takes line ends of another system for the same file', async () => {
    await migrate(database, world, [part])
    writeFileSync(join(folder, '0002-second.sql'), 'alter table a add column name text;\r\n')
    expect(await migrate(database, world, [part])).toEqual([])
    writeFileSync(join(folder, '0002-second.sql'), 'alter table a add column title text;\n')
    await expect(migrate(database, world, [part])).rejects.toMatchObject({ code: 'migration_edited' })
  })

  it('refuses a database of a newer version', async () => {
    await migrate(database, world, [part])
    rmSync(join(folder, '0002-second.sql'))
    await expect(migrate(database, world, [part])).rejects.toMatchObject({ code: 'database_newer' })
  })

  it('refuses a new file with a number below one that the database has run', async () => {
    writeFileSync(join(folder, '0004-fourth.sql'), 'create table d (id integer);')
    await migrate(database, world, [part])
    writeFileSync(join(folder, '0003-third.sql'), 'create table c (id integer);')
    await expect(migrate(database, world, [part])).rejects.toMatchObject({ code: 'migration_misnumbered' })
  })

  it('numbers the files of each part separately, and runs the parts in order', async () => {
    const other = { part: 'other', folder: mkdtempSync(join(tmpdir(), 'entente-migrate-')) }
    writeFileSync(join(other.folder, '0001-first.sql'), 'create table o (a integer references a (id));')
    const both = [part, other]
    const all = ['part/0001-first.sql', 'part/0002-second.sql', 'other/0001-first.sql']
    expect(await migrate(database, world, both)).toEqual(all)
    expect(await migrate(database, world, both)).toEqual([])
    rmSync(other.folder, { recursive: true })
  })

  it('refuses a database of 0.1', async () => {
    await sql`create table migration (number integer primary key, name text)`.execute(database.query)
    await expect(migrate(database, world, [part])).rejects.toMatchObject({ code: 'database_older' })
  })

  it('rolls back a file that fails, and runs it once it is mended', async () => {
    writeFileSync(
      join(folder, '0003-third.sql'),
      'create table c (id integer); insert into nowhere values (1);',
    )
    await expect(migrate(database, world, [part])).rejects.toMatchObject({ code: 'migration_failed' })
    const { rows } = await sql`select tablename from pg_tables where tablename in ('a', 'c')`.execute(
      database.query,
    )
    expect(rows).toEqual([{ tablename: 'a' }])
    writeFileSync(join(folder, '0003-third.sql'), 'create table c (id integer);')
    expect(await migrate(database, world, [part])).toEqual(['part/0003-third.sql'])
  })
})

describe('readMigrations', () => {
  it.each(['0002-double.sql', '3-short.sql', '0003_bar.sql'])('refuses the name %s', (name) => {
    writeFileSync(join(folder, name), 'select 1;')
    expect(() => readMigrations(part)).toThrowError(
      expect.objectContaining({ code: 'migration_misnumbered' }),
    )
  })
})
