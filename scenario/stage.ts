/**
 * The state of a script while it is played: sessions at the consoles of three nodes, the memory of the
 * pillars, and a wait that follows the stream of hints.
 */
import { CAST, EXERCISE_PASSWORD } from './cast.ts'
import { signIn } from './client.ts'
import type { Session, Watch } from './client.ts'
import { untilSeen } from './waiting.ts'
import type { Network } from './network.ts'
import type { Relays } from './relays.ts'

export interface Stage {
  /** URL of a nation's console. */
  consoleOf(nation: string): string
  /** The person whose commands are played. */
  speaker(): Session
  /** Makes a person the speaker, and signs them in once. */
  step(nation: string, person: string): Promise<Session>
  /** A pillar's memory of the script, by the function that creates it. */
  memory<Memory>(create: () => Memory): Memory
  /** Files that scripts upload, by name. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  /** The last bundle that crossed on media, by `FROM TO`. */
  readonly bundles: Map<string, Uint8Array<ArrayBuffer>>
  /** Null if the links of the network cannot be cut. */
  readonly relays: Relays | null
  /**
   * Calls `look` after each hint of the speaker's node until `done` or a timeout; returns what it saw last.
   */
  until<T>(look: () => Promise<T>, done: (seen: T) => boolean): Promise<T>
  close(): void
}

/** The longest wait of one command. A crossing takes a fraction of a second, and longer on a busy machine. */
const WAIT_MS_MAX = 45_000

export interface StageOptions {
  readonly files?: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  readonly relays?: Relays
}

/** Creates a stage on a running network. */
export function setStage(network: Network, options: StageOptions = {}): Stage {
  const sessions = new Map<string, Session>()
  const watches = new Map<string, Watch>()
  const memories = new Map<() => unknown, unknown>()
  let speaker: Session | null = null
  const consoleOf = (nation: string): string => {
    const node = network.nodes[nation]
    if (node === undefined)
      throw new Error(
        `There is no nation ${nation} here. The nations are ${CAST.map((cast) => cast.nation).join(', ')}.`,
      )
    return `http://127.0.0.1:${node.folder.settings.consolePort}`
  }
  const speaking = (): Session => {
    if (speaker === null) throw new Error('There is no speaker: start with a line such as "as JP analyst".')
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
    memory<Memory>(create: () => Memory) {
      if (!memories.has(create)) memories.set(create, create())
      return memories.get(create) as Memory
    },
    bundles: new Map(),
    files: options.files ?? new Map(),
    relays: options.relays ?? null,
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
