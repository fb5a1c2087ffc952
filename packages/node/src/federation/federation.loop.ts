/**
 * The loop of a running node (LINK-17 to LINK-19): while its process is the courier it carries, applies, fetches and
 * witnesses for each partner by itself, so that one partner's trouble is nobody else's.
 */
import type { Acts } from '#node/kernel/command.ts'
import type { Instant, World } from '#node/world.ts'
import { createBell } from './federation.bell.loop.ts'
import type { Bell, Wake } from './federation.bell.loop.ts'
import type { Courier, Stepped } from './federation.courier.ts'
import { readPartner } from './federation.store.ts'
import type { NodeKeys } from './keys.ts'
import { createLeadership, leaderTest } from './leader.ts'
import type { Holder } from './leader.ts'
import { NATIONAL_LOG } from './log.ts'
import { sequencePending } from './sequence.ts'
import { Unreachable } from './transport.ts'
import type { Transport } from './transport.ts'
import { readWaiting } from './waiting.store.ts'
import { createNationalWitness } from './witness.ts'

export interface LoopOptions {
  readonly keys: NodeKeys
  /** INVARIANT: commits of these acts do not call `wake`, or the loop would wake itself for ever. */
  readonly acts: Acts
  readonly world: World
  readonly transport: Transport
  readonly courier: Courier
  /** Applies what has arrived from a partner, a run of it at a time. */
  apply(from: string): Promise<{ readonly applied: number; readonly more: boolean }>
  /** Fetches content that is wanted from a partner. */
  fetchContent(from: string): Promise<Stepped>
  /** Does what had to wait for a time that has come; returns when there will be more of it, as far as is known. */
  due?(): Promise<number | null>
  readonly holder: Holder
  /** Called when a step failed of which this node is at fault; the loop goes on. */
  report(error: unknown, where: string): void
  readonly pollMs?: number
}

export interface FederationLoop {
  start(): void
  /** Something was committed that may have to be carried or applied; `all`: what failed may go well now. */
  wake(what?: Wake): void
  /** Steps that fail, with how often in a row: `apply KR`. Empty where all is well. */
  failing(): ReadonlyMap<string, number>
  /** Ends after the steps that are under way, and gives the lease to whoever wants it. */
  stop(): Promise<void>
}

/** Everything is looked at this often although nothing rang: wakes of other processes may be lost. */
const POLL_MS = 5000
const WITNESS_EVERY_MS = 2000
const REST_MS_MIN = 1000
const REST_MS_MAX = 600_000

/** Builds the loop, not yet running. */
export function createFederationLoop(options: LoopOptions): FederationLoop {
  const { acts, world, holder, report } = options
  const bell = createBell(options.pollMs ?? POLL_MS)
  const lanes = createLanes(options, bell)
  const work = createWork(options, lanes)
  const leadership = createLeadership(acts, world, holder)
  let stopping = false
  let isLeading = false
  let running: Promise<void> | null = null

  async function round(what: ReadonlySet<Wake>): Promise<void> {
    try {
      const wasLeading = isLeading
      isLeading = await leadership.lead()
      // What rang before it led was for another process.
      if (isLeading) await work(wasLeading ? what : new Set(['all']))
    } catch (error) {
      report(error, 'round')
      bell.lookSoon()
    }
  }

  async function run(): Promise<void> {
    let what: ReadonlySet<Wake> = new Set(['all'])
    while (!stopping) {
      await round(what)
      if (!stopping) what = await bell.wait(leadership.renewMs)
    }
    bell.silence()
    await lanes.stop()
    await leadership.resign()
  }

  return {
    start() {
      running ??= run().catch((error: unknown) => report(error, 'stop'))
    },
    wake(what = 'all') {
      if (what === 'all') lanes.endRests()
      bell.ring(what)
    },
    failing: lanes.failing,
    async stop() {
      stopping = true
      bell.ring()
      await running
    },
  }
}

type Step = () => Promise<Stepped>

interface Lanes {
  /** Takes steps until there is no more to do. While the lane is busy it only notes that it has to look again. */
  enter(name: string, step: Step): void
  /** Lets every lane that rests be entered again. */
  endRests(): void
  /** Lanes whose last steps failed, with how many of them in a row. */
  failing(): ReadonlyMap<string, number>
  /** Ends when every lane has ended; after `stop` each ends with the step that is under way. */
  stop(): Promise<void>
}

/** How long a lane rests after so many failures in a row. */
function restMs(failures: number): number {
  return Math.min(REST_MS_MIN * 2 ** (failures - 1), REST_MS_MAX)
}

/**
 * One lane for each partner and kind of work: at most one step of it at a time, and nobody waits for it. A lane whose step
 * fails rests, longer each time, so that a fault that stays is not tried at every poll.
 */
function createLanes({ report, world }: LoopOptions, bell: Bell): Lanes {
  const busy = new Map<string, { again: boolean; done: Promise<void> }>()
  const failures = new Map<string, number>()
  const restsUntil = new Map<string, Instant>()
  let stopping = false

  async function follow(name: string, step: Step, lane: { again: boolean }): Promise<void> {
    try {
      do {
        lane.again = false
        const { more, nextAt } = await step()
        failures.delete(name)
        if (more) lane.again = true
        else if (nextAt !== undefined && nextAt !== null) bell.lookWithin(Math.max(nextAt - world.now(), 0))
      } while (lane.again && !stopping)
    } catch (error) {
      report(error, name)
      rest(name)
    } finally {
      busy.delete(name)
    }
  }

  function rest(name: string): void {
    const count = (failures.get(name) ?? 0) + 1
    failures.set(name, count)
    restsUntil.set(name, world.now() + restMs(count))
    bell.lookWithin(restMs(count))
  }

  return {
    enter(name, step) {
      const lane = busy.get(name)
      if (lane !== undefined) lane.again = true
      if (lane !== undefined || stopping || world.now() < (restsUntil.get(name) ?? 0)) return
      const entered = { again: false, done: Promise.resolve() }
      busy.set(name, entered)
      entered.done = follow(name, step, entered)
    },
    endRests: () => restsUntil.clear(),
    failing: () => failures,
    async stop() {
      stopping = true
      await Promise.all([...busy.values()].map((lane) => lane.done))
    },
  }
}

/** What there is to do, put into lanes; called once in every round. Links are looked up when all is looked at. */
function createWork(options: LoopOptions, lanes: Lanes): (what: ReadonlySet<Wake>) => Promise<void> {
  const { acts, courier } = options
  const leads = leaderTest(options.holder, options.world)
  const witness = createWitnessStep(options)
  let partners: readonly string[] = []

  const seek = (nation: string): void => lanes.enter(`witness ${nation}`, () => witness.step(nation))
  const runNational: Step = async () => {
    const head = await acts.run(async (act) =>
      (await leads(act)) ? sequencePending(act, NATIONAL_LOG) : null,
    )
    if (head !== null) partners.forEach(seek)
    return { more: head !== null }
  }
  const runDue: Step = async () => ({ more: false, nextAt: (await options.due?.()) ?? null })
  const carry = (nation: string): void => lanes.enter(`carry ${nation}`, () => courier.step(nation))
  const fetch = (nation: string): void =>
    lanes.enter(`fetch ${nation}`, async () => {
      const stepped = await options.fetchContent(nation)
      // What has come may have been answered.
      if (stepped.more) carry(nation)
      return stepped
    })
  const apply = (nation: string): void =>
    lanes.enter(`apply ${nation}`, async () => {
      const { applied, more } = await options.apply(nation)
      // What was applied may have been answered, and may name content that has not come.
      if (applied > 0) {
        carry(nation)
        fetch(nation)
      }
      return { more }
    })

  async function lookAtAll(): Promise<void> {
    const { links, national } = await acts.run((act) => readWaiting(act.tx))
    partners = links.map(({ nation }) => nation)
    if (national) lanes.enter(NATIONAL_LOG, runNational)
    lanes.enter('due', runDue)
    for (const { nation, ...waits } of links) {
      // Who was not met since the start may hold what this node has lost: that is asked although nothing waits.
      if (waits.carry || !courier.hasMet(nation)) carry(nation)
      if (waits.apply) apply(nation)
      if (waits.fetch) fetch(nation)
      if (waits.witness || !witness.hasMet(nation)) seek(nation)
    }
  }

  return async (what) => {
    if (what.has('all')) return lookAtAll()
    for (const nation of partners) {
      if (what.has('said')) carry(nation)
      if (what.has('heard')) apply(nation)
    }
  }
}

/** Asks for a witness after a contact, and not more often than every two seconds (NAT-2). */
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
      // The courier finds out as well, and its back-off is the link's.
      if (!(error instanceof Unreachable)) throw error
    }
    return { more: false }
  }
  return { step, hasMet: (nation: string): boolean => witness.hasMet(nation) }
}
