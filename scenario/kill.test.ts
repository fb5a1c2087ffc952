/**
 * Any node and any database server may crash at any time. The test kills them with SIGKILL at random points
 * of the exchange while people send, open and receipt reports; afterwards every acknowledged report is at
 * both sides exactly once. The seeds are those of `seeds.txt`. KILL_SEED sets another; it repeats the choices
 * of a run, but not its timing. KILL_COUNT sets the number of kills. `npm run soak` sets both.
 */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { systemWorld } from '#node/world.system.ts'
import { openDatabase } from '#node/kernel/database.ts'
import { createServerDatabase } from '#node/kernel/testDatabase.ts'
import { audit, auditDrafts } from './exchange/audit.ts'
import { CAST } from './cast.ts'
import { startChildren } from './children.ts'
import type { Children } from './children.ts'
import { openNetwork } from './network.ts'
import { play } from './play.ts'
import { freePorts } from './ports.ts'
import { parseScript } from './script.ts'
import { setStage } from './stage.ts'
import { makeTemporaryFolder } from './temporaryFolder.ts'
import { receiptReport, sendReport, signInStaff } from './exchange/workload.ts'
import type { Acknowledged, Answered, Harness, Sender, Staff } from './exchange/workload.ts'

const TIMEOUT_MS = 900_000
const KILLS = Number(process.env['KILL_COUNT'] ?? 6)
/** Set by a soak. In `npm test`, `leader.test.ts` kills a process that uses a server. */
const IS_SOAK = process.env['KILL_COUNT'] !== undefined

/** The seeds of this run: the one in the environment, or those that once failed. */
function seeds(): readonly number[] {
  const given = process.env['KILL_SEED']
  if (given !== undefined) return [Number(given)]
  const lines = readFileSync(new URL('./seeds.txt', import.meta.url), 'utf8').split('\n')
  return lines.flatMap((line) => (/^\d+ /.test(line) ? [Number.parseInt(line, 10)] : []))
}

const ASSURANCES = `
as KR security-officer
assure JP that kr-mnd-dia may receive 군사 Ⅲ급 비밀 for exercise
as JP security-officer
assured by KR for kr-mnd-dia
assure KR that jp-mod-dih may receive 秘 for exercise
as KR security-officer
assured by JP for jp-mod-dih
`

/** A seeded generator (mulberry32) of integers from 0 to `below` - 1. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

async function prepare(folder: string, databaseUrl?: string): Promise<number> {
  const basePort = await freePorts()
  const url = databaseUrl === undefined ? {} : { databaseUrl }
  const options = {
    folder,
    basePort,
    world: systemWorld,
    logLevel: 'error',
    version: 'kill',
    progress: () => undefined,
    ...url,
  }
  const network = await openNetwork(options)
  const stage = setStage(network)
  await play(parseScript(ASSURANCES), stage)
  stage.close()
  await network.stop()
  return basePort
}

/** Resolves after `count` more answers of a kind. */
type After = (what: Answered, count: number) => Promise<void>

/** Counts answers, so that the kills wait for work and not for time. */
function createHarness(children: Children, basePort: number): { harness: Harness; after: After } {
  const waiting: { what: Answered; left: number; resolve(): void }[] = []
  const harness: Harness = {
    consoleOf: (nation) =>
      `http://127.0.0.1:${basePort + CAST.find((cast) => cast.nation === nation)!.offset}`,
    ready: children.ready,
    answered(what) {
      for (const waiter of waiting.splice(0)) {
        if (waiter.what === what) waiter.left -= 1
        if (waiter.left === 0) waiter.resolve()
        else waiting.push(waiter)
      }
    },
  }
  const after: After = (what, count) => new Promise((resolve) => waiting.push({ what, left: count, resolve }))
  return { harness, after }
}

interface Work {
  readonly reports: Acknowledged[]
  isOver: boolean
}

async function sendReports(
  harness: Harness,
  staff: Staff,
  from: Sender,
  writer: number,
  work: Work,
): Promise<void> {
  for (let number = 1; !work.isOver; number += 1) {
    work.reports.push(await sendReport(harness, staff, from, `EXERCISE ${from} ${writer}.${number}`))
  }
}

/** Opens and receipts every second report, the oldest first. */
async function receiptReports(
  harness: Harness,
  staff: Readonly<Record<string, Staff>>,
  work: Work,
): Promise<void> {
  while (!work.isOver) {
    const next = work.reports.find(({ receipted }, index) => index % 2 === 0 && !receipted)
    if (next === undefined || !(await receiptReport(harness, staff[next.to]!, next))) await pause(20)
  }
}

/**
 * Kills a node (`what` 0), its database server (2), or both (1). A node that still runs restarts its server.
 */
async function kill(children: Children, nation: string, what: number): Promise<void> {
  if (what > 0) children.killServer(nation)
  if (what < 2) await children.killAndStart(nation)
}

async function killAll(
  children: Children,
  after: After,
  { seed, kills, hasServers }: { seed: number; kills: number; hasServers: boolean },
): Promise<number> {
  const next = numbersFrom(seed)
  const nations = CAST.map(({ nation }) => nation)
  let done = 0
  for (let round = 0; done < kills; round += 1) {
    // Every third round, from the first, kills after a receipt, while reports cross; the others kill after
    // any answer, while people write and sign.
    await (round % 3 === 0 ? after('receipt', 1) : after('answer', 1 + next(6)))
    // Kill within an act, not between two of them.
    await pause(next(40))
    const victims = nations.filter(() => next(3) < 2)
    await Promise.all(victims.map((nation) => kill(children, nation, hasServers ? next(3) : 0)))
    done += victims.length
  }
  return done
}

/** Kills with every seed in turn, the same number of times. */
async function killFromSeeds(
  children: Children,
  after: After,
  { kills, hasServers }: { kills: number; hasServers: boolean },
): Promise<number> {
  let done = 0
  for (const seed of seeds())
    done += await killAll(children, after, { seed, kills: kills / seeds().length, hasServers })
  return done
}

/** Audits the databases. No node may run on them. */
async function auditDatabases(
  folder: string,
  reports: readonly Acknowledged[],
  url?: string,
): Promise<string[]> {
  const faults: string[] = []
  for (const { nation } of CAST) {
    const name = nation.toLowerCase()
    const target =
      url === undefined
        ? { folder: join(folder, name) }
        : { url, schema: `entente_${name}`, connectionCount: 1 }
    const database = await openDatabase(target)
    faults.push(...(await auditDrafts(database, nation, reports)))
    await database.close()
  }
  return faults
}

async function run(kills: number, databaseUrl?: string): Promise<void> {
  const about = `KILL_SEED=${seeds().join()}`
  const folder = makeTemporaryFolder('kill')
  const basePort = await prepare(folder, databaseUrl)
  const children = await startChildren(
    folder,
    CAST.map(({ nation }) => nation),
    databaseUrl,
  )
  try {
    const { harness, after } = createHarness(children, basePort)
    const staff = { JP: await signInStaff(harness, 'JP'), KR: await signInStaff(harness, 'KR') }
    const work: Work = { reports: [], isOver: false }
    const writers = [
      sendReports(harness, staff.JP, 'JP', 1, work),
      sendReports(harness, staff.JP, 'JP', 2, work),
      sendReports(harness, staff.KR, 'KR', 1, work),
      receiptReports(harness, staff, work),
    ]
    const hasServers = databaseUrl === undefined
    const killing = killFromSeeds(children, after, { kills, hasServers }).finally(() => (work.isOver = true))
    const [done] = await Promise.all([killing, ...writers])
    const receipts = work.reports.filter(({ receipted }) => receipted).length
    process.stdout.write(
      `kill -9: ${done} kills, ${work.reports.length} reports, ${receipts} receipts, ${about}\n`,
    )
    expect(await audit(staff, ['JP', 'KR'], work.reports), about).toEqual([])
    expect(receipts, 'receipts signed').toBeGreaterThan(0)
    await children.stop()
    expect(await auditDatabases(folder, work.reports, databaseUrl), about).toEqual([])
  } finally {
    await children.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('kill -9 of any node and any database server at any time', () => {
  it('loses and duplicates nothing, with embedded databases', () => run(KILLS), TIMEOUT_MS)

  it.runIf(IS_SOAK)(
    'loses and duplicates nothing, with a server that is not killed',
    async () => {
      const database = await createServerDatabase()
      try {
        await run(KILLS, database.url)
      } finally {
        await database.drop()
      }
    },
    TIMEOUT_MS,
  )
})
