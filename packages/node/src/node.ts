/** One node, wired: every part is given what it needs here and nowhere else. */
import { nationalOrigin } from '#wire/log/checkpoint.ts'
import { KINDS } from '#wire/pillars.ts'
import { frameOf } from '#node/console/console.routes.ts'
import type { Frame } from '#node/console/console.routes.ts'
import { applyNext } from '#node/federation/apply.ts'
import type { Handlers } from '#node/federation/apply.ts'
import { createBlobDoor } from '#node/federation/blobDoor.store.ts'
import type { Arrived } from '#node/federation/blobDoor.store.ts'
import { fetchWanted } from '#node/federation/content.courier.ts'
import { createCosignedNotes } from '#node/federation/cosigned.ts'
import { createCourier } from '#node/federation/federation.courier.ts'
import type { Courier, Stepped } from '#node/federation/federation.courier.ts'
import { readPartner } from '#node/federation/federation.store.ts'
import type { NodeKeys } from '#node/federation/keys.ts'
import { createLinks } from '#node/federation/part.ts'
import { ourCard } from '#node/federation/links.commands.ts'
import { NATIONAL_LOG } from '#node/federation/log.ts'
import { ensureLog } from '#node/federation/log.store.ts'
import type { MediaOptions } from '#node/federation/federation.media.ts'
import { createMeetings } from '#node/federation/meetings.ts'
import { receiveBundle } from '#node/federation/receive.ts'
import type { Received, ReceiverOptions } from '#node/federation/receive.ts'
import type { Departure } from '#node/federation/sequence.ts'
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
  /** The instruments that ship with the node; what is new or changed among them is loaded at the start. */
  readonly instruments: readonly Instrument[]
  readonly nations: Nations
  readonly gate: Gate
  readonly identity: IdentitySettings
  readonly transport: Transport
  /** Where our door is, and which certificate it shows: what our card says. */
  readonly door: { readonly address: string; readonly certificateSha256: string }
  /** Signs on the thread pool; the simulator does not, so that its order is fixed. */
  readonly threads: boolean
  /** Whether this process may act as the courier; asked inside the act. */
  leads(act: Act): Promise<boolean>
  /** Hears, after each commit, what changed. */
  announce(hints: readonly Hint[]): void
  /** After a commit: a person said something, which has to be carried, or media was heard, which has to have its effect. */
  wake(what: 'said' | 'heard'): void
}

/** A node without timers and sockets: whoever runs it calls these. */
export interface Node {
  readonly nation: string
  /** Acts of people; what they say wakes the courier. */
  readonly acts: Acts
  /** Acts of the node itself, which wake nobody. */
  readonly ownActs: Acts
  readonly services: Services
  readonly courier: Courier
  readonly receiver: ReceiverOptions
  readonly media: MediaOptions
  readonly mayLeave: Departure
  /** The routes of all parts but the console's frame. */
  readonly routes: readonly Binding[]
  /** What the parts bring to the console's frame. */
  readonly frame: Frame
  /** Takes in a bundle; `authenticated` is the nation that the connection proved, null for media. */
  receive(chunks: AsyncIterable<Uint8Array>, authenticated: string | null): Promise<Received>
  /** Applies what has arrived from a partner. */
  apply(from: string): Promise<{ applied: number; more: boolean }>
  /** Fetches content that is wanted from a partner. */
  fetchContent(from: string): Promise<Stepped>
  /** Runs deferred work that is now due; returns when there will be more of it, null when none is known. */
  due(): Promise<Instant | null>
  /** Loads instruments that are new or changed, while the node runs; returns their ids. */
  load(instruments: readonly Instrument[]): Promise<readonly string[]>
  /** Says to a partner whose link was opened what it has to know first. */
  linkOpened(act: Act, partner: string): Promise<void>
}

/** Wires a node and makes sure that its own log exists. */
export async function createNode(options: NodeOptions): Promise<Node> {
  const { nation, world, keys, transport, blobs, leads } = options
  const services = servicesOf(options)
  const { acts, ownActs } = services
  const parts: Part[] = []
  const joined = join(parts)
  const { mayLeave, arrived, linkOpened } = joined
  const frame = frameOf(parts)
  const { receiver, sending } = federationOf(options, services, joined)
  const media: MediaOptions = {
    receiver,
    folder: blobs,
    world,
    leads,
    mayLeave,
    addressOf: (of) => `${of} node of the competent authority`,
  }
  const card = ourCard(keys, options.door.address, options.door.certificateSha256)
  const { unanswered } = frame
  const links = { media, card, opened: linkOpened, unanswered, heard: () => options.wake('heard') }
  parts.push(
    createIdentity(services),
    createLaw(services),
    ...options.pillars.map((pillar) => pillar.create(services)),
    createDecisions(services),
    createLinks(services, links, joined.parkedBy),
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
    due: () => ownActs.run(joined.due),
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

/** What takes bundles in, and what sends them. */
function federationOf(
  { database, world, keys, blobs, transport, leads, threads }: NodeOptions,
  { ownActs }: Pick<Node, 'ownActs'>,
  { arrived, mayLeave }: ReturnType<typeof join>,
) {
  const door = createBlobDoor(database, blobs, arrived)
  const shared = {
    keys,
    acts: ownActs,
    blobs: door,
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

/** What several parts have a share in, in their order; the parts may be added later. */
function join(parts: readonly Part[]) {
  const mayLeave: Departure = async (act, leaving, channel) => {
    for (const { departures } of parts) {
      const decide = departures?.[leaving.kind ?? '']
      if (decide !== undefined) return decide(act, leaving, channel)
    }
    return true
  }
  const arrived: Arrived = async (act, digest) => {
    for (const { contentArrived } of parts) await contentArrived?.(act, digest)
  }
  return {
    mayLeave,
    arrived,
    parkedBy: (kind: string) => parts.flatMap(({ parked }) => parked?.[kind] ?? [])[0],
    async due(act: Act): Promise<Instant | null> {
      const next: Instant[] = []
      for (const { due } of parts) {
        const at = (await due?.(act)) ?? null
        if (at !== null) next.push(at)
      }
      return next.length === 0 ? null : Math.min(...next)
    },
    async linkOpened(act: Act, partner: string): Promise<void> {
      for (const { linkOpened } of parts) await linkOpened?.(act, partner)
    },
  }
}

/** One handler for each kind of statement. Throws where a kind has none, or two. */
function handlersOf(parts: readonly Part[]): Handlers {
  const given = parts.flatMap(({ handlers }) => Object.entries(handlers))
  for (const kind of Object.keys(KINDS)) {
    const count = given.filter(([name]) => name === kind).length
    if (count !== 1) throw new Error(`INVARIANT: ${kind} has ${count} handlers`)
  }
  return Object.fromEntries(given) as unknown as Handlers
}
