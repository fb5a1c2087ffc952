/** The sentences of the scenario language: their syntax and their effect. Pillars provide their own. */
import type { Stage } from './stage.ts'

/** Lines of the transcript. */
export type Answers = readonly string[]

/**
 * True if the answers include all that the script expects. A sentence that waits for a state waits for this.
 */
export type IsExpected = (answers: Answers) => boolean

/** The context in which a sentence is played. */
export interface Scene {
  readonly stage: Stage
  /** The `|` lines below the sentence, or null. */
  readonly text: string | null
  readonly isExpected: IsExpected
}

/** The parts of a sentence, by the names of the groups in its form; an absent part is undefined. */
export type Said = Readonly<Record<string, string | undefined>>

/** The syntax and effect of a sentence. */
export interface Form {
  /** The syntax, for error messages. */
  readonly usage: string
  readonly pattern: RegExp
  /** Plays a sentence. Throws if the script itself is wrong. */
  play(said: Said, scene: Scene): Promise<Answers>
}

export const NAME = '(?<name>[a-z][a-z0-9-]*)'
export const PARTNER = '(?<partner>[A-Z]{2})'
export const ORGANISATION = '(?<organisation>[a-z0-9-]+)'

/** @param pattern of the whole sentence; `play` gets its named groups */
export function form<S>(
  usage: string,
  pattern: string,
  play: (said: S, scene: Scene) => Answers | Promise<Answers>,
): Form {
  return {
    usage,
    pattern: new RegExp(`^${pattern}$`),
    play: async (said, scene) => play(said as S, scene),
  }
}

/** The parts of a list such as `a, b`. */
export function listed(text: string): string[] {
  return text.split(',').map((part) => part.trim())
}
