/** PGlite on a folder: each commit reaches the disk, one process holds the folder, damage is told as such. */

import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from './database.ts'
import { openFolderPool } from './database.pglite.ts'

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'entente-pglite-'))
  const database = await openDatabase({ folder })
  await sql`create table sample (id bigint primary key)`.execute(database.query)
  await database.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A process that runs this code with the folder, by the same runtime. */
function run(code: string, prefix: string[] = []): ChildProcess {
  const script = `
    import { sql } from 'kysely'
    import { openDatabase } from '${new URL('./database.ts', import.meta.url).href}'
    const database = await openDatabase({ folder: ${JSON.stringify(folder)} })
    ${code}`
  const words = [...prefix, process.execPath, '--input-type=module', '-e', script]
  return spawn(words[0] ?? process.execPath, words.slice(1), {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

describe('flush', () => {
  it('flushes at least once for each of 50 commits, by our own count', async () => {
    const pool = await openFolderPool(folder)
    const client = await pool.connect()
    const before = await pool.flushCount()
    for (let id = 1; id <= 50; id++) {
      await client.query('begin', [])
      await client.query('insert into sample values ($1)', [id])
      await client.query('commit', [])
    }
    const flushes = (await pool.flushCount()) - before
    client.release()
    await pool.end()
    expect(flushes).toBeGreaterThanOrEqual(50)
  })

  it.runIf(spawnSync('strace', ['-V']).status === 0)(
    'flushes as often by the count of the system',
    async () => {
      const trace = join(folder, 'trace')
      const child = run(
        `for (let id = 101; id <= 150; id++)
         await database.transact((tx) => sql\`insert into sample values (\${id})\`.execute(tx))
       process.kill(process.pid, 'SIGKILL')`,
        ['strace', '-f', '-qq', '-e', 'trace=fdatasync', '-o', trace],
      )
      await once(child, 'exit')
      const calls = readFileSync(trace, 'utf8')
        .split('\n')
        .filter((line) => /fdatasync\(\d+/.test(line))
      expect(calls.length).toBeGreaterThanOrEqual(50)
    },
  )

  it('keeps every row that was confirmed before the process was killed', async () => {
    const child = run(`
      for (let id = 1000; ; id++) {
        await database.transact((tx) => sql\`insert into sample values (\${id})\`.execute(tx))
        process.stdout.write(id + '\\n')
      }`)
    const ended = once(child, 'exit')
    let said = ''
    for await (const chunk of child.stdout ?? []) {
      said += String(chunk)
      if (said.split('\n').length > 200) child.kill('SIGKILL')
    }
    await ended
    const confirmed = said.split('\n').slice(0, -1).map(Number)
    const database = await openDatabase({ folder })
    const { rows } = await sql<{ id: number }>`select id from sample where id >= 1000`.execute(database.query)
    await database.close()
    const kept = new Set(rows.map(({ id }) => id))
    expect(confirmed.length).toBeGreaterThan(199)
    expect(confirmed.filter((id) => !kept.has(id))).toEqual([])
  })
})

describe('folder', () => {
  it('refuses a second database on the same folder, in this process and in another', async () => {
    const database = await openDatabase({ folder })
    await expect(openDatabase({ folder })).rejects.toMatchObject({ code: 'database_in_use' })
    await database.close()
    const child = run(`console.log('open'); setInterval(() => {}, 1000)`)
    for await (const _ of child.stdout ?? []) break
    await expect(openDatabase({ folder })).rejects.toMatchObject({ code: 'database_in_use' })
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    await (await openDatabase({ folder })).close()
  })

  it('begins again when the creation of a database was cut short', async () => {
    const cutShort = mkdtempSync(join(tmpdir(), 'entente-pglite-'))
    mkdirSync(join(cutShort, 'pgdata.new'))
    writeFileSync(join(cutShort, 'pgdata.new', 'PG_VERSION'), '18')
    const database = await openDatabase({ folder: cutShort })
    expect((await sql`select 1 as one`.execute(database.query)).rows).toEqual([{ one: 1 }])
    await database.close()
    expect(readdirSync(cutShort)).toEqual(['pgdata'])
    rmSync(cutShort, { recursive: true })
  })

  it.each([
    ['global/pg_control', (path: string) => truncateSync(path, 100)],
    ['PG_VERSION', (path: string) => rmSync(path)],
    ['pg_wal', (path: string) => readdirSync(path).forEach((name) => overwrite(join(path, name)))],
    ['global/pg_filenode.map', (path: string) => truncateSync(path, 0)],
  ])('says that a database with a damaged %s is damaged, and leaves it as it is', async (file, damage) => {
    const saved = join(folder, 'saved')
    spawnSync('cp', ['-a', join(folder, 'pgdata'), saved])
    damage(join(folder, 'pgdata', file))
    await expect(openDatabase({ folder })).rejects.toMatchObject({ code: 'database_corrupt' })
    expect(existsSync(join(folder, 'lock'))).toBe(false)
    rmSync(join(folder, 'pgdata'), { recursive: true })
    spawnSync('mv', [saved, join(folder, 'pgdata')])
  })
})

function overwrite(path: string): void {
  if (statSync(path).isFile()) writeFileSync(path, new Uint8Array(16 * 1024 * 1024).fill(7))
}
