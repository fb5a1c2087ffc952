/**
 * One run of the network from one seed. First safety: faults are on and people work, and what must never
 * happen does not. Then liveness: faults end, nobody begins anything new, and the network comes to rest,
 * agreed on everything.
 */
import { isRefusal } from '#api/refusals.ts'
import { reconcile } from '#node/exchange/register/reconcile.commands.ts'
import { audit, auditEverything } from './audit.ts'
import { MARKERS } from './auditors/plaintext.ts'
import type { Network as Audited } from './auditors/view.ts'
import { createSkewedWorld, createTime } from './clock.ts'
import type { Time } from './clock.ts'
import { Crashed } from './crash.ts'
import type { Death } from './crash.ts'
import { drawFaults, healed } from './faults.ts'
import type { FaultRates } from './faults.ts'
import { createModel, restoreModel, saveModel } from './model.ts'
import type { Model, SavedModel } from './model.ts'
import { createNation } from './nation.ts'
import type { Nation } from './nation.ts'
import { createNetwork } from './network.ts'
import type { Network } from './network.ts'
import { createRandom } from './random.ts'
import type { Random } from './random.ts'
import { createSeen } from './seen.ts'
import type { Seen } from './seen.ts'
import { BASE, START_MS, countries } from './setup.ts'
import { createTrace } from './trace.ts'
import type { Trace } from './trace.ts'
import { Violation } from './violation.ts'
import { waitingAt } from './work.ts'
import { work } from './workload.ts'

export interface SimulateOptions {
  /** Ticks of the safety phase. */
  readonly ticks?: number
  /** Shows each line of the trace as it happens. */
  readonly print?: (line: string) => void
}

export interface Outcome {
  readonly seed: number
  /** What an auditor, or the node itself, objected to; null when nothing. */
  readonly failure: { readonly auditor: string; readonly error: Error } | null
  readonly trace: Trace
}

const TICKS = 24
const AUDIT_EVERY_TICKS = 12
/** The network must come to rest within so many rounds of all that a node does. */
const REST_ROUNDS_MAX = 30
const REST_ROUND_MS = 61_000
const BACKUP = 'backup'

interface Run {
  readonly time: Time
  readonly random: Random
  readonly trace: Trace
  readonly nations: readonly Nation[]
  readonly network: Network
  readonly seen: Seen
  readonly model: Model
  readonly restored: Set<string>
  rates: FaultRates
  /** The copy of one nation that may be put back. */
  backup: { readonly nation: Nation; readonly model: SavedModel } | null
}

/** Runs a seed. Never throws for what it finds: that is the outcome. */
export async function simulate(seed: number, options: SimulateOptions = {}): Promise<Outcome> {
  const trace = createTrace(options.print)
  try {
    const run = await begin(seed, trace)
    await beSafe(run, options.ticks ?? TICKS)
    await comeToRest(run)
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
  const seen = createSeen(MARKERS)
  const nations = new Map<string, Nation>()
  const network = createNetwork({ nations, random: random.fork('network'), rates, seen, trace })
  const run: Run = {
    time,
    random,
    trace,
    nations: [],
    network,
    seen,
    model: createModel(),
    restored: new Set(),
    rates,
    backup: null,
  }
  trace.note(`seed ${seed} ${JSON.stringify(rates)}`)
  for (const country of await countries()) {
    await country.disk.restore(BASE)
    country.disk.files.complete.clear()
    country.disk.files.parts.clear()
    const deaths = random.fork(`deaths of ${country.name}`)
    const world = createSkewedWorld(time, random.fork(`world of ${country.name}`))
    const fate = () => fateOf(run, deaths)
    nations.set(
      country.name,
      createNation(country, { world, transport: network.transportOf(country.name), fate }),
    )
  }
  const all = { ...run, nations: [...nations.values()] }
  Object.assign(run, all)
  for (const nation of run.nations) await nation.boot()
  return run
}

function fateOf({ rates, trace }: Run, random: Random): Death | null {
  const drawn = random.float()
  if (drawn >= rates.crashBefore + rates.crashAfter) return null
  const death = drawn < rates.crashBefore ? 'before_commit' : 'after_commit'
  trace.count(`fault crash ${death}`)
  return death
}

async function beSafe(run: Run, ticks: number): Promise<void> {
  const { random, time, network, rates } = run
  const backupAt = rates.restores ? random.below(ticks / 2) : -1
  const restoreAt = backupAt + 3 + random.below(ticks / 2)
  for (let tick = 0; tick < ticks; tick += 1) {
    run.trace.note(`tick ${tick}`)
    time.pass(Math.round(rates.tickMs * (0.5 + random.float())))
    await network.tick()
    if (tick === backupAt) await backUp(run)
    if (run.backup !== null && tick === restoreAt) await putBack(run, run.backup)
    for (let commands = 2 + random.below(4); commands > 0; commands -= 1) await command(run)
    for (const nation of run.nations) await move(run, nation)
    await carryMedia(run)
    if (tick % AUDIT_EVERY_TICKS === AUDIT_EVERY_TICKS - 1)
      await audit(run.nations, { ...run, atRest: false })
  }
}

/** Runs something in a nation's process; when that dies of it, the next one starts. */
async function alive(
  run: Run,
  nation: Nation,
  what: string,
  act: () => Promise<string | null>,
): Promise<void> {
  try {
    const told = await act()
    if (told !== null) run.trace.note(`${nation.name} ${what}: ${told}`)
  } catch (error) {
    if (!(error instanceof Crashed)) throw error
    const when = nation.process().mortal.diedAfterCommit() ? 'after' : 'before'
    run.trace.note(`${nation.name} ${what}: died ${when} the commit`)
    await nation.boot()
  }
}

async function command(run: Run): Promise<void> {
  const nation = run.random.pick(run.nations)
  await alive(run, nation, 'command', async () => {
    const { command: name, told } = await work({ nation, random: run.random, model: run.model })
    run.trace.count(`command ${name} ${told === 'done' ? 'done' : 'not done'}`)
    run.trace.count(`told ${told}`)
    return `${name} ${told}`
  })
}

/** Some of what a node does by itself. */
async function move(run: Run, nation: Nation): Promise<void> {
  const { random } = run
  if (random.chance(0.1)) {
    await alive(run, nation, 'does what is due', () =>
      nation
        .process()
        .node.due()
        .then(() => null),
    )
  }
  for (const { partner, carry, apply, fetch } of await waitingAt(nation)) {
    const { node, hasMet } = nation.process()
    if (random.chance(carry || !hasMet(partner) ? 0.6 : 0.02)) {
      await alive(run, nation, `carries to ${partner}`, async () => told(await node.courier.step(partner)))
    }
    if (random.chance(apply ? 0.6 : 0.02)) {
      await alive(run, nation, `applies ${partner}`, async () =>
        told(await nation.process().node.apply(partner)),
      )
    }
    if (fetch && random.chance(0.5)) {
      const from = `fetches from ${partner}`
      await alive(run, nation, from, async () => told(await nation.process().node.fetchContent(partner)))
    }
    if (random.chance(0.04))
      await alive(run, nation, 'witness', () =>
        nation
          .process()
          .askWitness(partner)
          .then(() => null),
      )
  }
  if (random.chance(0.1))
    await alive(run, nation, 'national', () =>
      nation
        .process()
        .sequenceNational()
        .then(() => null),
    )
}

function told({ more }: { more: boolean }): string | null {
  return more ? 'more' : null
}

async function carryMedia(run: Run): Promise<void> {
  const { random, network, rates } = run
  const from = random.pick(run.nations)
  const to = random.pick(run.nations.filter((nation) => nation !== from))
  // Who was put back to a backup carries nothing by hand before the network has told what was lost.
  if (random.chance(rates.media) && !run.restored.has(from.name)) {
    await alive(run, from, 'media', () => network.exportMedia(from.name, to.name).then(() => null))
  }
  if (random.chance(rates.media)) {
    await network.importMedia().catch(async (error: unknown) => {
      if (!(error instanceof Crashed)) throw error
      for (const nation of run.nations) if (nation.process().mortal.isDead()) await nation.boot()
    })
  }
}

async function backUp(run: Run): Promise<void> {
  const nation = run.random.pick(run.nations)
  await nation.disk.save(BACKUP)
  run.backup = { nation, model: saveModel(run.model, nation.name) }
  run.trace.note(`${nation.name} backup`)
}

/** The disk is lost and an old backup put in its place; what was under way from the nation is gone. */
async function putBack(run: Run, { nation, model }: NonNullable<Run['backup']>): Promise<void> {
  await nation.disk.restore(BACKUP)
  restoreModel(run.model, nation.name, model)
  run.network.dropFrom(nation.name)
  run.seen.forgetHeld(nation.name)
  await forgetUnheard(run, nation)
  run.restored.add(nation.name)
  run.trace.note(`${nation.name} put back to its backup`)
  run.trace.count('fault restore')
  await nation.boot()
}

/** What it had signed and no partner has stored, also one that died of it, is as if it had never been. */
async function forgetUnheard(run: Run, { name }: Nation): Promise<void> {
  let witnessed = 0
  for (const { disk } of run.nations.filter((nation) => nation.name !== name)) {
    const [held] = await disk.rows<{ origin: string; size: number; witnessed: number }>(
      `select origin, size, coalesce((select w.size from witnessed w where nation = '${name}' and direction = 'theirs'), 0)
        as witnessed from log where name = 'in/${name}'`,
    )
    run.seen.forgetHeads(held!.origin, held!.size)
    witnessed = Math.max(witnessed, held!.witnessed)
  }
  run.seen.forgetHeads(`${name.toLowerCase()}.entente/national`, witnessed)
}

/** Heals everything, and lets every node do what it does until nothing moves. */
async function comeToRest(run: Run): Promise<void> {
  run.rates = healed(run.rates)
  run.network.setRates(run.rates)
  run.trace.note('healed')
  await settle(run)
  for (const nation of run.nations) await compareRegisters(run, nation)
  await settle(run)
  const network = await audit(run.nations, { ...run, atRest: true })
  await auditEverything(run.nations)
  await auditReconciliations(run, network)
  for (const { nation, items, logs } of network.views.values()) {
    run.trace.note(
      `${nation} at rest: ${[...logs.values()]
        .map(({ name, size }) => `${name} ${size}`)
        .sort()
        .join(', ')}`,
    )
    for (const item of items)
      run.trace.note(`${nation} ${item.control} ${item.state} ${item.registered ?? 'no number'}`)
  }
}

async function settle(run: Run): Promise<void> {
  for (let round = 0; round < REST_ROUNDS_MAX; round += 1) {
    run.time.pass(REST_ROUND_MS)
    await run.network.tick()
    for (const nation of run.nations) await moveAll(run, nation, round === 0)
    if (run.network.pendingCount() === 0 && !(await isAnythingWaiting(run))) return
  }
  throw new Violation('liveness', `not at rest after ${REST_ROUNDS_MAX} rounds without faults`)
}

/**
 * @param first everything is done once, whether it seems needed or not: who was put back has yet to learn it
 */
async function moveAll({ trace }: Run, nation: Nation, first: boolean): Promise<void> {
  const { node, askWitness, sequenceNational } = nation.process()
  for (const { partner, carry, apply, fetch } of await waitingAt(nation)) {
    if (apply) while ((await node.apply(partner)).more) trace.note(`${nation.name} applies ${partner}: more`)
    if (fetch) await node.fetchContent(partner)
    if (carry || first)
      while ((await node.courier.step(partner)).more) trace.note(`${nation.name} carries: more`)
    if (first) await askWitness(partner)
  }
  await node.due()
  if (first) await sequenceNational()
}

/** Something waits on a link that neither side has frozen. */
async function isAnythingWaiting(run: Run): Promise<boolean> {
  const waiting = new Map<string, Awaited<ReturnType<typeof waitingAt>>>()
  for (const nation of run.nations) waiting.set(nation.name, await waitingAt(nation))
  return [...waiting].some(([name, links]) =>
    links.some(({ partner, isOpen, carry, apply, fetch }) => {
      const there = waiting.get(partner)?.find((each) => each.partner === name)
      return isOpen && there?.isOpen === true && (carry || apply || fetch)
    }),
  )
}

async function compareRegisters(run: Run, nation: Nation): Promise<void> {
  for (const partner of run.nations.map(({ name }) => name).filter((name) => name !== nation.name)) {
    const asked = await nation
      .process()
      .node.acts.run((act) => reconcile(act, nation.people['registrar']!, partner))
    if (isRefusal(asked) && !run.restored.has(nation.name) && !run.restored.has(partner)) {
      throw new Violation(
        'register',
        `${nation.name} cannot compare with ${partner}: ${asked.reasons[0].code}`,
      )
    }
  }
}

/** Two registers that are the same say so when they are compared (EXC-80). */
async function auditReconciliations(run: Run, { restored }: Audited): Promise<void> {
  for (const { name, disk } of run.nations) {
    const rows = await disk.rows<{ nation: string; outcome: string }>(
      'select nation, outcome from reconciliation',
    )
    for (const { nation, outcome } of rows) {
      if (outcome === 'agreed' || restored.has(name) || restored.has(nation)) continue
      throw new Violation('register', `${name} and ${nation} compare their registers: ${outcome}`)
    }
  }
}
