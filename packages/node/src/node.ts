/** One node, wired: every part is given what it needs here and nowhere else. */
import { nationalOrigin } from '#wire/log/checkpoint.ts'
import { Malformed } from '#wire/json.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Sha384 } from '#wire/digest.ts'
import { applyNext, oneByOne } from '#node/federation/apply.ts'
import type { Handlers } from '#node/federation/apply.ts'
import { createBlobDoor } from '#node/federation/blobDoor.store.ts'
import type { Arrived } from '#node/federation/blobDoor.store.ts'
import { fetchWanted } from '#node/federation/content.courier.ts'
import { createCosignedNotes } from '#node/federation/cosigned.ts'
import { createCourier } from '#node/federation/federation.courier.ts'
import type { Courier, Stepped } from '#node/federation/federation.courier.ts'
import type { NodeKeys } from '#node/federation/keys.ts'
import { NATIONAL_LOG } from '#node/federation/log.ts'
import { ensureLog } from '#node/federation/log.store.ts'
import { createMeetings } from '#node/federation/meetings.ts'
import { receiveBundle } from '#node/federation/receive.ts'
import type { Received, ReceiverOptions } from '#node/federation/receive.ts'
import type { Departure } from '#node/federation/sequence.ts'
import type { Transport } from '#node/federation/transport.ts'
import { loadInstruments } from '#node/law/law.commands.ts'
import { keepTexts } from '#node/gate/decision.store.ts'
import type { Gate } from '#node/gate/gate.ts'
import { readPartner } from '#node/federation/federation.store.ts'
import { contentArrived } from '#node/exchange/items/accept.commands.ts'
import { mayLeave as mayLeaveNow } from '#node/exchange/items/departure.commands.ts'
import type { Law } from '#node/law/governing.ts'
import {
  onAccepted,
  onAssuranceWithdrawn,
  onAssured,
  onDeclared,
  onEntryRefused,
  onOffered,
  onOpened,
  onRefused,
  onWithdrawn,
} from '#node/exchange/exchange.peer.ts'
import { onRegisterStated } from '#node/exchange/register/reconcile.commands.ts'
import { createDueReleases } from '#node/exchange/items/release.commands.ts'
import type { ExchangeServices } from '#node/exchange/services.ts'
import { onDirectoryEntered, onDirectoryWithdrawn } from '#node/identity/identity.peer.ts'
import type { IdentitySettings } from '#node/identity/settings.ts'
import type { BlobFolder } from '#node/kernel/blobs.ts'
import { createActs } from '#node/kernel/command.ts'
import type { Act, Acts, Hint } from '#node/kernel/command.ts'
import type { Database } from '#node/kernel/database.ts'
import type { World } from './world.ts'

export interface NodeOptions {
  readonly nation: string
  readonly database: Database
  readonly world: World
  readonly keys: NodeKeys
  readonly blobs: BlobFolder
  readonly law: Law
  readonly gate: Gate
  readonly identity: IdentitySettings
  readonly transport: Transport
  /** Signs on the thread pool; the simulator does not, so that its order is fixed. */
  readonly threads: boolean
  /** Whether this process may act as the courier; asked inside the act. */
  leads(act: Act): Promise<boolean>
  /** Hears, after each commit, what changed. */
  announce(hints: readonly Hint[]): void
  /** A person said something, and it was committed: it has to be carried. */
  wake(): void
}

/** A node without timers and sockets: whoever runs it calls these. */
export interface Node {
  readonly nation: string
  /** Acts of people; what they say wakes the courier. */
  readonly acts: Acts
  /** Acts of the node itself, which wake nobody. */
  readonly ownActs: Acts
  readonly services: ExchangeServices
  readonly courier: Courier
  readonly receiver: ReceiverOptions
  readonly mayLeave: Departure
  /** Takes in a bundle; `authenticated` is the nation that the connection proved, null for media. */
  receive(chunks: AsyncIterable<Uint8Array>, authenticated: string | null): Promise<Received>
  /** Applies what has arrived from a partner. */
  apply(from: string): Promise<{ applied: number; more: boolean }>
  /** Fetches content that is wanted from a partner. */
  fetchContent(from: string): Promise<Stepped>
  /** Does what had to wait for a time that has come; returns when there will be more of it. */
  due(): Promise<number | null>
}

/** Wires a node and makes sure that its own log exists. */
export async function createNode(options: NodeOptions): Promise<Node> {
  const { nation, database, world, keys, transport, blobs, leads, threads } = options
  const { acts, ownActs } = actsOf(options)
  const { law, gate, identity } = options
  const services: ExchangeServices = { nation, law, gate, keys, blobs, acts, database, world, identity }
  const arrived: Arrived = (act, digest) => contentArrived(act, services, digest as Sha384)
  const door = createBlobDoor(database, blobs, arrived)
  const cosigned = createCosignedNotes(keys, world, threads)
  const meetings = createMeetings(world.now())
  const receiver: ReceiverOptions = {
    keys,
    acts: ownActs,
    blobs: door,
    cosigned,
    meetings,
    readPartner: (from) => readPartner(database.query, from),
  }
  const handlers = handlersOf(services)
  const releaseDue = createDueReleases(services)
  const mayLeave: Departure = (act, leaving) => mayLeaveNow(act, services, leaving)
  await ownActs.run((act) => enterOwn(act, options))
  return {
    nation,
    acts,
    ownActs,
    services,
    courier: createCourier({
      keys,
      acts: ownActs,
      world,
      transport,
      blobs: door,
      leads,
      threads,
      meetings,
      cosigned,
      mayLeave,
    }),
    receiver,
    mayLeave,
    due: () => ownActs.run(releaseDue),
    receive: (chunks, authenticated) => receiveBundle(receiver, chunks, authenticated),
    apply: (from) => applyNext(ownActs, handlers, from),
    fetchContent: (from) =>
      fetchWanted({ acts: ownActs, world, transport, folder: blobs, arrived, leads }, from),
  }
}

function actsOf({ database, world, nation, announce, wake }: NodeOptions): Pick<Node, 'acts' | 'ownActs'> {
  return {
    ownActs: createActs({ database, world, nation, announce }),
    acts: createActs({
      database,
      world,
      nation,
      announce(hints, hasSaid) {
        announce(hints)
        if (hasSaid) wake()
      },
    }),
  }
}

/** What every node has before it does anything: its own log, the instruments, and the texts that decisions name. */
async function enterOwn(act: Act, { nation, law, gate }: NodeOptions): Promise<void> {
  await ensureLog(act.tx, NATIONAL_LOG, nationalOrigin(nation))
  await loadInstruments(act, law.instruments)
  const profiles = law.instruments.map(({ profile }) => profile)
  await keepTexts(act.tx, gate, profiles)
}

function handlersOf(services: ExchangeServices): Handlers {
  return {
    'directory.entered': oneByOne(async (act, statement, heard) =>
      parkRefused(await onDirectoryEntered(act, statement, heard)),
    ),
    'directory.withdrawn': oneByOne(async (act, statement, heard) =>
      parkRefused(await onDirectoryWithdrawn(act, statement, heard)),
    ),
    'agreement.declared': onDeclared,
    'assurance.given': onAssured(services),
    'assurance.withdrawn': onAssuranceWithdrawn,
    'exchange.offered': onOffered(services),
    'exchange.withdrawn': onWithdrawn,
    'exchange.accepted': onAccepted,
    'exchange.refused': onRefused,
    'exchange.opened': onOpened,
    'entry.refused': onEntryRefused,
    'register.stated': onRegisterStated,
  }
}

/** What a handler refuses is parked and answered like what is malformed. */
function parkRefused(result: unknown): void {
  if (isRefusal(result)) throw new Malformed(result.reasons[0].code, 'statement')
}
