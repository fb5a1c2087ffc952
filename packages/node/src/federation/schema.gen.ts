/** The rows of these tables, generated from the migrations by `npm run schema`. */

import type { Generated, GeneratedAlways } from 'kysely'

declare module '#node/kernel/schema.ts' {
  interface Schema {
    blob_offered: BlobOfferedRow
    blob_wanted: BlobWantedRow
    log: LogRow
    log_entry: LogEntryRow
    log_pending: LogPendingRow
    log_subtree: LogSubtreeRow
    matter: MatterRow
    matter_statement: MatterStatementRow
    parked: ParkedRow
    partner: PartnerRow
    witnessed: WitnessedRow
  }
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

export interface LogRow {
  name: string
  origin: string
  size: Generated<number>
  frontier: Generated<string>
  checkpoint: string | null
  witnessed_size: Generated<number>
  witnessed_note: string | null
  note_size: Generated<number>
  applied: Generated<number>
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
  kind: string | null
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
  cards_digest: string
  confirmed_at: number | null
  frozen_code: string | null
  evidence: string | null
  failures: Generated<number>
  retry_at: Generated<number>
  last_contact_at: number | null
  last_error: string | null
}

export interface WitnessedRow {
  nation: string
  direction: string
  size: number
  note: string
  at: number
}
