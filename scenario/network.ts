/** The network of the exercise: three linked nodes on this machine, created once and reopened later. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { defaultSuite } from '#wire/suite.ts'
import { createDataFolder, openDataFolder } from '#node/dataFolder.ts'
import type { DataFolder } from '#node/dataFolder.ts'
import { acceptInvitation, confirmLink, ourCard } from '#node/federation/links.commands.ts'
import { readPartner } from '#node/federation/federation.store.ts'
import { listPeople } from '#node/identity/person.store.ts'
import { enterExercisePeople } from '#node/identity/seed.commands.ts'
import { runNode } from '#node/run.ts'
import type { RunningNode } from '#node/run.ts'
import { createLogger } from '#node/observe.ts'
import type { World } from '#node/world.ts'
import { CAST, EXERCISE_PASSWORD } from './cast.ts'
import type { CastNation } from './cast.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
export const INSTRUMENTS_FOLDER = join(ROOT, 'instruments')
export const SITE_FOLDER = join(ROOT, 'packages/web/dist')

export interface NetworkOptions {
  /** The folder of the network; each node has a folder in it. */
  readonly folder: string
  readonly world: World
  /**
   * Port of JP's console. The door is one above, the metrics port two above; KR's are 100 and US's 200
   * higher.
   */
  readonly basePort: number
  readonly logLevel: string
  readonly databaseUrl?: string
  readonly version: string
  /** Opens only these nations of a network that already exists. */
  readonly only?: readonly string[]
  /** Added to the port of the node's own console, if another program listens on the usual one. */
  readonly consoleShift?: number
  /** Called with a sentence before each step, to show progress. */
  progress(sentence: string): void
  /** URL at which `from` reaches the door of `to`, if not the door itself: a relay or load balancer. */
  doorAddress?(from: string, to: string, doorPort: number): Promise<string>
}

export interface Network {
  readonly nodes: Readonly<Record<string, RunningNode>>
  /** True if this call created the network, so that nothing has happened on it yet. */
  readonly isNew: boolean
  stop(): Promise<void>
}

/** Opens the network in a folder, and creates what is missing. */
export async function openNetwork(options: NetworkOptions): Promise<Network> {
  const nodes: Record<string, RunningNode> = {}
  const stop = async (): Promise<void> => {
    await Promise.all(Object.values(nodes).map((node) => node.stop()))
  }
  const { only } = options
  const cast = CAST.filter(({ nation }) => only === undefined || only.includes(nation))
  try {
    await Promise.all(
      cast.map(async ({ nation }) => {
        const folder = folderOf(options, nation)
        options.progress(`${nation}: opening the node`)
        nodes[nation] = await runNode({
          folder,
          instrumentsFolder: INSTRUMENTS_FOLDER,
          world: options.world,
          log: createLogger(nation, options.logLevel),
          siteFolder: SITE_FOLDER,
          version: options.version,
          ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
        })
      }),
    )
    const isNew = only === undefined && (await completeSetUp(options, nodes))
    return { nodes, isNew, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function folderOf(options: NetworkOptions, nation: string): DataFolder {
  const path = join(options.folder, nation.toLowerCase())
  if (existsSync(join(path, 'node.json'))) return openDataFolder(path)
  options.progress(`${nation}: making keys and a certificate`)
  const port = (cast: { offset: number }) => options.basePort + cast.offset
  const own = CAST.find((cast) => cast.nation === nation)!
  const settings = {
    nation,
    address: `https://127.0.0.1:${port(own) + 1}`,
    consoleHost: '127.0.0.1',
    consolePort: port(own) + (options.consoleShift ?? 0),
    doorHost: '127.0.0.1',
    doorPort: port(own) + 1,
    metricsPort: port(own) + 2,
    suite: defaultSuite,
    exercise: true,
    consoles: CAST.map((cast) => ({ nation: cast.nation, url: `http://localhost:${port(cast)}` })),
  }
  return createDataFolder(path, settings, options.world)
}

/** Adds people, then links; skips what an interrupted start completed. True if any people were added. */
async function completeSetUp(
  options: NetworkOptions,
  nodes: Readonly<Record<string, RunningNode>>,
): Promise<boolean> {
  const entered = await Promise.all(CAST.map((cast) => enterPeople(options, cast, nodes[cast.nation]!)))
  for (const { nation: one } of CAST) {
    for (const { nation: other } of CAST) if (one < other) await link(options, nodes[one]!, nodes[other]!)
  }
  return entered.includes(true)
}

/** Adds the people of a nation. False if it already has people. */
async function enterPeople(
  options: NetworkOptions,
  { nation, people }: CastNation,
  { node, identity }: RunningNode,
): Promise<boolean> {
  // Checked first: deriving fifteen keys from passwords takes a second.
  if (await node.ownActs.run(async (act) => (await listPeople(act.tx)).length > 0)) return false
  const now = options.world.now()
  const entered = must(await enterExercisePeople(node.acts, identity, people(now), EXERCISE_PASSWORD))
  options.progress(`${nation}: ${entered.entered} people entered`)
  return true
}

async function link(options: NetworkOptions, one: RunningNode, other: RunningNode): Promise<void> {
  const card = await cardOf(options, one, other)
  const otherCard = await cardOf(options, other, one)
  const first = await linkTo(one, other.folder.settings.nation, otherCard, card)
  const second = await linkTo(other, one.folder.settings.nation, card, otherCard)
  if (first || second) {
    const nations = `${one.folder.settings.nation} and ${other.folder.settings.nation}`
    options.progress(`${nations}: linked over mutual TLS, fingerprint compared`)
  }
}

/** The card that one node gives to `reader`. */
async function cardOf(options: NetworkOptions, { folder }: RunningNode, reader: RunningNode) {
  const { nation, address, doorPort } = folder.settings
  const from = reader.folder.settings.nation
  const door = (await options.doorAddress?.(from, nation, doorPort)) ?? address
  return ourCard(folder.keys, door, folder.tls.sha256)
}

async function linkTo(
  running: RunningNode,
  partner: string,
  card: ReturnType<typeof ourCard>,
  own: ReturnType<typeof ourCard>,
): Promise<boolean> {
  const { node } = running
  const known = await node.acts.run((act) => readPartner(act.tx, partner))
  if (known !== null && known.state !== 'invited') return false
  const invited = must(await node.acts.run((act) => acceptInvitation(act, card, own, 'exercise')))
  must(
    await node.acts.run((act) => confirmLink(act, partner, invited.fingerprint, 'exercise', node.linkOpened)),
  )
  return true
}

function must<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`the exercise cannot be set up: ${value.reasons[0].code}`)
  return value
}
