/**
 * One run of the network from one seed. Safety phase: faults are on, people work, and the auditors find no
 * violation. Liveness phase: faults and new work end, and the network comes to rest with both sides of every
 * link in agreement.
 */
import { audit, auditEverything } from './audit.ts'
import { MARKERS } from './auditors/plaintext.ts'
import { createSkewedWorld, createTime } from './clock.ts'
import type { Time } from './clock.ts'
import { Crashed } from './crash.ts'
import type { CrashPoint } from './crash.ts'
import { drawFaults, healed } from './faults.ts'
import type { FaultRates } from './faults.ts'
import { createModel } from './model.ts'
import type { Model } from './model.ts'
import { createNation } from './nation.ts'
import type { Nation } from './nation.ts'
import { createNetwork } from './network.ts'
import type { Network } from './network.ts'
import { createRandom } from './random.ts'
import type { Random } from './random.ts'
import { createObserver } from './observer.ts'
import type { Observer } from './observer.ts'
import { PILLARS } from './pillars.ts'
import { BASE, START_MS, preparedNations } from './setup.ts'
import { createTrace } from './trace.ts'
import type { Trace } from './trace.ts'
import { Violation } from './violation.ts'
import { pendingAt } from './pendingWork.ts'
import { runRandomCommand } from './workload.ts'

export interface SimulateOptions {
  /** Ticks of the safety phase. */
  readonly ticks?: number
  /** Shows each line of the trace as it happens. */
  readonly print?: (line: string) => void
}

export interface Outcome {
  readonly seed: number
  /** The violation, or the error of the node itself; null if there is none. */
  readonly failure: { readonly auditor: string; readonly error: Error } | null
  readonly trace: Trace
}

const TICKS = 24
const AUDIT_EVERY_TICKS = 12
/** The network must come to rest within this many rounds of background work. */
const REST_ROUNDS_MAX = 30
const REST_ROUND_MS = 61_000
const BACKUP = 'backup'

interface Run {
  readonly time: Time
  readonly random: Random
  readonly trace: Trace
  readonly nations: readonly Nation[]
  readonly network: Network
  readonly observer: Observer
  readonly model: Model
  readonly restored: Set<string>
  rates: FaultRates
  /** The backup of one nation that may be restored. */
  backup: { readonly nation: Nation; readonly restoreModel: () => void } | null
}

/** Runs a seed. Never throws: a failure is part of the outcome. */
export async function simulate(seed: number, options: SimulateOptions = {}): Promise<Outcome> {
  const trace = createTrace(options.print)
  try {
    const run = await begin(seed, trace)
    await runSafetyPhase(run, options.ticks ?? TICKS)
    await runLivenessPhase(run)
    return { seed, failure: null, trace }
  } catch (caught) {
    const error = caught instanceof Error ? caught : new Error(String(caught))
    trace.note(`failed ${error.message}`)
    return { seed, failure: { auditor: error instanceof Violation ? error.auditor : 'node', error }, trace }
  }
}

async function begin(seed: number, trace: Trace): Promise<Run> {
  const random = createRandom(`seed ${seed}`)
  const rates = drawFaults(random.fork('rates'))
  const time = createTime(START_MS)
  const observer = createObserver(MARKERS)
  const nations = new Map<string, Nation>()
  const network = createNetwork({ nations, random: random.fork('network'), rates, observer, trace })
  const run: Run = {
    time,
    random,
    trace,
    nations: [],
    network,
    observer,
    model: createModel(PILLARS.flatMap(({ memory }) => memory ?? [])),
    restored: new Set(),
    rates,
    backup: null,
  }
  trace.note(`seed ${seed} ${JSON.stringify(rates)}`)
  for (const prepared of await preparedNations()) {
    const { name, disk } = prepared
    await disk.restore(BASE)
    disk.files.complete.clear()
    disk.files.parts.clear()
    // The names of forks are part of a seed's history: renaming one changes the history of every seed.
    const crashes = random.fork(`deaths of ${name}`)
    const world = createSkewedWorld(time, random.fork(`world of ${name}`))
    const drawCrash = () => drawCrashFrom(run, crashes)
    nations.set(name, createNation(prepared, { world, transport: network.transportOf(name), drawCrash }))
  }
  const all = { ...run, nations: [...nations.values()] }
  Object.assign(run, all)
  for (const nation of run.nations) await nation.boot()
  return run
}

function drawCrashFrom({ rates, trace }: Run, random: Random): CrashPoint | null {
  const drawn = random.float()
  if (drawn >= rates.crashBefore + rates.crashAfter) return null
  const point = drawn < rates.crashBefore ? 'before_commit' : 'after_commit'
  trace.count(`fault crash ${point}`)
  return point
}

async function runSafetyPhase(run: Run, ticks: number): Promise<void> {
  const { random, time, network, rates } = run
  const backupAt = rates.restores ? random.below(ticks / 2) : -1
  const restoreAt = backupAt + 3 + random.below(ticks / 2)
  for (let tick = 0; tick < ticks; tick += 1) {
    run.trace.note(`tick ${tick}`)
    time.pass(Math.round(rates.tickMs * (0.5 + random.float())))
    await network.tick()
    if (tick === backupAt) await backUp(run)
    if (run.backup !== null && tick === restoreAt) await restoreBackup(run, run.backup)
    for (let commands = 2 + random.below(4); commands > 0; commands -= 1) await runCommand(run)
    for (const nation of run.nations) await runSomeBackgroundWork(run, nation)
    await carryMedia(run)
    if (tick % AUDIT_EVERY_TICKS === AUDIT_EVERY_TICKS - 1)
      await audit(run.nations, { ...run, atRest: false })
  }
}

/** Runs `step` in a nation's process. If the process crashes, it restarts. */
async function restartOnCrash(
  run: Run,
  nation: Nation,
  what: string,
  step: () => Promise<string | null>,
): Promise<void> {
  try {
    const outcome = await step()
    if (outcome !== null) run.trace.note(`${nation.name} ${what}: ${outcome}`)
  } catch (error) {
    if (!(error instanceof Crashed)) throw error
    const when = nation.process().crashable.crashedAfterCommit() ? 'after' : 'before'
    run.trace.note(`${nation.name} ${what}: crashed ${when} the commit`)
    await nation.boot()
  }
}

async function runCommand(run: Run): Promise<void> {
  const nation = run.random.pick(run.nations)
  await restartOnCrash(run, nation, 'command', async () => {
    const { random, model } = run
    const { command, outcome } = await runRandomCommand({ nation, random, model })
    run.trace.count(`command ${command} ${outcome === 'done' ? 'done' : 'not done'}`)
    run.trace.count(`outcome ${outcome}`)
    return `${command} ${outcome}`
  })
}

/** Runs some of the background work of a node. */
async function runSomeBackgroundWork(run: Run, nation: Nation): Promise<void> {
  const { random } = run
  if (random.chance(0.1)) {
    await restartOnCrash(run, nation, 'due work', () =>
      nation
        .process()
        .node.due()
        .then(() => null),
    )
  }
  for (const { partner, deliver, apply, fetch } of await pendingAt(nation)) {
    const { node, hasMet } = nation.process()
    if (random.chance(deliver || !hasMet(partner) ? 0.6 : 0.02)) {
      await restartOnCrash(run, nation, `delivers to ${partner}`, async () =>
        outcomeOf(await node.courier.step(partner)),
      )
    }
    if (random.chance(apply ? 0.6 : 0.02)) {
      await restartOnCrash(run, nation, `applies ${partner}`, async () =>
        outcomeOf(await nation.process().node.apply(partner)),
      )
    }
    if (fetch && random.chance(0.5)) {
      await restartOnCrash(run, nation, `fetches from ${partner}`, async () =>
        outcomeOf(await nation.process().node.fetchContent(partner)),
      )
    }
    if (random.chance(0.04))
      await restartOnCrash(run, nation, 'witness', () =>
        nation
          .process()
          .askWitness(partner)
          .then(() => null),
      )
  }
  if (random.chance(0.1))
    await restartOnCrash(run, nation, 'national', () =>
      nation
        .process()
        .sequenceNational()
        .then(() => null),
    )
}

function outcomeOf({ more }: { more: boolean }): string | null {
  return more ? 'more' : null
}

async function carryMedia(run: Run): Promise<void> {
  const { random, network, rates } = run
  const from = random.pick(run.nations)
  const to = random.pick(run.nations.filter((nation) => nation !== from))
  // A restored nation exports no media: it does not yet know what it lost.
  if (random.chance(rates.media) && !run.restored.has(from.name)) {
    await restartOnCrash(run, from, 'media', () => network.exportMedia(from.name, to.name).then(() => null))
  }
  if (random.chance(rates.media)) {
    await network.importMedia().catch(async (error: unknown) => {
      if (!(error instanceof Crashed)) throw error
      for (const nation of run.nations) if (nation.process().crashable.hasCrashed()) await nation.boot()
    })
  }
}

async function backUp(run: Run): Promise<void> {
  const nation = run.random.pick(run.nations)
  await nation.disk.save(BACKUP)
  run.backup = { nation, restoreModel: run.model.save(nation.name) }
  run.trace.note(`${nation.name} backup`)
}

/** Replaces a nation's disk with its backup, and drops what the nation had in flight. */
async function restoreBackup(run: Run, { nation, restoreModel }: NonNullable<Run['backup']>): Promise<void> {
  await nation.disk.restore(BACKUP)
  restoreModel()
  run.network.dropFrom(nation.name)
  run.observer.forgetHoldings(nation.name)
  await forgetUnstoredHeads(run, nation)
  run.restored.add(nation.name)
  run.trace.note(`${nation.name} restored from its backup`)
  run.trace.count('fault restore')
  await nation.boot()
}

/** Makes the observer forget heads that a restored nation had signed and no partner has stored. */
async function forgetUnstoredHeads(run: Run, { name }: Nation): Promise<void> {
  let witnessed = 0
  for (const { disk } of run.nations.filter((nation) => nation.name !== name)) {
    const [held] = await disk.rows<{ origin: string; size: number; witnessed: number }>(
      `select origin, size, coalesce((select w.size from witnessed w where nation = '${name}' and direction = 'theirs'), 0)
        as witnessed from log where name = 'in/${name}'`,
    )
    run.observer.forgetHeads(held!.origin, held!.size)
    witnessed = Math.max(witnessed, held!.witnessed)
  }
  run.observer.forgetHeads(`${name.toLowerCase()}.entente/national`, witnessed)
}

/** Ends the faults, runs background work until none is left, and audits the network at rest. */
async function runLivenessPhase(run: Run): Promise<void> {
  run.rates = healed(run.rates)
  run.network.setRates(run.rates)
  run.trace.note('healed')
  await settle(run)
  for (const nation of run.nations) for (const { conclude } of PILLARS) await conclude?.(nation, run.restored)
  await settle(run)
  const network = await audit(run.nations, { ...run, atRest: true })
  await auditEverything(run.nations)
  for (const view of network.views.values()) {
    const { nation, logs } = view
    run.trace.note(
      `${nation} at rest: ${[...logs.values()]
        .map(({ name, size }) => `${name} ${size}`)
        .sort()
        .join(', ')}`,
    )
    for (const line of PILLARS.flatMap(({ summary }) => summary?.(view) ?? []))
      run.trace.note(`${nation} ${line}`)
  }
}

async function settle(run: Run): Promise<void> {
  for (let round = 0; round < REST_ROUNDS_MAX; round += 1) {
    run.time.pass(REST_ROUND_MS)
    await run.network.tick()
    for (const nation of run.nations) await runAllBackgroundWork(run, nation, round === 0)
    if (run.network.inFlightCount() === 0 && !(await isWorkPending(run))) return
  }
  throw new Violation('liveness', `not at rest after ${REST_ROUNDS_MAX} rounds without faults`)
}

/** @param isFirst runs every step, needed or not, so that a restored nation learns what it lost */
async function runAllBackgroundWork({ trace }: Run, nation: Nation, isFirst: boolean): Promise<void> {
  const { node, askWitness, sequenceNational } = nation.process()
  for (const { partner, deliver, apply, fetch } of await pendingAt(nation)) {
    if (apply) while ((await node.apply(partner)).more) trace.note(`${nation.name} applies ${partner}: more`)
    if (fetch) await node.fetchContent(partner)
    if (deliver || isFirst)
      while ((await node.courier.step(partner)).more) trace.note(`${nation.name} delivers: more`)
    if (isFirst) await askWitness(partner)
  }
  await node.due()
  if (isFirst) await sequenceNational()
}

/** True if work is pending on a link that neither side has frozen. */
async function isWorkPending(run: Run): Promise<boolean> {
  const pending = new Map<string, Awaited<ReturnType<typeof pendingAt>>>()
  for (const nation of run.nations) pending.set(nation.name, await pendingAt(nation))
  return [...pending].some(([name, links]) =>
    links.some(({ partner, isOpen, deliver, apply, fetch }) => {
      const there = pending.get(partner)?.find((link) => link.partner === name)
      return isOpen && there?.isOpen === true && (deliver || apply || fetch)
    }),
  )
}
