/**
 * Refusals: how the rules, or the node, say no. A code exists when `words` has its sentence in every
 * language. The same codes reach the console, the CLI and (without any internal context) the partner.
 */
import type { CodeIn } from '#words/pillars.ts'

/** Where an answer comes from: an article of an instrument, or a numbered rule of `spec/`. */
export interface Citation {
  /** Instrument id, for example `jp-kr-gsomia-2016`, or `national` for the nation's own rule. */
  readonly instrument: string
  /** Article and paragraph as the text numbers them, for example `7.5`. */
  readonly article: string
}

/** An agreement, or the nation's own rule, stands against an act. Decided by the gate. */
export type GateCode = CodeIn<'gateRefusals'>
/** The node itself refuses, in any room. */
export type NodeCode = CodeIn<'refusals'>
export type RefusalCode = GateCode | NodeCode

/** The gate's codes, the most important first. */
export const GATE_CODES = [
  'no_agreement_in_force',
  'profile_differs',
  'link_not_open',
  'channel_not_permitted',
  'recipient_not_competent',
  'no_equivalent_marking',
  'category_not_permitted',
  'purpose_missing',
  'purpose_not_permitted',
  'third_party_release',
  'not_authorised',
  'author_cannot_approve',
  'approvals_missing',
  'assurance_missing',
  'clearance_missing',
  'clearance_expired',
  'clearance_too_low',
  'need_to_know_missing',
  'gate_error',
] as const satisfies readonly GateCode[]

/** One thing that stands in the way, with the articles that say so. */
export interface Reason<Code extends RefusalCode = RefusalCode> {
  readonly code: Code
  readonly because: readonly Citation[]
}

/** The rules say no. */
export interface Refusal<Code extends RefusalCode = RefusalCode> {
  readonly refused: true
  /** All that stands in the way, the most important first; never empty. */
  readonly reasons: readonly [Reason<Code>, ...Reason<Code>[]]
  /** Where the input is wrong: the path of a field (`title`, `card.nation`), or the name of a header. */
  readonly place?: string
  /** Under which the node's own log has the cause of an `internal` refusal. */
  readonly reference?: string
  /** The recorded decision that can be explained later, where the gate was asked. */
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

/** The refusal of a request that failed inside the node; the operator finds the cause by the reference. */
export function failure(reference: string): Refusal<'internal'> {
  return { ...refuse('internal'), reference }
}

/** True if a value is a refusal. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true
}

/** May an act be done now? `true`, or the refusal that the caller would get. */
export type Can = true | Refusal
