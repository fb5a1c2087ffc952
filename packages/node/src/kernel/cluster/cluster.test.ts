/**
 * The embedded server: created atomically, durable, accessible only to its node, and stopped with its node.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import type { Database } from '../database.ts'
import type { ClusterEvent } from './cluster.server.ts'
import {
  STAY,
  copyFolder,
  firstWord,
  killNow,
  makeFolder,
  processesWith,
  removeOriginal,
  runOn,
  serverOf,
} from './testCluster.ts'

let folder: string
afterEach(() => rmSync(folder, { recursive: true }))
afterAll(removeOriginal)

const one = async (database: Database): Promise<unknown> =>
  (await sql<{ one: number }>`select 1 as one`.execute(database.query)).rows[0]?.one

const insert = (database: Database, id: number): Promise<unknown> =>
  database.transact((tx) => sql`insert into sample values (${id})`.execute(tx))

const createSample = (database: Database): Promise<unknown> =>
  sql`create table if not exists sample (id bigint primary key)`.execute(database.query)

const ids = async (database: Database): Promise<number[]> => {
  const { rows } = await sql<{ id: number }>`select id from sample order by id`.execute(database.query)
  return rows.map(({ id }) => id)
}

describe('a new data folder', () => {
  beforeEach(() => {
    folder = makeFolder()
  })

  it('gets a database when first opened, and keeps it', async () => {
    const first = await openDatabase({ folder })
    await createSample(first)
    await insert(first, 1)
    await first.close()
    expect(readdirSync(folder)).toEqual(['postgresql'])
    const second = await openDatabase({ folder })
    expect(await ids(second)).toEqual([1])
    await second.close()
    expect(processesWith(folder)).toEqual([])
  })

  it('is created again if the creation of its database was interrupted', async () => {
    mkdirSync(join(folder, 'postgresql.partial-abc', 'data'), { recursive: true })
    writeFileSync(join(folder, 'postgresql.partial-abc', 'data', 'PG_VERSION'), '18')
    const database = await openDatabase({ folder })
    expect(await one(database)).toBe(1)
    await database.close()
    expect(readdirSync(folder)).toEqual(['postgresql'])
  })

  it('opens after a node was killed while creating the database', async () => {
    for (let delayMs = 150; delayMs < 1300; delayMs += 350) {
      const child = runOn(folder, STAY)
      await new Promise((resolve) => setTimeout(resolve, delayMs))
      await killNow(child)
    }
    const database = await openDatabase({ folder })
    expect(await one(database)).toBe(1)
    await database.close()
    // The next start removes files that a program of a killed node wrote late.
    await (await openDatabase({ folder })).close()
    expect(readdirSync(folder)).toEqual(['postgresql'])
  })

  it.each([`이름 a'b"c,%20;d`, `${'long/'.repeat(24)}end`])('may have the name %s', async (name) => {
    const odd = join(folder, name)
    const database = await openDatabase({ folder: odd })
    expect(await one(database)).toBe(1)
    const pidFile = readFileSync(join(odd, 'postgresql', 'data', 'postmaster.pid'), 'utf8')
    const socketFolder = pidFile.split('\n')[4]!
    await database.close()
    expect(Buffer.byteLength(join(socketFolder, '.s.PGSQL.5432'))).toBeLessThanOrEqual(107)
    expect(existsSync(socketFolder)).toBe(socketFolder.startsWith(odd))
  })
})

describe('a data folder', () => {
  beforeEach(async () => {
    folder = await copyFolder()
  })

  it('is flushed at each commit', async () => {
    const database = await openDatabase({ folder })
    const { rows } = await sql`select name, setting from pg_settings
      where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums') order by name`.execute(
      database.query,
    )
    await database.close()
    expect(rows.map((row) => Object.values(row as object).join('='))).toEqual([
      'data_checksums=on',
      'fsync=on',
      'full_page_writes=on',
      'synchronous_commit=on',
    ])
  })

  it('may be given by a relative path or a symbolic link', async () => {
    const before = process.cwd()
    const link = `${folder}.link`
    symlinkSync(folder, link)
    try {
      process.chdir(folder)
      for (const name of ['.', link]) await (await openDatabase({ folder: name })).close()
    } finally {
      process.chdir(before)
      rmSync(link)
    }
    expect(readdirSync(folder)).toEqual(['postgresql'])
  })

  it('is open in one process at a time', async () => {
    const database = await openDatabase({ folder })
    await expect(openDatabase({ folder })).rejects.toMatchObject({ code: 'database_in_use' })
    await database.close()
    const child = runOn(folder, STAY)
    expect(await firstWord(child)).toBe('open')
    await expect(openDatabase({ folder })).rejects.toMatchObject({ code: 'database_in_use' })
    await killNow(child)
    await (await openDatabase({ folder })).close()
  })
})

describe('access to the server', () => {
  beforeEach(async () => {
    folder = await copyFolder()
  })

  it('needs the account for the folder and a password for the socket', async () => {
    const database = await openDatabase({ folder })
    const mode = (name: string): number => statSync(join(folder, 'postgresql', name)).mode & 0o777
    expect([mode('.'), mode('data'), mode('password'), mode('.s.PGSQL.5432')]).toEqual([
      0o700, 0o700, 0o600, 0o700,
    ])
    const host = join(folder, 'postgresql')
    const stranger = (user: string, password: string): Promise<unknown> =>
      new pg.Client({ host, user, password, database: 'postgres' }).connect()
    for (const user of ['postgres', 'entente', 'root']) {
      await expect(stranger(user, 'guess')).rejects.toMatchObject({ code: '28P01' })
    }
    const { rows } = await sql`select count(*) as ports from pg_settings
      where name = 'listen_addresses' and setting = ''`.execute(database.query)
    expect(rows).toEqual([{ ports: 1 }])
    await database.close()
  })

  it('gives the node rights on its own database only', async () => {
    const database = await openDatabase({ folder })
    const denied = { code: '42501' }
    await expect(sql`select pg_read_file('PG_VERSION')`.execute(database.query)).rejects.toMatchObject(denied)
    await expect(sql`copy (select 1) to program 'true'`.execute(database.query)).rejects.toMatchObject(denied)
    await expect(sql`create role other`.execute(database.query)).rejects.toMatchObject(denied)
    await database.close()
  })
})

describe('kill -9', () => {
  beforeEach(async () => {
    folder = await copyFolder()
  })

  it('of the server fails running queries with a code, and the node continues', async () => {
    const events: ClusterEvent[] = []
    const database = await openDatabase({ folder, onEvent: (event) => events.push(event) })
    await createSample(database)
    const confirmed: number[] = []
    const codes = new Set<unknown>()
    const write = async (id: number): Promise<void> => {
      await insert(database, id).then(
        () => confirmed.push(id),
        (error: { code?: unknown }) => codes.add(error.code),
      )
    }
    for (let id = 1; id <= 20; id++) await write(id)
    process.kill(serverOf(folder)!, 'SIGKILL')
    for (let id = 100; !events.some(({ event }) => event === 'database_restarted'); id++) await write(id)
    await write(1_000_000)
    expect(events.map(({ event }) => event)).toEqual(['database_ended', 'database_restarted'])
    expect([...codes]).toEqual(['database_unreachable'])
    expect(confirmed).toContain(1_000_000)
    const kept = new Set(await ids(database))
    expect(confirmed.filter((id) => !kept.has(id))).toEqual([])
    await database.close()
    expect(processesWith(folder)).toEqual([])
  })

  it('of the node stops its server, and committed data is kept', async () => {
    const child = runOn(
      folder,
      `await sql\`create table sample (id bigint primary key)\`.execute(database.query)
       for (let id = 1; ; id++) {
         await database.transact((tx) => sql\`insert into sample values (\${id})\`.execute(tx))
         say(id)
       }`,
    )
    const ended = once(child, 'exit')
    let said = ''
    for await (const chunk of child.stdout ?? []) {
      said += String(chunk)
      if (said.split('\n').length > 200) child.kill('SIGKILL')
    }
    await ended
    await expect.poll(() => processesWith(folder), { timeout: 20_000 }).toEqual([])
    expect(serverOf(folder)).toBeNull()
    const confirmed = said.split('\n').slice(0, -1).map(Number)
    expect(confirmed.length).toBeGreaterThan(199)
    const database = await openDatabase({ folder })
    const kept = new Set(await ids(database))
    expect(confirmed.filter((id) => !kept.has(id))).toEqual([])
    await database.close()
  })

  it('of the node and its watcher leaves a server that the next start replaces', async () => {
    const child = runOn(
      folder,
      `await sql\`create table sample (id bigint primary key)\`.execute(database.query); ${STAY}`,
    )
    await firstWord(child)
    const server = serverOf(folder)!
    for (const pid of processesWith('entente-watcher').filter((watcher) =>
      commandOf(watcher).includes(folder),
    )) {
      process.kill(pid, 'SIGKILL')
    }
    await killNow(child)
    expect(processesWith(`${folder}/postgresql/data`)).toContain(server)
    const database = await openDatabase({ folder })
    expect(serverOf(folder)).not.toBe(server)
    // A newly forked child of the server briefly has the server's command line.
    await expect.poll(() => processesWith(` -D ${folder}/postgresql/data `)).toEqual([serverOf(folder)])
    expect(await ids(database)).toEqual([])
    await database.close()
  })

  it('leaves a stale pid; a process that has that pid now gets no signal', async () => {
    await (await openDatabase({ folder })).close()
    const asleep = spawn('sleep', ['60'])
    const file = join(folder, 'postgresql', 'data', 'postmaster.pid')
    writeFileSync(file, [asleep.pid, dirname(file), 0, 5432, folder, '', '', 'ready', ''].join('\n'))
    await (await openDatabase({ folder })).close()
    expect([asleep.exitCode, asleep.signalCode]).toEqual([null, null])
    await killNow(asleep)
  })
})

function commandOf(pid: number): string {
  return existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : ''
}
