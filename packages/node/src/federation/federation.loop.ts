/**
 * The background loop of a node (LINK-17 to LINK-19). While this process is the courier, it sends, applies,
 * fetches and asks for witnessing, separately for each partner, so that a slow or faulty partner does not
 * delay the others.
 */
import type { Acts } from '#node/kernel/command.ts'
import type { Instant, World } from '#node/world.ts'
import { createWakeUp } from './federation.wakeup.loop.ts'
import type { Wake, WakeUp } from './federation.wakeup.loop.ts'
import type { Courier, StepResult } from './federation.courier.ts'
import { readPartner } from './federation.store.ts'
import type { NodeKeys } from './keys.ts'
import { createLeadership, leaderTest } from './leader.loop.ts'
import type { Holder } from './leader.loop.ts'
import { NATIONAL_LOG } from './log.ts'
import { sequencePending } from './sequence.commands.ts'
import { Unreachable } from './transport.ts'
import type { Transport } from './transport.ts'
import { readWaiting } from './waiting.store.ts'
import { createNationalWitness } from './witness.commands.ts'

export interface LoopOptions {
  readonly keys: NodeKeys
  /** INVARIANT: commits of these acts do not call `wake`, or the loop would wake itself without end. */
  readonly acts: Acts
  readonly world: World
  readonly transport: Transport
  readonly courier: Courier
  /** Applies the next entries of a partner. */
  apply(from: string): Promise<{ readonly applied: number; readonly more: boolean }>
  /** Fetches wanted content from a partner. */
  fetchContent(from: string): Promise<StepResult>
  /** Runs deferred work that is due; returns when the next is due, null if none is known. */
  due?(): Promise<number | null>
  readonly holder: Holder
  /** Called when a step fails through a fault of this node; the loop continues. */
  report(error: unknown, where: string): void
  readonly pollMs?: number
}

export interface FederationLoop {
  start(): void
  /** Wakes the loop after a commit. `all` also ends every back-off, because what failed may succeed now. */
  wake(what?: Wake): void
  /** Consecutive failures by lane, such as `apply KR`; lanes without failures are absent. */
  failing(): ReadonlyMap<string, number>
  /** Stops after the running steps, and releases the lease. */
  stop(): Promise<void>
}

/** Interval of the fallback poll: wakes from other processes may be lost. */
const POLL_MS = 5000
const WITNESS_EVERY_MS = 2000
const BACK_OFF_MS_MIN = 1000
const BACK_OFF_MS_MAX = 600_000

/** Builds the loop, not running yet. */
export function createFederationLoop(options: LoopOptions): FederationLoop {
  const { acts, world, holder, report } = options
  const wakeUp = createWakeUp(options.pollMs ?? POLL_MS)
  const lanes = createLanes(options, wakeUp)
  const work = createWork(options, lanes)
  const leadership = createLeadership(acts, world, holder)
  let stopping = false
  let isLeading = false
  let running: Promise<void> | null = null

  async function round(what: ReadonlySet<Wake>): Promise<void> {
    try {
      const wasLeading = isLeading
      isLeading = await leadership.lead()
      // A new leader looks for all work: earlier wakes were for the previous leader.
      if (isLeading) await work(wasLeading ? what : new Set(['all']))
    } catch (error) {
      report(error, 'round')
      wakeUp.wakeSoon()
    }
  }

  async function run(): Promise<void> {
    let what: ReadonlySet<Wake> = new Set(['all'])
    while (!stopping) {
      await round(what)
      if (!stopping) what = await wakeUp.wait(leadership.renewMs)
    }
    wakeUp.cancel()
    await lanes.stop()
    await leadership.resign()
  }

  return {
    start() {
      running ??= run().catch((error: unknown) => report(error, 'stop'))
    },
    wake(what = 'all') {
      if (what === 'all') lanes.endBackOff()
      wakeUp.wake(what)
    },
    failing: lanes.failing,
    async stop() {
      stopping = true
      wakeUp.wake()
      await running
    },
  }
}

type Step = () => Promise<StepResult>

interface Lanes {
  /** Runs steps until there is no more to do. If the lane is busy, it runs one more step afterwards. */
  run(name: string, step: Step): void
  /** Ends the back-off of every lane. */
  endBackOff(): void
  /** Consecutive failures by lane. */
  failing(): ReadonlyMap<string, number>
  /** Stops every lane after its running step; resolves when all have stopped. */
  stop(): Promise<void>
}

/** Back-off after `failures` consecutive failures of a lane. */
function backOffMs(failures: number): number {
  return Math.min(BACK_OFF_MS_MIN * 2 ** (failures - 1), BACK_OFF_MS_MAX)
}

/**
 * One lane for each partner and kind of work. A lane runs one step at a time, and lanes run independently. A
 * lane whose step fails backs off exponentially, so that a permanent fault is not retried at every poll.
 */
function createLanes({ report, world }: LoopOptions, wakeUp: WakeUp): Lanes {
  const busy = new Map<string, { again: boolean; done: Promise<void> }>()
  const failures = new Map<string, number>()
  const retryAt = new Map<string, Instant>()
  let stopping = false

  async function runSteps(name: string, step: Step, lane: { again: boolean }): Promise<void> {
    try {
      do {
        lane.again = false
        const { more, nextAt } = await step()
        failures.delete(name)
        if (more) lane.again = true
        else if (nextAt !== undefined && nextAt !== null) wakeUp.wakeWithin(Math.max(nextAt - world.now(), 0))
      } while (lane.again && !stopping)
    } catch (error) {
      report(error, name)
      backOff(name)
    } finally {
      busy.delete(name)
    }
  }

  function backOff(name: string): void {
    const count = (failures.get(name) ?? 0) + 1
    failures.set(name, count)
    retryAt.set(name, world.now() + backOffMs(count))
    wakeUp.wakeWithin(backOffMs(count))
  }

  return {
    run(name, step) {
      const lane = busy.get(name)
      if (lane !== undefined) lane.again = true
      if (lane !== undefined || stopping || world.now() < (retryAt.get(name) ?? 0)) return
      const started = { again: false, done: Promise.resolve() }
      busy.set(name, started)
      started.done = runSteps(name, step, started)
    },
    endBackOff: () => retryAt.clear(),
    failing: () => failures,
    async stop() {
      stopping = true
      await Promise.all([...busy.values()].map((lane) => lane.done))
    },
  }
}

/**
 * Runs waiting work in lanes; called once per round. A full look for work also updates the list of open
 * links.
 */
function createWork(options: LoopOptions, lanes: Lanes): (what: ReadonlySet<Wake>) => Promise<void> {
  const { acts, courier } = options
  const leads = leaderTest(options.holder, options.world)
  const witness = createWitnessStep(options)
  let partners: readonly string[] = []

  const askWitness = (nation: string): void => lanes.run(`witness ${nation}`, () => witness.step(nation))
  const runNational: Step = async () => {
    const head = await acts.run(async (act) =>
      (await leads(act)) ? sequencePending(act, NATIONAL_LOG, null) : null,
    )
    if (head !== null) partners.forEach(askWitness)
    return { more: head !== null }
  }
  const runDue: Step = async () => ({ more: false, nextAt: (await options.due?.()) ?? null })
  const carry = (nation: string): void => lanes.run(`carry ${nation}`, () => courier.step(nation))
  const fetch = (nation: string): void =>
    lanes.run(`fetch ${nation}`, async () => {
      const stepped = await options.fetchContent(nation)
      // Content that arrived may have led to answers.
      if (stepped.more) carry(nation)
      return stepped
    })
  const apply = (nation: string): void =>
    lanes.run(`apply ${nation}`, async () => {
      const { applied, more } = await options.apply(nation)
      // Applied entries may have led to answers, and may name content that is not here.
      if (applied > 0) {
        carry(nation)
        fetch(nation)
      }
      return { more }
    })

  async function runAll(): Promise<void> {
    const { links, national } = await acts.run((act) => readWaiting(act.tx))
    partners = links.map(({ nation }) => nation)
    if (national) lanes.run(NATIONAL_LOG, runNational)
    lanes.run('due', runDue)
    for (const { nation, ...waits } of links) {
      // A partner not met since the start may hold what this node has lost, so it is contacted even if
      // nothing waits.
      if (waits.carry || !courier.hasMet(nation)) carry(nation)
      if (waits.apply) apply(nation)
      if (waits.fetch) fetch(nation)
      if (waits.witness || !witness.hasMet(nation)) askWitness(nation)
    }
  }

  return async (what) => {
    if (what.has('all')) return runAll()
    for (const nation of partners) {
      if (what.has('said')) carry(nation)
      if (what.has('heard')) apply(nation)
    }
  }
}

/** Asks a partner that was reached to witness our national log, at most every two seconds (NAT-2). */
function createWitnessStep({ acts, keys, transport, world }: LoopOptions) {
  const witness = createNationalWitness(acts, keys, transport)
  const askedAt = new Map<string, number>()
  async function step(nation: string): ReturnType<Step> {
    const now = world.now()
    const partner = await acts.run((act) => readPartner(act.tx, nation))
    const dueAt = (askedAt.get(nation) ?? Number.NEGATIVE_INFINITY) + WITNESS_EVERY_MS
    const isReached = partner !== null && partner.lastContactAt !== null && partner.failures === 0
    if (!isReached) return { more: false }
    if (dueAt > now) return { more: false, nextAt: dueAt }
    askedAt.set(nation, now)
    try {
      await witness.ask(partner)
    } catch (error) {
      // The courier sees the same failure and backs off for the link.
      if (!(error instanceof Unreachable)) throw error
    }
    return { more: false }
  }
  return { step, hasMet: (nation: string): boolean => witness.hasMet(nation) }
}
