/**
 * The languages of the project, and a text in all of them. English is the source; the others say the same.
 */

import type { Kind } from '#wire/kinds.ts'

export const LANGUAGES = ['en', 'ko', 'ja'] as const
export type Language = (typeof LANGUAGES)[number]

/** One text in every language, side by side, so that it is read and reviewed as one thing. */
export type Words = Readonly<Record<Language, string>>

/** A refusal: a sentence that says what is wrong, and one that says what to do about it. */
export interface RefusalWords extends Words {
  /** A few words for lists, about an attempt that is over: `no clearance`. */
  readonly short?: Words
}

/** Words by code. */
export type Group = Readonly<Record<string, Words>>

/**
 * The words of all kinds of statement whose names begin so: `KindWords<'register'>` asks for
 * `register.stated`.
 */
export type KindWords<Prefix extends string> = Readonly<Record<Extract<Kind, `${Prefix}.${string}`>, Words>>

/**
 * What one room or pillar brings to the vocabulary. Each group is keyed by codes of `wire`, `api` or the
 * node.
 */
export interface PillarWords {
  /** Codes with which the node itself refuses. A code exists when it has words. */
  readonly refusals?: Readonly<Record<string, RefusalWords>>
  /** Codes with which the gate refuses: an agreement, or a rule of the nation, stands against the act. */
  readonly gateRefusals?: Readonly<Record<string, RefusalWords>>
  /** Kinds of statement. */
  readonly kinds?: Group
  /** What a statement of a kind did, told of `{nation}`; `{note}` is a number or a code that it gave. */
  readonly events?: Group
  /** Acts that a person signs. */
  readonly acts?: Group
  /** Acts that the gate decides on. */
  readonly gateActs?: Group
  /** What the desk asks of a person, or tells them. */
  readonly desk?: Group
  /** Categories of information, or of supplies and services. */
  readonly categories?: Group
  /** Purposes for which information is provided. */
  readonly purposes?: Group
  /** Things with a page of their own, to which the desk and the search lead. */
  readonly pages?: Group
  /** The nation's own rules, by the number under which a refusal cites them. The exact text is in `spec/`. */
  readonly rules?: Group
}
