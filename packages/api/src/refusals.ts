/**
 * Refusals: the closed list of ways in which the rules, or the node, say no. The same codes reach the console,
 * the CLI and (without any internal context) the partner.
 */

/** Where an answer comes from: an article of an instrument, or a numbered rule of `spec/`. */
export interface Citation {
  /** Instrument id, for example `jp-kr-gsomia-2016`, or `national` for the nation's own rule. */
  readonly instrument: string
  /** Article and paragraph as the text numbers them, for example `7.5`. */
  readonly article: string
}

/** What an agreement, or the nation's own rule, holds against an act. Decided by the gate. */
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
] as const
export type GateCode = (typeof GATE_CODES)[number]

/** What the node itself holds against an act, in any slice. */
export const NODE_CODES = [
  'not_signed_in',
  'wrong_credentials',
  'locked_out',
  'session_expired',
  'not_permitted',
  'not_found',
  'invalid_input',
  'too_large',
  'wrong_state',
  'already_done',
  'digest_differs',
  'content_missing',
  'content_broken',
  'signature_invalid',
  'unknown_signer',
  'unknown_kind',
  'statement_invalid',
  'link_frozen',
  'partner_not_met',
  'not_for_us',
  'out_of_order',
  'too_many_requests',
  'unavailable',
  'internal',
] as const
export type NodeCode = (typeof NODE_CODES)[number]

export type RefusalCode = GateCode | NodeCode

/** One thing that stands in the way, with the articles that say so. */
export interface Reason {
  readonly code: RefusalCode
  readonly because: readonly Citation[]
}

/**
 * The rules say no. `reasons` names all that stands in the way, the most important first, and is never empty.
 * `place` is the path of the malformed input (`body.title`), where there is one.
 */
export interface Refusal {
  readonly refused: true
  readonly reasons: readonly [Reason, ...Reason[]]
  readonly place?: string
  /** The recorded decision that can be explained later, where the gate was asked. */
  readonly decision?: string
}

/** A refusal with one code. */
export function refuse(code: RefusalCode, because: readonly Citation[] = [], place?: string): Refusal {
  return { refused: true, reasons: [{ code, because }], ...(place === undefined ? {} : { place }) }
}

/** Whether a value is a refusal. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true
}

/** Whether an act may be done now: `true`, or the refusal that the user would get. */
export type Can = true | Refusal
