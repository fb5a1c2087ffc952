/** Online backup and restore: damaged backups are refused, and no node is overwritten (OPS-6, OPS-7). */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDataFolder, openDataFolder } from '#node/dataFolder.ts'
import { MIGRATIONS } from '#node/migrations.ts'
import { openBlobFolder } from '#node/kernel/blobs.ts'
import { insertBlobs } from '#node/kernel/blobs.store.ts'
import {
  copyFolder,
  killNow,
  makeFolder,
  processesWith,
  removeOriginal,
} from '#node/kernel/cluster/testCluster.ts'
import { openDatabase } from '#node/kernel/database.ts'
import type { Database } from '#node/kernel/database.ts'
import { migrate } from '#node/kernel/migrate.ts'
import { systemWorld } from '#node/world.system.ts'
import { backUp } from './backup.server.ts'
import type { Manifest } from './manifest.ts'
import { restore } from './restore.server.ts'

const CONTENT = Buffer.alloc(100_000, 'EXERCISE')
const SETTINGS = {
  nation: 'JP',
  address: 'https://127.0.0.1:1',
  consoleHost: '127.0.0.1',
  consolePort: 1,
  doorHost: '127.0.0.1',
  doorPort: 2,
  metricsPort: 3,
  suite: 'ed25519' as const,
  exercise: true,
  consoles: [],
}

/** A node with content, and a complete backup of it, shared by all tests. */
let node: string
let home: string
let whole: string
let manifest: Manifest
/** A copy of the backup, and a folder to restore into, for one test. */
let backup: string
let target: string

const backUpTo = (to: string): Promise<Manifest> =>
  backUp({ dataFolder: node, to, version: 'test', world: systemWorld })

const valuesIn = async (database: Database): Promise<unknown[]> => {
  const { rows } = await sql<{ value: string }>`select value from setting order by name`.execute(
    database.query,
  )
  return rows.map(({ value }) => value)
}

beforeAll(async () => {
  node = await copyFolder()
  home = makeFolder()
  createDataFolder(node, SETTINGS, systemWorld)
  const database = await openDatabase({ folder: node })
  await migrate(database, systemWorld, MIGRATIONS)
  const blobs = await openBlobFolder(node, (sizeBytes) => systemWorld.random(sizeBytes))
  const stored = await blobs.write([CONTENT])
  await database.transact((tx) => insertBlobs(tx, [stored], 0))
  await sql`insert into setting (name, value) values ('1', 'kept')`.execute(database.query)
  await database.close()
  whole = join(home, 'whole')
  manifest = await backUpTo(whole)
})
afterAll(async () => {
  await removeOriginal()
  rmSync(node, { recursive: true })
  rmSync(home, { recursive: true })
})
beforeEach(() => {
  target = join(home, 'target')
})
afterEach(() => rmSync(target, { recursive: true, force: true }))

describe('[OPS-6] a backup', () => {
  it('is made of a stopped or a running node, and stops the server that it started', async () => {
    expect(processesWith(node)).toEqual([])
    expect(manifest).toMatchObject({ nation: 'JP', blobs: { count: 1 } })
    const database = await openDatabase({ folder: node })
    await sql`insert into setting (name, value) values ('2', 'while it runs')`.execute(database.query)
    const running = join(home, 'running')
    await backUpTo(running)
    await sql`delete from setting where name = '2'`.execute(database.query)
    await database.close()
    await restore(running, target)
    const restored = await openDatabase({ folder: target })
    expect(await valuesIn(restored)).toEqual(['kept', 'while it runs'])
    await restored.close()
    rmSync(running, { recursive: true })
  })

  it('is incomplete if killed, leaves no replication slot at the server, and can be made again', async () => {
    const database = await openDatabase({ folder: node })
    const killed = join(home, 'killed')
    const script = `
      import { backUp } from '${new URL('backup.server.ts', import.meta.url).href}'
      import { systemWorld } from '${new URL('../world.system.ts', import.meta.url).href}'
      await backUp({ dataFolder: '${node}', to: '${killed}', version: 'test', world: systemWorld })`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: import.meta.dirname })
    const copied = join(killed, 'postgresql', 'data')
    await expect.poll(() => existsSync(copied), { timeout: 30_000, interval: 1 }).toBe(true)
    await killNow(child)
    await expect(restore(killed, target)).rejects.toMatchObject({ code: 'backup_incomplete' })
    const slots = async (): Promise<unknown> =>
      (await sql`select count(*) as count from pg_replication_slots`.execute(database.query)).rows[0]
    await expect.poll(slots, { timeout: 30_000 }).toEqual({ count: 0 })
    await backUpTo(join(home, 'again'))
    await database.close()
    for (const name of ['killed', 'again']) rmSync(join(home, name), { recursive: true })
  })

  it('is readable only by its owner', () => {
    expect(statSync(whole).mode & 0o077).toBe(0)
    for (const name of ['keys.json', 'backup.json', 'postgresql/password']) {
      expect(statSync(join(whole, name)).mode & 0o077, name).toBe(0)
    }
  })

  it('does not open as a node', () => {
    expect(() => openDataFolder(whole)).toThrow(expect.objectContaining({ code: 'folder_empty' }))
  })

  it('is not written into a folder that is not empty', async () => {
    await expect(backUpTo(whole)).rejects.toMatchObject({ code: 'folder_not_empty' })
  })

  it('is refused for a folder without a node, and for a node on a served database', async () => {
    mkdirSync(target)
    const of = (dataFolder: string) =>
      backUp({ dataFolder, to: join(home, 'other'), version: 'test', world: systemWorld })
    await expect(of(target)).rejects.toMatchObject({ code: 'folder_empty' })
    createDataFolder(target, SETTINGS, systemWorld)
    await expect(of(target)).rejects.toMatchObject({ code: 'database_elsewhere' })
    expect(existsSync(join(home, 'other'))).toBe(false)
  })
})

describe('[OPS-7] restore', () => {
  beforeEach(() => {
    backup = join(home, 'backup')
    cpSync(whole, backup, { recursive: true })
  })
  afterEach(() => rmSync(backup, { recursive: true }))

  it('recreates the node that was backed up', async () => {
    await restore(backup, target)
    for (const name of ['keys.json', 'node.json']) {
      expect(readFileSync(join(target, name), 'utf8').trim()).toBe(
        readFileSync(join(node, name), 'utf8').trim(),
      )
    }
    expect(readdirSync(target).sort()).toEqual(['blobs', 'keys.json', 'node.json', 'postgresql'])
    const database = await openDatabase({ folder: target })
    expect(await valuesIn(database)).toEqual(['kept'])
    await database.close()
  })

  it('changes nothing in a folder that holds a node or other files', async () => {
    createDataFolder(target, SETTINGS, systemWorld)
    await expect(restore(backup, target)).rejects.toMatchObject({ code: 'folder_taken' })
    rmSync(join(target, 'node.json'))
    await expect(restore(backup, target)).rejects.toMatchObject({ code: 'folder_not_empty' })
    expect(readdirSync(target)).toEqual(['keys.json'])
  })

  const alter = (path: string): void => {
    const bytes = readFileSync(join(backup, path))
    writeFileSync(join(backup, path), bytes.fill(7, 0, 1))
  }
  const blob = (): string => {
    const [folder] = readdirSync(join(backup, 'blobs'))
    return `blobs/${folder}/${readdirSync(join(backup, 'blobs', folder!))[0]}`
  }
  const edit = (change: (old: Record<string, unknown>) => object): void => {
    const path = join(backup, 'backup.json')
    const old = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
    writeFileSync(path, JSON.stringify({ ...old, ...change(old) }))
  }

  /** Puts a file into the backup as if it had been copied. */
  const enter = (path: string, text: string): void => {
    writeFileSync(join(backup, path), text)
    const sha256 = createHash('sha256').update(text).digest('hex')
    edit(({ files }) => ({
      files: [
        ...(files as { path: string }[]).filter((file) => file.path !== path),
        { path, sizeBytes: text.length, sha256 },
      ],
    }))
  }

  it('takes no configuration of the server from the backup, which could name commands', async () => {
    const ran = join(home, 'ran')
    enter(
      'postgresql/data/postgresql.auto.conf',
      `archive_mode = on\narchive_command = 'touch ${ran}; false'\n`,
    )
    enter('postgresql/data/pg_hba.conf', 'local all all trust\n')
    await restore(backup, target)
    expect(existsSync(ran)).toBe(false)
    expect(readFileSync(join(target, 'postgresql/data/postgresql.auto.conf'), 'utf8')).toBe('')
    expect(readFileSync(join(target, 'postgresql/data/pg_hba.conf'), 'utf8')).not.toContain('trust')
  })

  it.each<[string, string, () => void]>([
    ['backup_incomplete', 'has no manifest', () => rmSync(join(backup, 'backup.json'))],
    ['backup_broken', 'lacks a file', () => rmSync(join(backup, 'postgresql/data/global/pg_control'))],
    ['backup_broken', 'has an altered file', () => alter('postgresql/data/PG_VERSION')],
    ['backup_broken', 'has other keys', () => alter('keys.json')],
    ['backup_broken', 'lacks content', () => rmSync(join(backup, blob()))],
    ['content_broken', 'has altered content', () => alter(blob())],
    [
      'backup_broken',
      'has a path outside its folder',
      () => edit(() => ({ folders: ['postgresql/../../elsewhere'] })),
    ],
    ['backup_broken', 'has other settings', () => edit(() => ({ settings: '{"nation":"../x"}' }))],
    ['backup_broken', 'has a signal of recovery', () => enter('postgresql/data/recovery.signal', '')],
    [
      'backup_broken',
      'has keys by a symbolic link',
      () => {
        rmSync(join(backup, 'keys.json'))
        symlinkSync(join(whole, 'keys.json'), join(backup, 'keys.json'))
      },
    ],
    ['database_version_differs', 'is of another major version', () => edit(() => ({ postgresql: '17.2' }))],
    [
      'backup_broken',
      'lacks content that its database names',
      () => {
        rmSync(join(backup, blob()))
        edit(() => ({ blobs: { count: 0, sizeBytes: 0 } }))
      },
    ],
  ])('is refused as %s if the backup %s, and leaves an empty folder', async (code, _what, damage) => {
    damage()
    await expect(restore(backup, target)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/\S/),
    })
    expect(existsSync(target) ? readdirSync(target) : []).toEqual([])
    expect(processesWith(target)).toEqual([])
  })
})
