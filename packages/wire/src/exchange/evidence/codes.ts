/** The codes of evidence about an item, beside the engine's: a closed list, and what the report shows of an item. */
import type { EngineCheck, EngineFault, Findings } from '../../evidence/findings.ts'
import type { Examined } from '../../evidence/matter.ts'
import type { ItemState } from '../item.ts'
import type { Proposal } from '../proposal.ts'

type ItemCheck = 'offer' | 'signers' | 'agreement' | 'assurance' | 'answers' | 'receipt'

export const ITEM_FAULTS = [
  'offer_missing',
  'offer_repeated',
  'proposal_malformed',
  'proposal_of_others',
  'seal_not_bound',
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
] as const
type ItemFault = (typeof ITEM_FAULTS)[number]

/** What evidence can prove about an item. */
type ItemProved =
  | 'offered'
  | 'approved'
  | 'same_terms'
  | 'assured'
  | 'accepted'
  | 'refused'
  | 'withdrawn'
  | 'receipted'

/** What it does not prove about an item. */
type ItemUnproved = 'no_answer' | 'no_receipt'

/** A term of the agreement that was checked again, and the articles that state it. */
export interface ReliedTerm {
  readonly term: string
  readonly articles: readonly string[]
}

/** An item in the report. */
export interface ShownItem {
  readonly kind: 'exchange'
  readonly id: string
  readonly proposal: Proposal
  readonly proposalDigest: string
  readonly state: ItemState
  readonly registered: string | null
  readonly articles: readonly ReliedTerm[]
}

export interface ItemCodes {
  readonly check: ItemCheck
  readonly fault: ItemFault
  readonly proved: ItemProved
  readonly unproved: ItemUnproved
  readonly shown: ShownItem
}

export type ItemFindings = Findings<EngineCheck | ItemCheck, EngineFault | ItemFault>
export type ExaminedItem = Examined<ItemCodes>
