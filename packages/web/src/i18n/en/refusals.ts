/** Why the rules, or the node, say no. */
import type { RefusalCode } from '#api/refusals.ts'

export const refusals: Record<RefusalCode, string> = {
  no_agreement_in_force:
    'No agreement in force covers this. Choose another partner, or ask the treaty officer.',
  profile_differs:
    'The two nations do not hold the same terms. Nothing may cross until the treaty officers agree on them.',
  link_not_open: 'The link with this partner is not open. Ask the administrator to open it.',
  channel_not_permitted:
    'The agreement does not permit this channel. Use government-to-government channels that it names.',
  recipient_not_competent:
    'This organisation is not a competent authority under the agreement. Choose one that is.',
  no_equivalent_marking:
    'The agreement names no equivalent for this marking. This information may not be provided.',
  category_not_permitted: 'The agreement does not cover this category. Choose a category that it covers.',
  purpose_missing: 'State the purpose for which it is provided.',
  purpose_not_permitted: 'The agreement does not permit this purpose. Choose a purpose that it permits.',
  third_party_release:
    'It derives from information of another nation. Obtain that nation’s written approval first.',
  not_authorised: 'Your role does not carry the authority for this. Ask someone who holds it.',
  author_cannot_approve: 'You wrote this, so you cannot approve it. Another release authority must.',
  approvals_missing:
    'Approvals are still missing. It is released once enough release authorities have signed.',
  assurance_missing:
    'The receiving nation has not given its assurance for this. Ask it to give one before provision.',
  clearance_missing: 'You hold no clearance. Ask the security officer for one.',
  clearance_expired: 'Your clearance has ended. Ask the security officer to renew it.',
  clearance_too_low: 'Your clearance is below this marking. Ask the security officer for a higher one.',
  need_to_know_missing: 'You hold no need-to-know for this. Ask the security officer to grant it.',
  gate_error: 'The rules could not be evaluated, so the answer is no. Tell the administrator.',
  not_signed_in: 'You are not signed in. Sign in and try again.',
  wrong_credentials: 'The office or the password is wrong. Check both and try again.',
  locked_out: 'Too many failed attempts. Wait until the lock-out ends, or ask the administrator.',
  session_expired: 'Your session has ended. Sign in again; what you wrote is still here.',
  not_permitted: 'You may not do this. Ask someone whose role permits it.',
  not_found: 'It is not here, or you may not see it. Check the address.',
  invalid_input: 'Something in the form is not valid. Correct the field named here.',
  too_large: 'It is too large. Send something smaller, or split it.',
  wrong_state: 'It has moved on since you looked. Read its present state, then decide.',
  already_done: 'This has already been done. Nothing was changed.',
  digest_differs: 'The text has changed since you read it. Read it again before you sign.',
  content_missing: 'The content has not arrived yet. Wait until it has, or ask the partner to send it again.',
  content_broken: 'The content does not match its seal. Do not use it; report it to the security officer.',
  signature_invalid: 'A signature does not verify. Do not rely on it; report it to the security officer.',
  unknown_signer: 'The signer is not in the directory. Ask the partner to confirm the office.',
  unknown_kind: 'This node does not know this kind of statement. Ask the administrator to update it.',
  statement_invalid: 'The statement is malformed and had no effect. Ask the partner to state it anew.',
  link_frozen:
    'The link is frozen. Nothing crosses until that is resolved; the page of the link says why and what to do.',
  partner_not_met:
    'Since it started, this node has not heard what the partner holds of it, so it signs nothing new. Connect once, or import the partner’s newest bundle.',
  not_for_us: 'This was made for another node. Take it to the one it names.',
  out_of_order: 'This does not follow on what the node holds. Nothing was changed.',
  too_many_requests: 'Too many requests at once. Wait a moment and try again.',
  unavailable: 'The node cannot be reached. What you wrote is kept; try again shortly.',
  internal:
    'Something failed inside the node, and nothing was changed. Tell the administrator the reference.',
}
