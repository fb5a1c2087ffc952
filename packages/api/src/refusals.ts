/**
 * Refusals: the rules, or the node, say no. A code exists if `words` has its sentence in every language. The
 * same codes reach the console, the CLI and, without internal context, the partner.
 */
import type { CodeIn } from '#words/pillars.ts'

/** The source of an answer: an article of an instrument, or a rule of the nation. */
export interface Citation {
  /** Instrument id, for example `jp-kr-gsomia-2016`, or `national` for the nation's own rule. */
  readonly instrument: string
  /** Article and paragraph as the text numbers them, for example `7.5`. */
  readonly article: string
}

/** The gate refuses: an agreement, or the nation's own rule, forbids the action. */
export type GateCode = CodeIn<'gateRefusals'>
/** The node itself refuses. */
export type NodeCode = CodeIn<'refusals'>
export type RefusalCode = GateCode | NodeCode

/** One reason for a refusal, with the articles that say so. */
export interface Reason<Code extends RefusalCode = RefusalCode> {
  readonly code: Code
  readonly because: readonly Citation[]
}

/** The rules say no. */
export interface Refusal<Code extends RefusalCode = RefusalCode> {
  readonly refused: true
  /** All reasons, the most important first; never empty. */
  readonly reasons: readonly [Reason<Code>, ...Reason<Code>[]]
  /** Where the input is wrong: the path of a field (`title`, `card.nation`), or the name of a header. */
  readonly place?: string
  /** The id under which the node's own log has the cause of an `internal` refusal. */
  readonly reference?: string
  /** The recorded decision, if the gate was asked; it can be explained later. */
  readonly decision?: string
}

/** A refusal with one code; `place` is the path of the field that is wrong. */
export function refuse<Code extends RefusalCode>(
  code: Code,
  because: readonly Citation[] = [],
  place?: string,
): Refusal<Code> {
  return { refused: true, reasons: [{ code, because }], ...(place === undefined ? {} : { place }) }
}

/** The refusal of a request that failed inside the node. The operator finds the cause by the reference. */
export function failure<Code extends 'internal' | 'unavailable'>(
  code: Code,
  reference: string,
): Refusal<Code> {
  return { ...refuse(code), reference }
}

/** True if a value is a refusal. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true
}

/** Whether the caller may act now: `true`, or the refusal that they would get. */
export type Can = true | Refusal
