/** Test nodes for the federation's suites: several in one process, on a network that tests can disturb. */
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signCard } from '#wire/link/card.ts'
import type { SignedCard } from '#wire/link/card.ts'
import { linkOrigin, nationalOrigin } from '#wire/log/checkpoint.ts'
import { encodeHex } from '#wire/digest.ts'
import { KINDS } from '#wire/pillars.ts'
import type { Kind } from '#wire/pillars.ts'
import { exportKasPublic, generateKasKeys } from '#wire/seal/key.ts'
import { exportPublicKeys, generateSuiteKeys, publicKeysOf } from '#wire/suite.ts'
import { seededRandom } from '#wire/seal/testSeal.ts'
import { openBlobFolder } from '#node/kernel/blobs.ts'
import type { BlobFolder } from '#node/kernel/blobs.ts'
import { createActs } from '#node/kernel/command.ts'
import type { Act, Acts } from '#node/kernel/command.ts'
import type { Database } from '#node/kernel/database.ts'
import { takeLease } from '#node/kernel/lease.store.ts'
import type { World } from '#node/world.ts'
import { applyNext, oneByOne } from './apply.commands.ts'
import type { Handler, Handlers } from './apply.commands.ts'
import { createBlobPort } from './blobPort.store.ts'
import { createCosignedNotes } from './cosigned.ts'
import { createCourier } from './federation.courier.ts'
import type { Courier } from './federation.courier.ts'
import { confirmPartner, invitePartner, readPartner } from './federation.store.ts'
import type { NodeKeys } from './keys.ts'
import { leaderTest } from './leader.loop.ts'
import { NATIONAL_LOG, inLog, outLog } from './log.ts'
import { ensureLog, readNotedHead } from './log.store.ts'
import { receiveBundle, replyOf } from './receive.commands.ts'
import type { ReceiverOptions } from './receive.commands.ts'
import { createMeetings } from './meetings.ts'
import { say } from './say.commands.ts'
import { Unreachable } from './transport.ts'
import type { ExtendReply, Transport } from './transport.ts'
import { addCheckpoint } from './witness.commands.ts'

/** A clock that the test moves, and randomness from a seed. */
export interface TestWorld extends World {
  advance(ms: number): void
}

/** A world that starts at a fixed instant. */
export function createTestWorld(seed: string): TestWorld {
  let now = Date.UTC(2026, 0, 1)
  const random = seededRandom(seed)
  return { now: () => now, random, advance: (ms) => (now += ms) }
}

/** Records every statement as a row, so that a lost or doubled effect is visible. */
const record: Handler<Kind> = oneByOne(async (act, statement, heard) => {
  const name = `heard/${heard.from}/${String(heard.index).padStart(6, '0')}`
  await act.tx.insertInto('setting').values({ name, value: statement.id }).execute()
})

/** Handlers that record every statement. */
function recordingHandlers(): Handlers {
  return Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, record])) as unknown as Handlers
}

/** A test node with its own database. */
export interface TestNode {
  readonly nation: string
  readonly database: Database
  readonly acts: Acts
  readonly keys: NodeKeys
  readonly world: TestWorld
  readonly card: SignedCard
  readonly folder: BlobFolder
  readonly receiver: ReceiverOptions
  readonly arrived: string[]
  readonly handlers: Handlers
  /** Starts a courier that has met no partner yet, as a new process would. */
  startCourier(holder?: string): Courier
  say(to: string, control: string, blobs?: readonly string[]): Promise<string>
  apply(from: string): Promise<void>
  /** Ids of the statements that were applied, in order. */
  heard(from: string): Promise<string[]>
  close(): Promise<void>
}

/** A simulated network. Errors thrown by its callbacks reach the sender. */
export interface TestNetwork extends Record<'requests', number> {
  readonly nodes: Map<string, TestNode>
  /** Called before a bundle arrives; may alter it. Null loses it. */
  onRequest: (from: string, to: string, bundle: Uint8Array) => Uint8Array | null
  /** Called before a reply returns; may alter it. */
  onReply: (to: string, reply: ExtendReply) => ExtendReply
  onBlob: (chunks: AsyncIterable<Uint8Array>, fromByte: number) => AsyncIterable<Uint8Array>
}

/** A network without faults, until a test adds some. */
export function createTestNetwork(): TestNetwork {
  return {
    nodes: new Map(),
    requests: 0,
    onRequest: (_from, _to, bundle) => bundle,
    onReply: (_to, reply) => reply,
    onBlob: (chunks) => chunks,
  }
}

/** Splits bytes into chunks whose size matches no boundary of the format. */
export async function* chunked(bytes: Uint8Array, sizeBytes = 777): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += sizeBytes) yield bytes.subarray(at, at + sizeBytes)
}

/** The transport of one test node. */
export function transportOf(network: TestNetwork, from: string): Transport {
  const peer = (nation: string): TestNode => {
    const node = network.nodes.get(nation)
    if (node === undefined) throw new Unreachable('no_such_node')
    return node
  }
  return {
    async extend(partner, bundle) {
      network.requests += 1
      const sent = network.onRequest(from, partner.nation, bundle)
      if (sent === null) throw new Unreachable('lost')
      const received = await receiveBundle(peer(partner.nation).receiver, chunked(sent), from)
      return network.onReply(partner.nation, replyOf(received))
    },
    async fetchBlob(partner, digest, fromByte) {
      const node = peer(partner.nation)
      const blob = await node.database.query
        .selectFrom('blob')
        .selectAll()
        .where('digest', '=', digest)
        .executeTakeFirst()
      if (blob === undefined) throw new Unreachable('http_404')
      const stored = { digest: digest as never, sizeBytes: blob.size_bytes, bytes: blob.bytes }
      return network.onBlob(node.folder.read(stored, fromByte), fromByte)
    },
    async addCheckpoint(partner, request) {
      const node = peer(partner.nation)
      const asker = await node.receiver.readPartner(from)
      if (asker === null) throw new Unreachable('http_403')
      return addCheckpoint(node.acts, node.keys, asker, request)
    },
  }
}

/** Keys derived from the nation's code. */
function testKeys(nation: string): NodeKeys {
  return {
    nation,
    suite: generateSuiteKeys('ed25519', seededRandom(`suite ${nation}`)),
    seal: generateKasKeys('x25519', seededRandom(`seal ${nation}`)),
  }
}

/** The card of a test node. */
export function testCard(keys: NodeKeys, address: string, certificate: string): SignedCard {
  const card = {
    v: 1 as const,
    nation: keys.nation,
    address,
    certificate,
    keys: exportPublicKeys(publicKeysOf(keys.suite)),
    seal: exportKasPublic(keys.seal.public),
  }
  return signCard(card, keys.suite)
}

export interface TestNodeOptions {
  readonly nation: string
  readonly database: Database
  readonly network: TestNetwork
  readonly world: TestWorld
  readonly address?: string
  readonly certificate?: string
  readonly transport?: Transport
}

async function heardFrom(database: Database, from: string): Promise<string[]> {
  const rows = await database.query
    .selectFrom('setting')
    .select('value')
    .where('name', 'like', `heard/${from}/%`)
    .orderBy('name')
    .execute()
  return rows.map((row) => row.value)
}

/** Creates a node without links. */
export async function createTestNode(options: TestNodeOptions): Promise<TestNode> {
  const { nation, database, network, world } = options
  const keys = testKeys(nation)
  const acts = createActs({ database, world, nation, announce: () => undefined })
  const root = mkdtempSync(join(tmpdir(), 'entente-federation-'))
  const folder = await openBlobFolder(root, world.random)
  const arrived: string[] = []
  const blobs = createBlobPort(database, folder, async (_act, digest) => void arrived.push(digest))
  const cosigned = createCosignedNotes(keys, world, false)
  const meetings = createMeetings(world.now())
  const readPartnerOf = (from: string) => readPartner(database.query, from)
  const receiver = { keys, acts, blobs, cosigned, meetings, readPartner: readPartnerOf }
  const handlers = recordingHandlers()
  const transport = options.transport ?? transportOf(network, nation)
  await acts.run((act) => ensureLog(act.tx, NATIONAL_LOG, nationalOrigin(nation)))
  const node: TestNode = {
    nation,
    database,
    acts,
    keys,
    world,
    folder,
    receiver,
    arrived,
    handlers,
    card: testCard(keys, options.address ?? 'https://localhost:1', options.certificate ?? '0'.repeat(64)),
    startCourier(holder) {
      // As in a new process, the courier has met no partner.
      return createCourier({
        keys,
        acts,
        world,
        transport,
        blobs,
        leads: leadsAs(world, holder),
        mayLeave: async () => true,
        meetings: createMeetings(world.now()),
        cosigned,
        threads: false,
      })
    },
    async say(to, control, digests) {
      const saying = {
        kind: 'exchange.withdrawn' as const,
        body: { control },
        ...(digests && { blobs: digests }),
      }
      return (await acts.run((act) => say(act, to, saying))).id
    },
    async apply(from) {
      while ((await applyNext(acts, handlers, from)).more) continue
    },
    heard: (from) => heardFrom(database, from),
    async close() {
      await database.close()
      await rm(root, { recursive: true, force: true })
    },
  }
  network.nodes.set(nation, node)
  return node
}

const LEASE_MS = 5000

/** A process without a name is always the leader. */
function leadsAs(world: TestWorld, holder: string | undefined): (act: Act) => Promise<boolean> {
  if (holder === undefined) return async () => true
  return leaderTest(holder, world)
}

/** Takes the courier's lease for five seconds. */
export function takeCourierLease(node: TestNode, holder: string): Promise<boolean> {
  return node.acts.run((act) => takeLease(act.tx, 'courier', holder, node.world.now(), LEASE_MS))
}

/** Opens the link between two nodes, as their operators would. */
export async function linkNodes(one: TestNode, other: TestNode): Promise<void> {
  for (const [own, partner] of [
    [one, other],
    [other, one],
  ] as const) {
    await own.acts.run(async (act) => {
      await invitePartner(act.tx, partner.nation, partner.card, own.card)
      await confirmPartner(act.tx, partner.nation, act.world.now())
      await ensureLog(act.tx, outLog(partner.nation), linkOrigin(own.nation, partner.nation))
      await ensureLog(act.tx, inLog(partner.nation), linkOrigin(partner.nation, own.nation))
    })
  }
}

/** Steps until there is no more to do. */
export async function drain(courier: Courier, to: string): Promise<void> {
  while ((await courier.step(to)).more) continue
}

export const headOf = async (node: TestNode, log: string) =>
  (await node.acts.run((act) => readNotedHead(act.tx, log)))!

export const partnerOf = async (node: TestNode, nation: string) =>
  (await node.acts.run((act) => readPartner(act.tx, nation)))!

/** Adds exact bytes to the pending statements, as a faulty or hostile node might. */
export async function sayBytes(node: TestNode, to: string, bytes: Uint8Array): Promise<void> {
  await node.database.query
    .insertInto('log_pending')
    .values({ log: outLog(to), bytes })
    .execute()
}

export const idOf = (number: number): string => encodeHex(Buffer.alloc(16, number))

const COPIED_TABLES = ['partner', 'log', 'log_entry', 'log_subtree', 'witnessed', 'setting'] as const
type Snapshot = ReadonlyMap<string, readonly object[]>

/** Copies the tables of links, as a backup would. */
export async function copyOf(database: Database): Promise<Snapshot> {
  const tables = new Map<string, object[]>()
  for (const table of COPIED_TABLES)
    tables.set(table, await database.query.selectFrom(table).selectAll().execute())
  return tables
}

/** Replaces the tables of links by a copy. */
export async function restore(database: Database, copy: Snapshot): Promise<void> {
  await database.transact(async (tx) => {
    await tx.deleteFrom('log_pending').execute()
    for (const table of COPIED_TABLES.toReversed()) await tx.deleteFrom(table).execute()
    for (const table of COPIED_TABLES) {
      const rows = copy.get(table) ?? []
      if (rows.length > 0)
        await tx
          .insertInto(table)
          .values(rows as never)
          .execute()
    }
  })
}
