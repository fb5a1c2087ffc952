/** The exercise's network: three nodes on this machine, made once, linked to each other, and opened again later. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { createDataFolder, openDataFolder } from '#node/dataFolder.ts'
import type { DataFolder } from '#node/dataFolder.ts'
import { acceptInvitation, confirmLink, ourCard } from '#node/federation/links.commands.ts'
import { readPartner } from '#node/federation/federation.store.ts'
import { listPeople } from '#node/identity/identity.store.ts'
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
  /** One folder for the whole network; each node has its own within. */
  readonly folder: string
  readonly world: World
  /** JP's console listens here, its door one above, its metrics two above; KR 100 and US 200 higher. */
  readonly basePort: number
  readonly logLevel: string
  readonly databaseUrl?: string
  readonly version: string
  /** Opens only these nations, of a network that has been made whole. */
  readonly only?: readonly string[]
  /** Where another program stands at the console's port: how much higher the node's own one is. */
  readonly consoleShift?: number
  /** Hears what is being done, for a screen. */
  progress(sentence: string): void
  /** The address at which one nation reaches the door of another, where it is not the door itself. */
  lay?(from: string, to: string, doorPort: number): Promise<string>
}

export interface Network {
  readonly nodes: Readonly<Record<string, RunningNode>>
  /** It was made now, and nothing has happened on it yet. */
  readonly isNew: boolean
  stop(): Promise<void>
}

/** Opens the network of a folder, and makes it first where it is not there yet. */
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
    const isNew = only === undefined && (await makeRest(options, nodes))
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
  const port = (each: { offset: number }) => options.basePort + each.offset
  const own = CAST.find((each) => each.nation === nation)!
  const settings = {
    nation,
    address: `https://127.0.0.1:${port(own) + 1}`,
    consoleHost: '127.0.0.1',
    consolePort: port(own) + (options.consoleShift ?? 0),
    doorHost: '127.0.0.1',
    doorPort: port(own) + 1,
    metricsPort: port(own) + 2,
    suite: 'ed25519+ml-dsa-87' as const,
    exercise: true,
    consoles: CAST.map((each) => ({ nation: each.nation, url: `http://localhost:${port(each)}` })),
  }
  return createDataFolder(path, settings, options.world)
}

/** People, then links: each step is skipped where it has been done, so that a broken first start can go on. */
async function makeRest(
  options: NetworkOptions,
  nodes: Readonly<Record<string, RunningNode>>,
): Promise<boolean> {
  const entered = await Promise.all(CAST.map((each) => enterPeople(options, each, nodes[each.nation]!)))
  for (const { nation: one } of CAST) {
    for (const { nation: other } of CAST) if (one < other) await link(options, nodes[one]!, nodes[other]!)
  }
  return entered.includes(true)
}

/** Enters the people of a nation; false where there are people already. */
async function enterPeople(
  options: NetworkOptions,
  { nation, people }: CastNation,
  { node, identity }: RunningNode,
): Promise<boolean> {
  // Looked at first, because to derive fifteen keys from passwords takes a second.
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

/** The card of one node as another gets it. */
async function cardOf(options: NetworkOptions, { folder }: RunningNode, reader: RunningNode) {
  const { nation, address, doorPort } = folder.settings
  const reached = (await options.lay?.(reader.folder.settings.nation, nation, doorPort)) ?? address
  return ourCard(folder.keys, reached, folder.tls.sha256)
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
