/** A running node survives instruments that cannot be read (AGR-21). */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDataFolder } from './dataFolder.ts'
import { createServerDatabase } from './kernel/testDatabase.ts'
import type { ServerDatabase } from './kernel/testDatabase.ts'
import { createLogger } from './observe.ts'
import { runNode } from './run.ts'
import type { RunningNode } from './run.ts'
import { systemWorld } from './world.system.ts'

const SHIPPED = new URL('../../../instruments/', import.meta.url)
const INSTRUMENT = 'jp-kr-gsomia-2016'

let home: string
let database: ServerDatabase
let running: RunningNode

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'entente-run-'))
  cpSync(SHIPPED, join(home, 'instruments'), { recursive: true })
  database = await createServerDatabase()
  const settings = {
    nation: 'JP',
    address: 'https://127.0.0.1:1',
    consoleHost: '127.0.0.1',
    consolePort: 0,
    doorHost: '127.0.0.1',
    doorPort: 0,
    metricsPort: 0,
    suite: 'ed25519' as const,
    exercise: true,
    consoles: [],
  }
  running = await runNode({
    folder: createDataFolder(join(home, 'jp'), settings, systemWorld),
    instrumentsFolder: join(home, 'instruments'),
    world: systemWorld,
    log: createLogger('JP', 'silent'),
    siteFolder: home,
    version: 'test',
    databaseUrl: database.url,
  })
})
afterAll(async () => {
  await running?.stop()
  await database?.drop()
  rmSync(home, { recursive: true })
})

describe('[AGR-21] a node that loads its instruments again', () => {
  const terms = () => join(home, 'instruments', INSTRUMENT, 'terms.json')

  it.each<[string, () => void]>([
    ['cut JSON', () => writeFileSync(terms(), readFileSync(terms(), 'utf8').slice(0, 2000))],
    [
      'an unknown kind of term',
      () => writeFileSync(terms(), readFileSync(terms(), 'utf8').replace('"kind": "', '"kind": "un')),
    ],
    ['no facts', () => rmSync(join(home, 'instruments', INSTRUMENT, 'facts.json'))],
    ['an empty folder', () => mkdirSync(join(home, 'instruments', 'jp-kr-empty'))],
  ])('rejects %s, changes nothing and runs on', async (_what, damage) => {
    damage()
    await expect(running.reload()).rejects.toThrow(/\S/)
    rmSync(join(home, 'instruments'), { recursive: true })
    cpSync(SHIPPED, join(home, 'instruments'), { recursive: true })
    expect(await running.reload()).toEqual([])
  })
})
