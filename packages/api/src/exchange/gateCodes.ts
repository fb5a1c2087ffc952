/** The codes with which the gate may refuse each action, for the routes whose handlers ask it. */
import type { GateCode } from '../refusals.ts'

const CLEARANCE = ['clearance_missing', 'clearance_expired', 'clearance_too_low'] as const

export const GATE_CODES_OF_APPROVE = [
  'not_authorised',
  'author_cannot_approve',
  ...CLEARANCE,
  'gate_error',
] as const satisfies readonly GateCode[]

export const GATE_CODES_OF_SUBMIT = [
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
  'gate_error',
] as const satisfies readonly GateCode[]

/** Without the pending codes: a release waits for approvals and for the receiver's assurance. */
export const GATE_CODES_OF_RELEASE = [
  ...GATE_CODES_OF_SUBMIT,
  'terms_amended',
  'author_cannot_approve',
] as const satisfies readonly GateCode[]

/** Of `open`, and of `reveal`. */
export const GATE_CODES_OF_OPEN = [
  'no_agreement_in_force',
  'purpose_not_permitted',
  'not_authorised',
  ...CLEARANCE,
  'need_to_know_missing',
  'gate_error',
] as const satisfies readonly GateCode[]

export const GATE_CODES_OF_ASSURE = [
  'no_agreement_in_force',
  'recipient_not_competent',
  'no_equivalent_marking',
  'purpose_not_permitted',
  'not_authorised',
  'gate_error',
] as const satisfies readonly GateCode[]
