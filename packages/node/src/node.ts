/** Wires the parts of one node together. No other file does. */
import { nationalOrigin } from '#wire/log/checkpoint.ts'
import { KINDS } from '#wire/pillars.ts'
import type { Kind } from '#wire/pillars.ts'
import { isKind } from '#wire/statement.ts'
import { frameOf } from '#node/console/console.routes.ts'
import type { Frame } from '#node/console/console.routes.ts'
import { applyNext } from '#node/federation/apply.commands.ts'
import type { Handlers } from '#node/federation/apply.commands.ts'
import { createBlobPort } from '#node/federation/blobPort.store.ts'
import type { Arrived } from '#node/federation/blobPort.store.ts'
import { fetchWanted } from '#node/federation/content.courier.ts'
import { createCosignedNotes } from '#node/federation/cosigned.ts'
import { createCourier } from '#node/federation/federation.courier.ts'
import type { Courier, StepResult } from '#node/federation/federation.courier.ts'
import { readPartner } from '#node/federation/federation.store.ts'
import type { NodeKeys } from '#node/federation/keys.ts'
import { createLinks } from '#node/federation/part.ts'
import { ourCard } from '#node/federation/links.commands.ts'
import { NATIONAL_LOG } from '#node/federation/log.ts'
import { ensureLog } from '#node/federation/log.store.ts'
import type { MediaOptions } from '#node/federation/federation.media.ts'
import { createMeetings } from '#node/federation/meetings.ts'
import { receiveBundle } from '#node/federation/receive.commands.ts'
import type { Received, ReceiverOptions } from '#node/federation/receive.commands.ts'
import type { Departure } from '#node/federation/sequence.commands.ts'
import type { Transport } from '#node/federation/transport.ts'
import { createDecisions } from '#node/gate/part.ts'
import { keepPolicies } from '#node/gate/decision.store.ts'
import type { Gate } from '#node/gate/gate.ts'
import { createIdentity } from '#node/identity/part.ts'
import type { IdentitySettings } from '#node/identity/settings.ts'
import type { Binding } from '#node/kernel/bind.ts'
import type { BlobFolder } from '#node/kernel/blobs.ts'
import { createActs } from '#node/kernel/command.ts'
import type { Act, Acts, Hint } from '#node/kernel/command.ts'
import type { Database } from '#node/kernel/database.ts'
import { createViews } from '#node/kernel/view.ts'
import type { Instrument } from '#node/law/instrument.ts'
import { loadInstruments } from '#node/law/law.commands.ts'
import { createLaw } from '#node/law/part.ts'
import { createLawReader } from '#node/law/law.store.ts'
import type { Nations } from '#node/law/nations.ts'
import { LAW_TERMS } from '#node/law/terms.ts'
import type { Part, PillarDefinition } from './pillar.ts'
import type { Services } from './services.ts'
import type { Instant, World } from './world.ts'

export interface NodeOptions {
  readonly nation: string
  readonly database: Database
  readonly world: World
  readonly keys: NodeKeys
  readonly blobs: BlobFolder
  readonly pillars: readonly PillarDefinition[]
  /** The instruments that ship with the node. New and changed instruments are loaded at the start. */
  readonly instruments: readonly Instrument[]
  readonly nations: Nations
  readonly gate: Gate
  readonly identity: IdentitySettings
  readonly transport: Transport
  /** Address and certificate of our door, for our card. */
  readonly door: { readonly address: string; readonly certificateSha256: string }
  /** True signs on the thread pool. The simulator signs synchronously, in a fixed order. */
  readonly threads: boolean
  /** True if this process is the courier; called inside an act. */
  leads(act: Act): Promise<boolean>
  /** Called after each commit with what changed. */
  announce(hints: readonly Hint[]): void
  /**
   * Called after a commit: `said` if a statement must be sent, `heard` if entries from media must be applied.
   */
  wake(what: 'said' | 'heard'): void
}

/** A node without timers and sockets; its process or the simulator calls these functions. */
export interface Node {
  readonly nation: string
  /** Acts of people. A statement in such an act wakes the courier. */
  readonly acts: Acts
  /** Acts of the node itself. They do not wake the courier. */
  readonly ownActs: Acts
  readonly services: Services
  readonly courier: Courier
  readonly receiver: ReceiverOptions
  readonly media: MediaOptions
  readonly mayLeave: Departure
  /** The routes of all parts except the console's frame. */
  readonly routes: readonly Binding[]
  /** The contributions of the parts to the console's frame. */
  readonly frame: Frame
  /** Receives a bundle; `authenticated` is the nation that the connection proved, null for media. */
  receive(chunks: AsyncIterable<Uint8Array>, authenticated: string | null): Promise<Received>
  /** Applies entries that have arrived from a partner. */
  apply(from: string): Promise<{ applied: number; more: boolean }>
  /** Fetches wanted content from a partner. */
  fetchContent(from: string): Promise<StepResult>
  /** Runs deferred work that is due; returns when the next is due, null if none is known. */
  due(): Promise<Instant | null>
  /** Loads new and changed instruments while the node runs; returns their ids. */
  load(instruments: readonly Instrument[]): Promise<readonly string[]>
  /** Sends the first statements over a link that has just opened, such as the directory. */
  linkOpened(act: Act, partner: string): Promise<void>
}

/** Wires a node and creates its national log if it is missing. */
export async function createNode(options: NodeOptions): Promise<Node> {
  const { nation, world, keys, transport, blobs, leads } = options
  const services = servicesOf(options)
  const { acts, ownActs } = services
  const parts: Part[] = []
  const combined = combine(parts)
  const { mayLeave, arrived, linkOpened } = combined
  const frame = frameOf(parts)
  const { receiver, sending } = federationOf(options, services, combined)
  const media: MediaOptions = {
    receiver,
    folder: blobs,
    world,
    leads,
    mayLeave,
    addressOf: (of) => `${of} node of the competent authority`,
  }
  const card = ourCard(keys, options.door.address, options.door.certificateSha256)
  const { unanswered, referenceOf } = frame
  const heard = (): void => options.wake('heard')
  const links = { media, card, opened: linkOpened, unanswered, referenceOf, heard }
  parts.push(
    createIdentity(services),
    createLaw(services),
    ...options.pillars.map((pillar) => pillar.create(services)),
    createDecisions(services),
    createLinks(services, links, combined.parkedBy),
  )
  const handlers = handlersOf(parts)
  const load: Node['load'] = (instruments) =>
    ownActs.run((act) => loadInstruments(act, services.readLaw, instruments))
  await ownActs.run(async (act) => {
    await ensureLog(act.tx, NATIONAL_LOG, nationalOrigin(nation))
    await keepPolicies(act, options.gate)
  })
  await load(options.instruments)
  return {
    nation,
    acts,
    ownActs,
    services,
    courier: createCourier(sending),
    receiver,
    media,
    mayLeave,
    routes: parts.flatMap(({ routes }) => routes),
    frame,
    due: createDue(ownActs, world, combined.due),
    receive: (chunks, authenticated) => receiveBundle(receiver, chunks, authenticated),
    apply: (from) => applyNext(ownActs, handlers, from),
    fetchContent: (from) =>
      fetchWanted({ acts: ownActs, world, transport, leads, folder: blobs, arrived }, from),
    load,
    linkOpened,
  }
}

function servicesOf(options: NodeOptions): Services & Pick<Node, 'ownActs'> {
  const { nation, database, world, keys, blobs, gate, nations, identity, pillars } = options
  const kinds = [...LAW_TERMS, ...pillars.flatMap(({ terms }) => terms)]
  return {
    nation,
    nations,
    gate,
    identity,
    kinds,
    readLaw: createLawReader(kinds),
    database,
    world,
    keys,
    blobs,
    views: createViews({ database, world, nation }),
    ...actsOf(options),
  }
}

/** The options of the receiver and of the courier. */
function federationOf(
  { database, world, keys, blobs, transport, leads, threads }: NodeOptions,
  { ownActs }: Pick<Node, 'ownActs'>,
  { arrived, mayLeave }: ReturnType<typeof combine>,
) {
  const port = createBlobPort(database, blobs, arrived)
  const shared = {
    keys,
    acts: ownActs,
    blobs: port,
    cosigned: createCosignedNotes(keys, world, threads),
    meetings: createMeetings(world.now()),
  }
  const receiver: ReceiverOptions = { ...shared, readPartner: (from) => readPartner(database.query, from) }
  return { receiver, sending: { ...shared, world, transport, leads, threads, mayLeave } }
}

function actsOf({ database, world, nation, announce, wake }: NodeOptions): Pick<Node, 'acts' | 'ownActs'> {
  return {
    ownActs: createActs({ database, world, nation, announce }),
    acts: createActs({
      database,
      world,
      nation,
      announce(hints, wakes) {
        announce(hints)
        if (wakes) wake('said')
      },
    }),
  }
}

/**
 * Combines callbacks that several parts may have, in the order of the parts. Parts may be added to the list
 * later.
 */
function combine(parts: readonly Part[]) {
  const mayLeave: Departure = async (act, leaving, channel) => {
    const { kind } = leaving
    if (kind === null || !isKind(kind)) return false
    const decide = parts.find(({ departures }) => departures?.[kind])?.departures?.[kind]
    return decide === undefined || decide(act, leaving, channel)
  }
  const arrived: Arrived = async (act, digest) => {
    for (const { contentArrived } of parts) await contentArrived?.(act, digest)
  }
  return {
    mayLeave,
    arrived,
    parkedBy: (kind: string) =>
      isKind(kind) ? parts.find(({ parked }) => parked?.[kind])?.parked?.[kind] : undefined,
    async due(act: Act, since: Instant): Promise<Instant | null> {
      const next: Instant[] = []
      for (const { due } of parts) {
        const at = (await due?.(act, since)) ?? null
        if (at !== null) next.push(at)
      }
      return next.length === 0 ? null : Math.min(...next)
    },
    async linkOpened(act: Act, partner: string): Promise<void> {
      for (const { linkOpened } of parts) await linkOpened?.(act, partner)
    },
  }
}

/** Runs deferred work since the last run that committed; the first run handles all of it. */
function createDue(acts: Acts, world: World, run: (act: Act, since: Instant) => Promise<Instant | null>) {
  let since = 0
  return async (): Promise<Instant | null> => {
    const startedAt = world.now()
    const next = await acts.run((act) => run(act, since))
    since = startedAt
    return next
  }
}

/**
 * One handler for each kind of statement. Throws if a kind has none or several, or several departure checks or callbacks
 * for parked statements.
 */
function handlersOf(parts: readonly Part[]): Handlers {
  const given = parts.flatMap(({ handlers }) => Object.entries(handlers))
  for (const kind of Object.keys(KINDS) as Kind[]) {
    const count = (of: (part: Part) => object) => parts.filter((part) => Object.hasOwn(of(part), kind)).length
    const handlers = count((part) => part.handlers)
    if (handlers !== 1) throw new Error(`INVARIANT: each kind has one handler; ${kind} has ${handlers}`)
    if (count((part) => part.departures ?? {}) > 1)
      throw new Error(`INVARIANT: a kind has one departure at most; ${kind} has more`)
    if (count((part) => part.parked ?? {}) > 1)
      throw new Error(`INVARIANT: a kind has one parked callback at most; ${kind} has more`)
  }
  return Object.fromEntries(given) as unknown as Handlers
}
