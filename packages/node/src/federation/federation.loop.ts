/**
 * The loop of a running node (LINK-17 to LINK-19): holds the lease, and while it does, carries, applies, fetches and
 * witnesses for each partner by itself, so that one partner's trouble is nobody else's. The only timers of the
 * federation are here.
 */
import type { Act, Acts } from '#node/kernel/command.ts'
import { holdsLease, takeLease } from '#node/kernel/lease.store.ts'
import type { World } from '#node/world.ts'
import type { Courier } from './federation.courier.ts'
import { openPartners, readPartner } from './federation.store.ts'
import type { NodeKeys } from './keys.ts'
import { NATIONAL_LOG } from './log.ts'
import { sequencePending } from './sequence.ts'
import { Unreachable } from './transport.ts'
import type { Transport } from './transport.ts'
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
  fetchContent(from: string): Promise<{ readonly more: boolean }>
  /** Does what had to wait for a time that has come; called when all is looked at. */
  due?(): Promise<void>
  /** Names this process among those that share the database; different at each start. */
  readonly holder: string
  /** Called when a step failed of which this node is at fault; the loop goes on. */
  report(error: unknown, where: string): void
  readonly pollMs?: number
}

/**
 * What a wake is about: this node said something, a partner's bundle was stored, or anything at all. Under load most
 * wakes are of the first two kinds, and looking at everything costs thirty queries.
 */
export type Wake = 'said' | 'heard' | 'all'

export interface FederationLoop {
  start(): void
  /** Something was committed that may have to be carried or applied. */
  wake(what?: Wake): void
  /** Ends after the steps that are under way, and gives the lease to whoever wants it. */
  stop(): Promise<void>
}

/** The name of the lease; whoever holds it is the courier. */
const COURIER_LEASE = 'courier'

const LEASE_MS = 5000
const LEASE_EXTEND_MS = 1500
const POLL_MS = 250
const WITNESS_EVERY_MS = 2000

/** Whether a process leads, asked inside an act. */
export function leaderTest(holder: string, world: World): (act: Act) => Promise<boolean> {
  return (act) => holdsLease(act.tx, COURIER_LEASE, holder, world.now())
}

/** Builds the loop, not yet running. */
export function createFederationLoop(options: LoopOptions): FederationLoop {
  const { acts, world, holder } = options
  const lanes = createLanes(options.report)
  const work = createWork(options, lanes)
  const bell = createBell(options.pollMs ?? POLL_MS)
  let stopping = false
  let leaseUntil = 0
  let running: Promise<void> | null = null

  async function lead(): Promise<boolean> {
    const now = world.now()
    if (now < leaseUntil - LEASE_MS + LEASE_EXTEND_MS) return true
    const led = await acts.run((act) => takeLease(act.tx, COURIER_LEASE, holder, now, LEASE_MS))
    leaseUntil = led ? now + LEASE_MS : 0
    return led
  }

  async function round(what: ReadonlySet<Wake>): Promise<void> {
    try {
      if (await lead()) await work(what)
    } catch (error) {
      options.report(error, 'round')
    }
  }

  async function run(): Promise<void> {
    let what: ReadonlySet<Wake> = new Set(['all'])
    while (!stopping) {
      await round(what)
      if (!stopping) what = await bell.wait()
    }
    bell.silence()
    await lanes.stop()
    // A lease that ended before now is anybody's.
    await acts.run((act) => takeLease(act.tx, COURIER_LEASE, holder, world.now(), -1))
  }

  return {
    start() {
      running ??= run().catch((error: unknown) => options.report(error, 'stop'))
    },
    wake: bell.ring,
    async stop() {
      stopping = true
      bell.ring()
      await running
    },
  }
}

/** Waits for a ring, or for the time after which other processes may have written something: that rings for all. */
function createBell(pollMs: number) {
  let rung = new Set<Wake>()
  let answer: (() => void) | null = null
  let timer: NodeJS.Timeout | null = null
  const ring = (what: Wake = 'all'): void => {
    rung.add(what)
    answer?.()
  }
  const silence = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }
  return {
    ring,
    silence,
    async wait(): Promise<ReadonlySet<Wake>> {
      // Lesser rings do not put it off.
      timer ??= setTimeout(ring, pollMs, 'all')
      if (rung.size === 0) await new Promise<void>((resolve) => (answer = resolve))
      const what = rung
      answer = null
      rung = new Set()
      if (what.has('all')) silence()
      return what
    },
  }
}

type Step = () => Promise<{ readonly more: boolean }>

interface Lanes {
  /** Takes steps until there is no more to do. While the lane is busy it only notes that it has to look again. */
  enter(name: string, step: Step): void
  /** Ends when every lane has ended; after `stop` each ends with the step that is under way. */
  stop(): Promise<void>
}

/** One lane for each partner and kind of work: at most one step of it at a time, and nobody waits for it. */
function createLanes(report: LoopOptions['report']): Lanes {
  const busy = new Map<string, { again: boolean; done: Promise<void> }>()
  let stopping = false

  async function follow(name: string, step: Step, lane: { again: boolean }): Promise<void> {
    try {
      do {
        lane.again = false
        const { more } = await step()
        if (more) lane.again = true
      } while (lane.again && !stopping)
    } catch (error) {
      report(error, name)
    } finally {
      busy.delete(name)
    }
  }

  return {
    enter(name, step) {
      const lane = busy.get(name)
      if (lane !== undefined) lane.again = true
      if (lane !== undefined || stopping) return
      const entered = { again: false, done: Promise.resolve() }
      busy.set(name, entered)
      entered.done = follow(name, step, entered)
    },
    async stop() {
      stopping = true
      await Promise.all([...busy.values()].map((lane) => lane.done))
    },
  }
}

/** What there is to do, put into lanes; called once in every round. Partners are looked up when all is looked at. */
function createWork(options: LoopOptions, lanes: Lanes): (what: ReadonlySet<Wake>) => Promise<void> {
  const { acts, courier } = options
  const leads = leaderTest(options.holder, options.world)
  const askWitness = createWitnessStep(options)

  const runNational: Step = async () => {
    const head = await acts.run(async (act) =>
      (await leads(act)) ? sequencePending(act, NATIONAL_LOG) : null,
    )
    return { more: head !== null }
  }
  const runDue: Step = async () => {
    await options.due?.()
    return { more: false }
  }
  const carry = (nation: string): void => lanes.enter(`carry ${nation}`, () => courier.step(nation))
  const fetch = (nation: string): void => lanes.enter(`fetch ${nation}`, () => options.fetchContent(nation))
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
  let partners: readonly string[] = []
  return async (what) => {
    const looksAtAll = what.has('all')
    if (looksAtAll) {
      partners = await acts.run((act) => openPartners(act.tx))
      lanes.enter(NATIONAL_LOG, runNational)
      lanes.enter('due', runDue)
    }
    for (const nation of partners) {
      if (looksAtAll || what.has('said')) carry(nation)
      if (looksAtAll || what.has('heard')) apply(nation)
      if (!looksAtAll) continue
      fetch(nation)
      lanes.enter(`witness ${nation}`, () => askWitness(nation))
    }
  }
}

/** Asks for a witness after a contact, and not more often than every two seconds (NAT-2). */
function createWitnessStep({
  acts,
  keys,
  transport,
  world,
}: LoopOptions): (nation: string) => ReturnType<Step> {
  const witness = createNationalWitness(acts, keys, transport)
  const askedAt = new Map<string, number>()
  return async (nation) => {
    const now = world.now()
    const partner = await acts.run((act) => readPartner(act.tx, nation))
    const isDue = now - (askedAt.get(nation) ?? Number.NEGATIVE_INFINITY) >= WITNESS_EVERY_MS
    const isReached = partner !== null && partner.lastContactAt !== null && partner.failures === 0
    if (!isReached || !isDue) return { more: false }
    askedAt.set(nation, now)
    try {
      await witness.ask(partner)
    } catch (error) {
      // The courier finds out as well, and its back-off is the link's.
      if (!(error instanceof Unreachable)) throw error
    }
    return { more: false }
  }
}
