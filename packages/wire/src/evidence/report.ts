/**
 * The result of verifying evidence: every check with its fault and place, what is proved, and what is not
 * (EVI-30 to EVI-33). Codes, not sentences: the caller has the words.
 */
import { Malformed } from '../json.ts'
import type { ItemState } from '../exchange/item.ts'
import type { Proposal } from '../exchange/proposal.ts'
import type { Kind } from '../pillars.ts'
import { SealError } from '../seal/error.ts'

/** The checks, in the order in which they are made. */
export const EVIDENCE_CHECKS = [
  'form',
  'exporter',
  'cards',
  'keys',
  'checkpoint',
  'cosignature',
  'inclusion',
  'order',
  'statement',
  'directory',
  'offer',
  'signers',
  'agreement',
  'assurance',
  'answers',
  'receipt',
  'sequence',
  'times',
  'content',
  'other_file',
] as const
export type EvidenceCheck = (typeof EVIDENCE_CHECKS)[number]

/** The faults of evidence: a closed list. */
export const EVIDENCE_FAULTS = [
  'not_readable',
  'exporter_unknown',
  'exporter_signature_invalid',
  'card_invalid',
  'card_of_another',
  'fingerprint_differs',
  'card_not_trusted',
  'checkpoint_invalid',
  'cosignature_missing',
  'cosignature_invalid',
  'proof_malformed',
  'inclusion_invalid',
  'index_not_increasing',
  'statement_repeated',
  'statement_malformed',
  'wrong_direction',
  'not_about_this_item',
  'directory_entry_invalid',
  'offer_missing',
  'offer_repeated',
  'proposal_malformed',
  'proposal_of_others',
  'seal_not_bound',
  'act_missing',
  'signer_unknown',
  'act_signature_invalid',
  'act_of_another',
  'act_not_over_this',
  'signer_not_authorised',
  'signer_out_of_date',
  'approvals_missing',
  'author_approved',
  'profile_differs',
  'declaration_missing',
  'declaration_differs',
  'term_not_met',
  'assurance_missing',
  'control_differs',
  'marking_differs',
  'answer_repeated',
  'acceptance_missing',
  'office_differs',
  'statement_missing',
  'time_after_cosignature',
  'time_not_in_order',
  'opening_missing',
  'opening_malformed',
  'content_differs',
  'other_file_broken',
  'other_file_of_another',
  'entry_missing_here',
  'forked',
] as const
export type EvidenceFault = (typeof EVIDENCE_FAULTS)[number]

/** The outcome of one check in one place. `detail` is the code of a lower layer, if there is one. */
export interface Finding {
  readonly check: EvidenceCheck
  readonly held: boolean
  readonly fault: EvidenceFault | null
  readonly detail: string | null
  /** A member of the file, or an entry as `<log origin>[<index>]`. */
  readonly place: string
}

/** What evidence can prove. */
export type Proved =
  | 'exact_history'
  | 'offered'
  | 'approved'
  | 'same_terms'
  | 'assured'
  | 'accepted'
  | 'refused'
  | 'withdrawn'
  | 'receipted'
  | 'content'

/** What it does not prove, which the report says too. */
export type Unproved =
  | 'keys_not_compared'
  | 'content_not_compared'
  | 'truth'
  | 'bypass'
  | 'later'
  | 'omission'
  | 'clocks'
  | 'collusion'
  | 'not_yet_cosigned'
  | 'no_answer'
  | 'no_receipt'

/** A statement about the item, in the order on which both nations agree. */
export interface TimelineEvent {
  readonly kind: Kind
  readonly nation: string
  /** By its author's clock, ISO 8601. */
  readonly at: string
  /** POSIX seconds at which the other nation cosigned a head of the log that holds it. */
  readonly cosignedAt: number
  readonly log: string
  readonly index: number
  /** Offices that signed it. */
  readonly offices: readonly string[]
  /** The state of the item after it. */
  readonly state: ItemState
  /** The home has not acknowledged it; a statement of the home may still be ordered before it. */
  readonly provisional: boolean
  /** For a refusal, its code; for a registration, the number. */
  readonly note: string | null
}

/** A term of the agreement that was checked again, and the articles that state it. */
export interface ReliedTerm {
  readonly term: string
  readonly articles: readonly string[]
}

/** The head of a log that the evidence rests on. */
export interface EvidenceHead {
  readonly log: string
  readonly size: number
  readonly cosignedAt: number
}

/** The item that the file is about. */
export interface EvidenceItem {
  readonly id: string
  readonly proposal: Proposal
  readonly proposalDigest: string
  readonly state: ItemState
  readonly registered: string | null
  readonly articles: readonly ReliedTerm[]
}

/** `broken`: a check failed. `keys_open`: every check held, but nobody compared the keys. */
export type EvidenceVerdict = 'proved' | 'keys_open' | 'broken'

export interface EvidenceReport {
  readonly verdict: EvidenceVerdict
  readonly findings: readonly Finding[]
  /** The fingerprint of both cards, to be compared with the link's; null if the cards are not valid. */
  readonly fingerprint: string | null
  readonly exported: { readonly by: string; readonly at: string } | null
  readonly heads: readonly EvidenceHead[]
  readonly item: EvidenceItem | null
  readonly proved: readonly Proved[]
  readonly unproved: readonly Unproved[]
  readonly timeline: readonly TimelineEvent[]
  readonly pending: readonly { readonly by: string; readonly kind: string }[]
}

/** Findings are appended as checks are made. */
export type Findings = Finding[]

export function hold(findings: Findings, check: EvidenceCheck, place: string): void {
  findings.push({ check, held: true, fault: null, detail: null, place })
}

export function fail(
  findings: Findings,
  check: EvidenceCheck,
  place: string,
  fault: EvidenceFault,
  detail: string | null = null,
): void {
  findings.push({ check, held: false, fault, detail, place })
}

/** Records whether a check holds, and returns it. */
export function expectThat(
  findings: Findings,
  holds: boolean,
  check: EvidenceCheck,
  place: string,
  fault: EvidenceFault,
): boolean {
  if (holds) hold(findings, check, place)
  else fail(findings, check, place, fault)
  return holds
}

/**
 * Runs what may throw on forged input. Anything thrown is recorded as the fault: a verifier ignores no error.
 */
export function attempt<T>(
  findings: Findings,
  check: EvidenceCheck,
  place: string,
  fault: EvidenceFault,
  work: () => T,
): T | null {
  try {
    return work()
  } catch (error) {
    const known = error instanceof Malformed || error instanceof SealError
    fail(findings, check, place, fault, known ? error.code : 'unreadable')
    return null
  }
}
