/**
 * What a script is played on: the consoles of three nodes, sessions that are kept from script to script, names for
 * what the script writes, and waiting that follows the stream of hints.
 */
import { CAST, EXERCISE_PASSWORD } from './cast.ts'
import { signIn } from './client.ts'
import type { Session, Watch } from './client.ts'
import { untilSeen } from './waiting.ts'
import type { Network } from './network.ts'
import type { Routing } from './script.ts'
import type { Wires } from './wires.ts'

/** Where an item named in a script stands. */
export interface NamedItem {
  readonly nation: string
  readonly routing: Routing
  readonly draft: string
  /** Set when it was first submitted. */
  control: string | null
  /** Set when it was released. */
  item: string | null
  proposalDigest: string | null
}

export interface Stage {
  /** Address of a nation's console. */
  consoleOf(nation: string): string
  /** Who speaks now. */
  speaker(): Session
  step(nation: string, person: string): Promise<Session>
  readonly items: Map<string, NamedItem>
  /** Ids of the assurances that this script gave. */
  readonly assurances: Set<string>
  /** Files that scripts upload, by name. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  /** Evidence exported so far, by nation and item name. */
  readonly evidence: Map<string, Uint8Array<ArrayBuffer>>
  /** The last bundle that was carried, by `FROM TO`. */
  readonly bundles: Map<string, Uint8Array<ArrayBuffer>>
  readonly wires: Wires | null
  /**
   * Asks again after each hint of the speaker's node until `done`; returns the last answer either way.
   * Bounded: the one who asked says what was missing.
   */
  until<T>(look: () => Promise<T>, done: (seen: T) => boolean): Promise<T>
  close(): void
}

/** How long a script waits for one thing. Crossing takes a fraction of a second; a busy machine takes longer. */
const WAIT_MS_MAX = 45_000

export interface StageOptions {
  readonly files?: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  readonly wires?: Wires
}

/** Sets a stage over a running network. */
export function setStage(network: Network, options: StageOptions = {}): Stage {
  const sessions = new Map<string, Session>()
  const watches = new Map<string, Watch>()
  let speaker: Session | null = null
  const consoleOf = (nation: string): string => {
    const node = network.nodes[nation]
    if (node === undefined)
      throw new Error(`There is no nation ${nation} here, but ${CAST.map((each) => each.nation).join(', ')}.`)
    return `http://127.0.0.1:${node.folder.settings.consolePort}`
  }
  const speaking = (): Session => {
    if (speaker === null) throw new Error('Nobody speaks yet: begin with a line such as "as JP analyst".')
    return speaker
  }
  const watchOf = async (session: Session): Promise<Watch> => {
    const watch = watches.get(session.nation) ?? (await session.watch())
    watches.set(session.nation, watch)
    return watch
  }
  return {
    consoleOf,
    speaker: speaking,
    items: new Map(),
    assurances: new Set(),
    evidence: new Map(),
    bundles: new Map(),
    files: options.files ?? new Map(),
    wires: options.wires ?? null,
    async step(nation, person) {
      const name = `${nation} ${person}`
      speaker = sessions.get(name) ?? (await signIn(consoleOf(nation), nation, person, EXERCISE_PASSWORD))
      sessions.set(name, speaker)
      return speaker
    },
    async until(look, done) {
      return untilSeen(await watchOf(speaking()), look, done, WAIT_MS_MAX)
    },
    close() {
      for (const watch of watches.values()) watch.close()
    },
  }
}
