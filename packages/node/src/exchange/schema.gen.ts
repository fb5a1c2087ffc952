/** The rows of these tables, generated from the migrations by `npm run schema`. */

import type { Generated } from 'kysely'

declare module '#node/kernel/schema.ts' {
  interface Schema {
    approval: ApprovalRow
    assurance: AssuranceRow
    content: ContentRow
    draft: DraftRow
    item: ItemRow
    opening: OpeningRow
    reconciliation: ReconciliationRow
  }
}

export interface ApprovalRow {
  draft: string
  proposal_digest: string
  person: string
  signed_act: string
  verdict: string
  reason: string | null
  at: number
}

export interface AssuranceRow {
  id: string
  by_nation: string
  to_nation: string
  instrument: string
  organisation: string
  text: string
  signed_act: string
  valid_from: number
  valid_until: number
  withdrawn_at: number | null
  entered_index: number | null
}

export interface ContentRow {
  id: string
  owner: string
  payload_digest: string
  size_bytes: number
  plain_size_bytes: number
  plain_digest: string
  content_digest: string
  commitment: string
  segment_table: string
  own_wrap: string
  metadata_sealed: string
  at: number
}

export interface DraftRow {
  id: string
  author: string
  state: string
  partner: string
  organisation: string
  instrument: string
  marking: string
  receiver_marking: string
  category: string
  purpose: string
  derived_from: Generated<string>
  content: string
  control: string | null
  proposal: string | null
  proposal_digest: string | null
  updated_at: number
}

export interface ItemRow {
  id: string
  control: string
  originator: string
  recipient: string
  organisation: string
  instrument: string
  profile: string
  marking: string
  receiver_marking: string
  category: string
  purpose: string
  registered: string | null
  proposal: string
  manifest: string
  payload_digest: string
  payload_size_bytes: number
  content: string | null
  direction: string
  state: string
  released_at: number | null
  received_at: number | null
  accepted_at: number | null
  receipted_at: number | null
  plain_digest: string | null
}

export interface OpeningRow {
  item: string
  person: string
  office: string
  outcome: string
  code: string | null
  decision: string | null
  at: number
  id: string
}

export interface ReconciliationRow {
  nation: string
  outcome: string
  our_count: number
  our_root: string
  their_count: number | null
  their_root: string | null
  differences: Generated<string>
  at: number
}
