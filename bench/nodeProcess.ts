/** One nation's node in a separate process, which the benchmark controls. */
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import type { SignedCard } from '#wire/link/card.ts'
import type { SuiteName } from '#wire/suite.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { createDataFolder, openDataFolder } from '#node/dataFolder.ts'
import type { DataFolder } from '#node/dataFolder.ts'
import { giveAssurance } from '#node/exchange/assurances/assurance.commands.ts'
import { acceptInvitation, confirmLink, ourCard } from '#node/federation/links.commands.ts'
import { enterExercisePeople } from '#node/identity/seed.commands.ts'
import { performSignIn, resumeSession } from '#node/identity/signIn.commands.ts'
import type { Hint } from '#node/kernel/command.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import { createLogger } from '#node/observe.ts'
import { runNode } from '#node/run.ts'
import type { RunningNode } from '#node/run.ts'
import { systemWorld } from '#node/world.system.ts'
import { CAST, EXERCISE_PASSWORD } from '#scenario/cast.ts'
import { INSTRUMENTS_FOLDER, SITE_FOLDER } from '#scenario/network.ts'
import { createLoad, purposeOf } from './load.ts'
import type { Load } from './load.ts'
import { createLarge } from './large.ts'
import { createMany } from './many.ts'
import type { NodePorts } from './ports.ts'
import { serve } from './rpc.ts'

/** How a node is opened: its folder, ports, database and suite. */
export interface Opening {
  readonly nation: string
  readonly folder: string
  readonly ports: NodePorts
  readonly suite: SuiteName
  readonly databaseUrl: string
}

let running: RunningNode | null = null
let load: Load | null = null
const listeners = new Set<(hints: readonly Hint[]) => void>()

function node(): RunningNode {
  if (running === null) throw new Error('the node is not open')
  return running
}

function must<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`refused: ${JSON.stringify(value.reasons)}`)
  return value
}

async function signIn(person: string): Promise<SignedIn> {
  const { node: own, identity } = node()
  const { token } = must(await performSignIn(own.acts, identity, person, EXERCISE_PASSWORD))
  const session = await own.ownActs.run((act) => resumeSession(act, identity, token))
  if (session === null) throw new Error(`${person} has no session`)
  return session
}

/** Creates a node and its people, and runs it. */
async function open(opening: Opening): Promise<SignedCard> {
  const { nation, suite } = opening
  const [consolePort, doorPort, metricsPort] = opening.ports
  const settings = {
    nation,
    address: `https://127.0.0.1:${doorPort}`,
    consoleHost: '127.0.0.1',
    consolePort,
    doorHost: '127.0.0.1',
    doorPort,
    metricsPort,
    suite,
    exercise: true,
    consoles: [],
  }
  await run(createDataFolder(opening.folder, settings, systemWorld), opening.databaseUrl)
  const people = CAST.find((member) => member.nation === nation)!.people(systemWorld.now())
  must(await enterExercisePeople(node().node.acts, node().identity, people, EXERCISE_PASSWORD))
  return ownCard()
}

/** Runs a node that another process has created. */
async function reopen(opening: Opening): Promise<void> {
  await run(openDataFolder(opening.folder), opening.databaseUrl)
}

async function run(folder: DataFolder, databaseUrl: string): Promise<void> {
  running = await runNode({
    folder,
    instrumentsFolder: INSTRUMENTS_FOLDER,
    world: systemWorld,
    log: createLogger(folder.settings.nation, 'warn'),
    siteFolder: SITE_FOLDER,
    version: 'bench',
    heard: (hints) => listeners.forEach((listener) => listener(hints)),
    databaseUrl,
  })
}

function ownCard(): SignedCard {
  const { folder } = node()
  return ourCard(folder.keys, folder.settings.address, folder.tls.sha256)
}

/**
 * Opens the link to the nation of a card, as two operators do, and signs in our people, which creates their
 * keys.
 */
async function link({ nation, card }: { nation: string; card: SignedCard }): Promise<void> {
  const { node: own } = node()
  const invited = must(await own.acts.run((act) => acceptInvitation(act, card, ownCard(), 'bench')))
  must(await own.acts.run((act) => confirmLink(act, nation, invited.fingerprint, 'bench', own.linkOpened)))
  for (const person of [
    'analyst',
    'release-authority-1',
    'release-authority-2',
    'officer',
    'security-officer',
  ]) {
    await signIn(person)
  }
}

/** Gives the receiver's assurance, without which nothing is provided (Art. 7.5). */
async function assure({ partner }: { partner: string }): Promise<void> {
  const { node: own } = node()
  const by = await signIn('security-officer')
  const input = {
    partner,
    organisation: 'kr-mnd-dia',
    markings: ['군사 Ⅱ급 비밀'],
    purposes: [await purposeOf(node())],
    until: systemWorld.now() + 30 * 86_400_000,
  }
  must(await own.acts.run((act) => giveAssurance(act, own.services, by, input)))
}

async function isAssured(): Promise<boolean> {
  const rows = await node().database.query.selectFrom('assurance').select('id').execute()
  return rows.length > 0
}

/** Waits until no statement is queued for a log. */
async function settle(): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ count: number }>`select count(*)::bigint as count from log_pending`.execute(
      node().database.query,
    )
    if (rows[0]?.count === 0) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function loadOf(): Promise<Load> {
  load ??= await createLoad(node(), signIn, (listener) => listeners.add(listener))
  return load
}

const large = createLarge(node, signIn, (listener) => listeners.add(listener))
const many = createMany(node)

/** Peak memory of this program. `getrusage` on Linux would count from the size of the parent process. */
function peakBytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return Number(kib) * 1024
}

const commands = {
  open,
  reopen,
  link,
  assure,
  isAssured,
  settle,
  prepare: async ({ count }: { count: number }) => (await loadOf()).prepare(count),
  release: async ({ inFlight, count }: { inFlight: number; count: number }) =>
    (await loadOf()).release(inFlight, count),
  send: large.send,
  read: large.read,
  fill: many.fill,
  list: many.list,
  async memory() {
    return { peakBytes: peakBytes() }
  },
  async stop() {
    await running?.stop()
  },
}

export type NodeCommands = typeof commands

serve(commands)
