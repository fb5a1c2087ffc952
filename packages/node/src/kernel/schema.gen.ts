/** The rows of the database, generated from the migrations by `node checks/schema.generate.ts`. */

import type { Generated, GeneratedAlways } from 'kysely'

export interface Schema {
  approval: ApprovalRow
  assurance: AssuranceRow
  blob: BlobRow
  blob_offered: BlobOfferedRow
  blob_wanted: BlobWantedRow
  clearance: ClearanceRow
  content: ContentRow
  decision: DecisionRow
  decision_input: DecisionInputRow
  draft: DraftRow
  idempotent_reply: IdempotentReplyRow
  instrument: InstrumentRow
  instrument_fact: InstrumentFactRow
  item: ItemRow
  lease: LeaseRow
  log: LogRow
  log_entry: LogEntryRow
  log_pending: LogPendingRow
  log_subtree: LogSubtreeRow
  matter: MatterRow
  matter_statement: MatterStatementRow
  migration: MigrationRow
  need_to_know: NeedToKnowRow
  opening: OpeningRow
  parked: ParkedRow
  partner: PartnerRow
  partner_person: PartnerPersonRow
  partner_profile: PartnerProfileRow
  person: PersonRow
  person_key: PersonKeyRow
  policy_set: PolicySetRow
  profile: ProfileRow
  reconciliation: ReconciliationRow
  session: SessionRow
  setting: SettingRow
  sign_in_failure: SignInFailureRow
  witnessed: WitnessedRow
}

export interface ApprovalRow {
  draft: string
  proposal_digest: string
  person: string
  act: string
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
  act: string
  valid_from: number
  valid_until: number
  withdrawn_at: number | null
  entered_index: number | null
}

export interface BlobRow {
  digest: string
  size_bytes: number
  bytes: Uint8Array | null
  stored_at: number
}

export interface BlobOfferedRow {
  nation: string
  digest: string
}

export interface BlobWantedRow {
  nation: string
  digest: string
  size_bytes: number
  asked_at: Generated<number>
  failures: Generated<number>
  retry_at: Generated<number>
  last_error: string | null
}

export interface ClearanceRow {
  id: string
  person: string
  marking: string
  reason: string
  valid_from: number
  valid_until: number
  granted_by: string
  revoked_at: number | null
  revoked_by: string | null
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

export interface DecisionRow {
  id: string
  act: string
  actor: string
  matter: string | null
  permitted: boolean
  reasons: string
  because: string
  policy_hash: string
  profile_hash: string | null
  input_hash: string
  at: number
}

export interface DecisionInputRow {
  hash: string
  inputs: string
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
  control: string
  proposal: string | null
  proposal_digest: string | null
  note: string | null
  updated_at: number
}

export interface IdempotentReplyRow {
  person: string
  key: string
  request_digest: string
  reply: string
  at: number
}

export interface InstrumentRow {
  id: string
  subject: string
  terms: string
  texts: string
  profile_hash: string
  loaded_at: number
}

export interface InstrumentFactRow {
  instrument: string
  id: string
  date: string
  kind: string
  fact: string
  loaded_at: number
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
  opened_at: number | null
  plain_digest: string | null
}

export interface LeaseRow {
  name: string
  holder: string
  epoch: number
  until: number
}

export interface LogRow {
  name: string
  origin: string
  size: Generated<number>
  frontier: Generated<string>
  checkpoint: string | null
  witnessed_size: Generated<number>
  witnessed_note: string | null
  applied: Generated<number>
  note_size: Generated<number>
}

export interface LogEntryRow {
  log: string
  index: number
  bytes: Uint8Array
  leaf_hash: Uint8Array
  blobs: string | null
}

export interface LogPendingRow {
  id: GeneratedAlways<number>
  log: string
  bytes: Uint8Array
  blobs: string | null
  statement: string | null
}

export interface LogSubtreeRow {
  log: string
  level: number
  index: number
  hash: Uint8Array
}

export interface MatterRow {
  id: string
  kind: string
  home: string
  partner: string
  state: string
  own_count: Generated<number>
  partner_count: Generated<number>
  updated_at: number
}

export interface MatterStatementRow {
  matter: string
  by_home: boolean
  ordinal: number
  seen: number
  kind: string
  statement: string
  log: string
  log_index: number | null
  bytes: Uint8Array
  at: number
  placed_at: number | null
  cosigned_at: number | null
}

export interface MigrationRow {
  number: number
  name: string
  sha256: string
  at: number
}

export interface NeedToKnowRow {
  id: string
  person: string
  scope: string
  reason: string
  valid_from: number
  valid_until: number
  granted_by: string
  revoked_at: number | null
  revoked_by: string | null
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

export interface ParkedRow {
  nation: string
  index: number
  code: string
  place: string
  at: number
}

export interface PartnerRow {
  nation: string
  state: string
  card: string
  our_card: string
  confirmed_at: number | null
  frozen_code: string | null
  evidence: string | null
  failures: Generated<number>
  retry_at: Generated<number>
  last_contact_at: number | null
  last_error: string | null
  cards_digest: Generated<string>
}

export interface PartnerPersonRow {
  nation: string
  key_id: string
  person: string
  office: string
  organisation: string
  public_key: string
  authorities: string
  valid_from: number
  valid_until: number | null
  entered_index: number
  ended_index: number | null
  withdrawn: Generated<boolean>
}

export interface PartnerProfileRow {
  nation: string
  instrument: string
  profile: string
  declared_at: number
}

export interface PersonRow {
  id: string
  office: string
  organisation: string
  roles: string
  password: string | null
  one_time_code: string | null
  one_time_code_until: number | null
  active_from: number
  active_until: number | null
}

export interface PersonKeyRow {
  key_id: string
  person: string
  public_key: string
  private_key_sealed: string | null
  made_at: number
  withdrawn_at: number | null
}

export interface PolicySetRow {
  hash: string
  policies: string
  schema: string
}

export interface ProfileRow {
  hash: string
  instrument: string
  text: string
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

export interface SessionRow {
  token_hash: string
  person: string
  key_id: string
  private_key_sealed: string
  started_at: number
  seen_at: number
}

export interface SettingRow {
  name: string
  value: string
}

export interface SignInFailureRow {
  person: string
  failures: number
  locked_until: number
  last_at: number
}

export interface WitnessedRow {
  nation: string
  direction: string
  size: number
  note: string
  at: number
}
