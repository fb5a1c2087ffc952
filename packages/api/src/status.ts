/** The HTTP status that carries a refusal. */
import type { RefusalCode } from './refusals.ts'

const STATUS: Partial<Record<RefusalCode, number>> = {
  invalid_input: 400,
  statement_invalid: 400,
  not_a_bundle: 400,
  bundle_incomplete: 400,
  bundle_altered: 400,
  password_too_short: 400,
  password_too_long: 400,
  password_repeats: 400,
  password_own_words: 400,
  not_signed_in: 401,
  session_expired: 401,
  wrong_credentials: 401,
  not_found: 404,
  wrong_state: 409,
  already_done: 409,
  key_reused: 409,
  id_taken: 409,
  person_withdrawn: 409,
  last_administrator: 409,
  link_exists: 409,
  not_opened_yet: 409,
  opening_expired: 409,
  digest_differs: 409,
  fingerprint_differs: 409,
  not_yet_cosigned: 409,
  out_of_order: 409,
  content_missing: 409,
  too_large: 413,
  locked_out: 429,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
}

/** The status of a code; 403 for every refusal of the rules. */
export function statusOf(code: RefusalCode): number {
  return STATUS[code] ?? 403
}
