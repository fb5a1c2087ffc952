/**
 * The languages of the project, and a text in all of them. English is the source; the others say the same.
 */

import type { ActName, Kind } from '#wire/pillars.ts'

export const LANGUAGES = ['en', 'ko', 'ja'] as const
export type Language = (typeof LANGUAGES)[number]

/** One text in every language, side by side, so that all are reviewed together. */
export type Words = Readonly<Record<Language, string>>

/** A refusal: a sentence that says what is wrong, and one that says what to do. */
export interface RefusalWords extends Words {
  /** A few words for lists of past attempts: `no clearance`. */
  readonly short?: Words
}

/** Words by code. */
export type Group = Readonly<Record<string, Words>>

/** Words for every statement kind with a prefix: `KindWords<'register'>` requires `register.stated`. */
export type KindWords<Prefix extends string> = Readonly<Record<Extract<Kind, `${Prefix}.${string}`>, Words>>

/** The same for the signed acts of persons. */
export type ActWords<Prefix extends string> = Readonly<Record<Extract<ActName, `${Prefix}.${string}`>, Words>>

/** The words of a room or pillar. Each group is keyed by codes of `wire`, `api` or the node. */
export interface PillarWords {
  /** Codes with which the node itself refuses. A code exists when it has words. */
  readonly refusals?: Readonly<Record<string, RefusalWords>>
  /** Codes with which the gate refuses: an agreement, or a rule of the nation, forbids the action. */
  readonly gateRefusals?: Readonly<Record<string, RefusalWords>>
  /** Statement kinds. */
  readonly kinds?: Group
  /** A sentence about `{nation}` for each statement kind; `{note}` is the number or code in the statement. */
  readonly events?: Group
  /** Signed acts of persons. */
  readonly acts?: Group
  /** Actions that the gate decides on. */
  readonly gateActions?: Group
  /** Entries of the desk: requests to a person, and information. */
  readonly desk?: Group
  /** Categories of information, or of supplies and services. */
  readonly categories?: Group
  /** Purposes for which information is provided. */
  readonly purposes?: Group
  /** Kinds of term. */
  readonly termKinds?: Group
  /** Rules and requirements within a term. */
  readonly termRules?: Group
  /** Facts that the gate decides on, by their path in the recorded inputs: `matter.marking`. */
  readonly gateFacts?: Group
  /** Things with their own page, to which the desk and the search link. */
  readonly pages?: Group
  /**
   * Rules that a refusal cites beside the articles of an agreement. A number is a rule of the nation, and its words are
   * the text. An id such as `ID-3` is a rule of the software in plain words; its exact text is in `spec/`.
   */
  readonly rules?: Group
}
