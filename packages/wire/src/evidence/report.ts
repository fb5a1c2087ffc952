/**
 * What verifying evidence answers: every check with what broke and where, what is proved, and what is not
 * (EVI-30 to EVI-33). Codes, not sentences: whoever shows them puts them into words.
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

/** What can be wrong with evidence: a closed list. */
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

/** One check of one thing. `detail` is the code of a deeper layer, where there is one. */
export interface Finding {
  readonly check: EvidenceCheck
  readonly held: boolean
  readonly fault: EvidenceFault | null
  readonly detail: string | null
  /** Which thing: a member of the file, or an entry as `<log origin>[<index>]`. */
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

/** What it does not prove, and says so. */
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

/** Something that was said about the item, in the order that both nations agree on. */
export interface TimelineEvent {
  readonly kind: Kind
  readonly nation: string
  /** As its author states it, ISO 8601. */
  readonly at: string
  /** POSIX seconds at which the other nation cosigned a head of the log that holds it. */
  readonly cosignedAt: number
  readonly log: string
  readonly index: number
  /** Offices that signed it. */
  readonly offices: readonly string[]
  /** The state of the item after it. */
  readonly state: ItemState
  /** What the home had not yet acknowledged; something of the home may still come before it. */
  readonly provisional: boolean
  /** For a refusal, its code; for a registration, the number. */
  readonly note: string | null
}

/** A term of the agreement that was recomputed, and the articles that state it. */
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

/** What the file is about, once it has been proved. */
export interface EvidenceItem {
  readonly id: string
  readonly proposal: Proposal
  readonly proposalDigest: string
  readonly state: ItemState
  readonly registered: string | null
  readonly articles: readonly ReliedTerm[]
}

/** `broken`: something did not hold. `keys_open`: all of it held, for keys that nobody compared. */
export type EvidenceVerdict = 'proved' | 'keys_open' | 'broken'

export interface EvidenceReport {
  readonly verdict: EvidenceVerdict
  readonly findings: readonly Finding[]
  /** Of both cards, to be compared with the link's; null where the cards are not good. */
  readonly fingerprint: string | null
  readonly exported: { readonly by: string; readonly at: string } | null
  readonly heads: readonly EvidenceHead[]
  readonly item: EvidenceItem | null
  readonly proved: readonly Proved[]
  readonly unproved: readonly Unproved[]
  readonly timeline: readonly TimelineEvent[]
  readonly pending: readonly { readonly by: string; readonly kind: string }[]
}

/** Findings as they are gathered. */
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

/** Notes whether something holds, and says so. */
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
 * Does what may throw on forged input; whatever is thrown is the fault, since a verifier never passes over
 * it.
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
