/**
 * Any node and any database server may die at any moment. They are killed with SIGKILL at random points of the
 * exchange while people go on sending, opening and receipting; then everything that was acknowledged is at both sides exactly once.
 * The seeds are those of `seeds.txt`. KILL_SEED sets another, and plays a run again as far as the timing of a machine can
 * be played again; KILL_COUNT kills more often or less. `npm run soak` sets both.
 */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { systemWorld } from '#node/world.system.ts'
import { openDatabase } from '#node/kernel/database.ts'
import { createServerDatabase } from '#node/kernel/testDatabase.ts'
import { audit, auditDrafts } from './audit.ts'
import { CAST } from './cast.ts'
import { startChildren } from './children.ts'
import type { Children } from './children.ts'
import { openNetwork } from './network.ts'
import { play } from './play.ts'
import { freePorts } from './ports.ts'
import { parseScript } from './script.ts'
import { setStage } from './stage.ts'
import { makeTemporaryFolder } from './temporaryFolder.ts'
import { receiptReport, sendReport, signInStaff } from './workload.ts'
import type { Acknowledged, Answered, Office, Sender, Staff } from './workload.ts'

const TIMEOUT_MS = 900_000
const KILLS = Number(process.env['KILL_COUNT'] ?? 12)
const KILLS_ON_SERVER = Number(process.env['KILL_COUNT'] ?? 4)

/** The seeds of this run: the one that is set, or those that found something once. */
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

/** A small generator of numbers from a seed (mulberry32): 0 up to, and not, `below`. */
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

/** Resolves after a number of further answers of a kind. */
type After = (what: Answered, count: number) => Promise<void>

/** Counts answers, so that the killer can wait for some work and not for some time. */
function createOffice(children: Children, basePort: number): { office: Office; after: After } {
  const waiting: { what: Answered; left: number; tell(): void }[] = []
  const office: Office = {
    consoleOf: (nation) =>
      `http://127.0.0.1:${basePort + CAST.find((each) => each.nation === nation)!.offset}`,
    ready: children.ready,
    answered(what) {
      for (const each of waiting.splice(0)) {
        if (each.what === what) each.left -= 1
        if (each.left === 0) each.tell()
        else waiting.push(each)
      }
    },
  }
  const after: After = (what, count) =>
    new Promise((resolve) => waiting.push({ what, left: count, tell: resolve }))
  return { office, after }
}

interface Work {
  readonly reports: Acknowledged[]
  isOver: boolean
}

async function sendReports(
  office: Office,
  staff: Staff,
  from: Sender,
  writer: number,
  work: Work,
): Promise<void> {
  for (let number = 1; !work.isOver; number += 1) {
    work.reports.push(await sendReport(office, staff, from, `EXERCISE ${from} ${writer}.${number}`))
  }
}

/** Every second report is opened and receipted, the oldest first. */
async function receiptReports(
  office: Office,
  staff: Readonly<Record<string, Staff>>,
  work: Work,
): Promise<void> {
  while (!work.isOver) {
    const next = work.reports.find((each, place) => place % 2 === 0 && !each.receipted)
    if (next === undefined || !(await receiptReport(office, staff[next.to]!, next))) await pause(20)
  }
}

/** Kills a node, its database server, or both at once; the node that runs on starts its server again by itself. */
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
  const nations = CAST.map((each) => each.nation)
  let done = 0
  for (let round = 0; done < kills; round += 1) {
    // One round of three strikes as reports cross and are receipted, the others as people write and sign. The first is
    // of the one kind, so that a run of few kills has it too.
    await (round % 3 === 0 ? after('receipt', 1) : after('answer', 1 + next(6)))
    // A point within an act, not between two of them.
    await pause(next(40))
    const victims = nations.filter(() => next(3) < 2)
    await Promise.all(victims.map((nation) => kill(children, nation, hasServers ? next(3) : 0)))
    done += victims.length
  }
  return done
}

/** Kills with one seed after the other, with as many kills each. */
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

/** Looks into the databases themselves, once no node runs on them. */
async function auditDatabases(
  folder: string,
  reports: readonly Acknowledged[],
  url?: string,
): Promise<string[]> {
  const faults: string[] = []
  for (const { nation } of CAST) {
    const name = nation.toLowerCase()
    const place =
      url === undefined
        ? { folder: join(folder, name) }
        : { url, schema: `entente_${name}`, connectionCount: 1 }
    const database = await openDatabase(place)
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
    CAST.map((each) => each.nation),
    databaseUrl,
  )
  try {
    const { office, after } = createOffice(children, basePort)
    const staff = { JP: await signInStaff(office, 'JP'), KR: await signInStaff(office, 'KR') }
    const work: Work = { reports: [], isOver: false }
    const writers = [
      sendReports(office, staff.JP, 'JP', 1, work),
      sendReports(office, staff.JP, 'JP', 2, work),
      sendReports(office, staff.KR, 'KR', 1, work),
      receiptReports(office, staff, work),
    ]
    const hasServers = databaseUrl === undefined
    const killing = killFromSeeds(children, after, { kills, hasServers }).finally(() => (work.isOver = true))
    const [done] = await Promise.all([killing, ...writers])
    const receipts = work.reports.filter((each) => each.receipted).length
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

describe('kill -9 of any node and any database server at any moment', () => {
  it('loses nothing and doubles nothing, on embedded databases', () => run(KILLS), TIMEOUT_MS)

  it(
    'loses nothing and doubles nothing, on a server that nobody kills',
    async () => {
      const database = await createServerDatabase()
      try {
        await run(KILLS_ON_SERVER, database.url)
      } finally {
        await database.drop()
      }
    },
    TIMEOUT_MS,
  )
})
