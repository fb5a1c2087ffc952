/** A network of nations in one process for tests: real nodes and databases, and a transport of direct calls. */
import { createHash } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '#api/identity.ts'
import { openApiDocument } from '#api/openapi.ts'
import { isRefusal } from '#api/refusals.ts'
import { signCard } from '#wire/link/card.ts'
import { linkOrigin } from '#wire/log/checkpoint.ts'
import { exportKasPublic, generateKasKeys } from '#wire/seal/key.ts'
import { exportPublicKeys, generateSuiteKeys, publicKeysOf } from '#wire/suite.ts'
import type { SuiteName } from '#wire/suite.ts'
import { ladderOf } from '#node/law/nations.ts'
import { confirmPartner, invitePartner, readPartner } from '#node/federation/federation.store.ts'
import type { NodeKeys } from '#node/federation/keys.ts'
import { inLog, outLog } from '#node/federation/log.ts'
import { ensureLog } from '#node/federation/log.store.ts'
import { Unreachable } from '#node/federation/transport.ts'
import type { Transport } from '#node/federation/transport.ts'
import { addCheckpoint } from '#node/federation/witness.commands.ts'
import { consoleRoutes } from '#node/console/console.routes.ts'
import { enterExercisePeople } from '#node/identity/seed.commands.ts'
import type { ExercisePerson } from '#node/identity/seed.commands.ts'
import { IDENTITY_SETTINGS } from '#node/identity/settings.ts'
import type { IdentitySettings } from '#node/identity/settings.ts'
import { PASSWORD_PROFILES } from '#node/identity/password.ts'
import { performSignIn, resumeSession } from '#node/identity/signIn.commands.ts'
import { openBlobFolder } from '#node/kernel/blobs.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Database } from '#node/kernel/database.ts'
import { createHttp } from '#node/kernel/http.ts'
import { createHints } from '#node/kernel/stream.ts'
import { createNode } from './node.ts'
import type { Node } from './node.ts'
import { PILLARS } from './pillars.ts'
import { GATE, INSTRUMENTS, NATIONS } from './testFacts.ts'
import type { World } from './world.ts'

/** The door on a card, where nothing listens. */
export const DOOR = { address: 'https://node.entente.invalid:1', certificateSha256: '0'.repeat(64) }
const TEST_PASSWORD = 'exercise exercise exercise'

/** A world whose clock moves only by `pass`, and whose randomness comes from a seed. */
export function seededWorld(seed: string, startMs: number): World & { pass(durationMs: number): void } {
  let now = startMs
  let counter = 0
  return {
    now: () => now,
    pass(durationMs) {
      now += durationMs
    },
    random(sizeBytes) {
      const blocks: Buffer[] = []
      for (let have = 0; have < sizeBytes; have += 64) {
        blocks.push(
          createHash('sha512')
            .update(`${seed} ${(counter += 1)}`)
            .digest(),
        )
      }
      return Buffer.concat(blocks).subarray(0, sizeBytes)
    },
  }
}

export interface TestNation {
  readonly node: Node
  readonly world: ReturnType<typeof seededWorld>
  readonly database: Database
  readonly keys: NodeKeys
  /** Signs in a person. */
  as(person: string): Promise<SignedIn>
}

export interface TestNetwork {
  readonly nations: Readonly<Record<string, TestNation>>
  /** Carries and applies bundles until nothing moves; throws if that takes too many rounds. */
  settle(): Promise<void>
  /** Stops bundles from one nation to another, or lets them pass again. */
  cut(from: string, to: string, isCut: boolean): void
}

/** The people of a nation: one or two for every role that the tests need. */
export function testPeople(nation: string, startMs: number): ExercisePerson[] {
  const year = 365 * 86_400_000
  const top = ladderOf(NATIONS, nation).at(-1)!.marking
  const clearance = { marking: top, from: startMs - year, until: startMs + year }
  const organisation = nation === 'JP' ? 'jp-mod-dih' : nation === 'KR' ? 'kr-mnd-dia' : 'us-dod'
  const grant = { scope: 'category:missile_launch', from: startMs - year, until: startMs + year }
  const person = (id: string, roles: Role[], more: Partial<ExercisePerson> = {}): ExercisePerson => ({
    id,
    office: `${nation} ${id}`,
    organisation,
    roles,
    clearance,
    ...more,
  })
  return [
    person('analyst', ['analyst']),
    person('release-1', ['release_authority']),
    person('release-2', ['release_authority']),
    person('registrar', ['registrar']),
    person('officer', ['officer'], { needToKnow: [grant] }),
    person('officer-without-need', ['officer']),
    {
      id: 'officer-without-clearance',
      office: `${nation} officer without clearance`,
      organisation,
      roles: ['officer'],
      needToKnow: [grant],
    },
    person('security', ['security_officer']),
    person('supply', ['supply_officer']),
  ]
}

/** Builds nations, links every pair, and settles. */
export async function testNetwork(
  names: readonly string[],
  open: () => Promise<Database>,
  options: { seed?: string; startMs?: number; suite?: SuiteName } = {},
): Promise<TestNetwork> {
  const startMs = options.startMs ?? Date.parse('2026-11-24T00:00:00Z')
  const cuts = new Set<string>()
  const nations: Record<string, TestNation> = {}
  for (const name of names) {
    const world = seededWorld(`${options.seed ?? 'seed'} ${name}`, startMs)
    nations[name] = await testNation(name, world, await open(), nations, cuts, options.suite ?? 'ed25519')
  }
  for (const one of names) for (const other of names) if (one !== other) await link(nations, one, other)
  const network: TestNetwork = {
    nations,
    settle: () => settle(nations),
    cut: (from, to, isCut) => (isCut ? cuts.add(`${from}>${to}`) : cuts.delete(`${from}>${to}`)),
  }
  await network.settle()
  return network
}

async function testNation(
  name: string,
  world: ReturnType<typeof seededWorld>,
  database: Database,
  nations: Record<string, TestNation>,
  cuts: ReadonlySet<string>,
  suite: SuiteName,
): Promise<TestNation> {
  const random = (sizeBytes: number) => world.random(sizeBytes)
  const keys: NodeKeys = {
    nation: name,
    suite: generateSuiteKeys(suite, random),
    seal: generateKasKeys('x25519', random),
  }
  const identity: IdentitySettings = {
    ...IDENTITY_SETTINGS,
    password: PASSWORD_PROFILES.light,
    markings: ladderOf(NATIONS, name).map((rung) => rung.marking),
  }
  const folder = mkdtempSync(join(tmpdir(), 'entente-test-'))
  const blobs = await openBlobFolder(folder, random)
  const transport = directTransport(name, nations, cuts)
  const node = await createNode({
    nation: name,
    database,
    world,
    keys,
    blobs,
    pillars: PILLARS,
    instruments: INSTRUMENTS,
    nations: NATIONS,
    gate: GATE,
    identity,
    transport,
    door: DOOR,
    threads: false,
    leads: async () => true,
    announce: () => {},
    wake: () => {},
  })
  await enterExercisePeople(node.acts, identity, testPeople(name, world.now()), TEST_PASSWORD)
  return { node, world, database, keys, as: (person) => signInAs(node, person) }
}

/** The HTTP API of a nation. @param report called with an unexpected error */
export function httpOf({ node }: TestNation, report: (error: unknown) => string) {
  const installation = { exercise: false, consoles: [], version: '0', runtime: 'test' }
  return createHttp({
    nation: node.nation,
    bindings: [...node.routes, ...consoleRoutes(node.services, node.frame, createHints(), installation)],
    authenticate: (token) => node.ownActs.run((act) => resumeSession(act, node.services.identity, token)),
    report,
    document: openApiDocument('0'),
  })
}

/** Signs in a person and returns the cookie that their browser would send. */
export async function cookieOf({ node }: TestNation, person: string): Promise<string> {
  return `__Host-entente-${node.nation.toLowerCase()}=${await tokenOf(node, person)}`
}

async function signInAs(node: Node, person: string): Promise<SignedIn> {
  const token = await tokenOf(node, person)
  const session = await node.acts.run((act) => resumeSession(act, node.services.identity, token))
  if (session === null) throw new Error(`${person} has no session`)
  return session
}

async function tokenOf(node: Node, person: string): Promise<string> {
  const started = await performSignIn(node.acts, node.services.identity, person, TEST_PASSWORD)
  if (isRefusal(started)) throw new Error(`${person} cannot sign in: ${started.reasons[0].code}`)
  return started.token
}

function directTransport(
  name: string,
  nations: Record<string, TestNation>,
  cuts: ReadonlySet<string>,
): Transport {
  const reach = (to: string): TestNation => {
    const nation = nations[to]
    if (nation === undefined || cuts.has(`${name}>${to}`)) throw new Unreachable('cut')
    return nation
  }
  return {
    async extend(partner, bundle) {
      const received = await reach(partner.nation).node.receive(one(bundle), name)
      if (received.outcome === 'cosigned' || received.outcome === 'behind') {
        return { outcome: received.outcome, body: received.note }
      }
      if (received.outcome === 'refused') return { outcome: 'refused', body: Buffer.from(received.code) }
      return { outcome: 'frozen', body: new Uint8Array(0) }
    },
    async fetchBlob() {
      throw new Unreachable('not_here')
    },
    async addCheckpoint(partner, request) {
      const { node, keys } = reach(partner.nation)
      const us = await node.acts.run((act) => readPartner(act.tx, name))
      return addCheckpoint(node.acts, keys, us!, request)
    },
  }
}

async function* one(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

function cardOf(keys: NodeKeys) {
  return signCard(
    {
      v: 1,
      nation: keys.nation,
      address: `https://${keys.nation.toLowerCase()}.entente.invalid:1`,
      certificate: '0'.repeat(64),
      keys: exportPublicKeys(publicKeysOf(keys.suite)),
      seal: exportKasPublic(keys.seal.public),
    },
    keys.suite,
  )
}

async function link(nations: Record<string, TestNation>, one: string, other: string): Promise<void> {
  const { node, keys } = nations[one]!
  await node.acts.run(async (act) => {
    await invitePartner(act.tx, other, cardOf(nations[other]!.keys), cardOf(keys))
    await confirmPartner(act.tx, other, act.world.now())
    await ensureLog(act.tx, outLog(other), linkOrigin(one, other))
    await ensureLog(act.tx, inLog(other), linkOrigin(other, one))
    await node.linkOpened(act, other)
  })
}

async function settle(nations: Record<string, TestNation>): Promise<void> {
  for (let round = 0; round < 200; round += 1) {
    let moved = false
    for (const [name, { node, world }] of Object.entries(nations)) {
      for (const other of Object.keys(nations).filter((nation) => nation !== name)) {
        while ((await node.apply(other)).more) moved = true
        if ((await node.courier.step(other)).more) moved = true
      }
      world.pass(1000)
    }
    if (!moved && round > 8) return
  }
  throw new Error('the network does not settle')
}
