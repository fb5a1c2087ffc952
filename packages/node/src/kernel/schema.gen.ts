/** The rows of these tables, generated from the migrations by `npm run schema`. */

declare module '#node/kernel/schema.ts' {
  interface Schema {
    blob: BlobRow
    idempotent_reply: IdempotentReplyRow
    lease: LeaseRow
    migration: MigrationRow
    number_series: NumberSeriesRow
    setting: SettingRow
  }
}

export interface BlobRow {
  digest: string
  size_bytes: number
  bytes: Uint8Array | null
  stored_at: number
}

export interface IdempotentReplyRow {
  person: string
  key: string
  request_digest: string
  reply: string
  at: number
}

export interface LeaseRow {
  name: string
  holder: string
  epoch: number
  until: number
}

export interface MigrationRow {
  part: string
  number: number
  name: string
  sha256: string
  at: number
}

export interface NumberSeriesRow {
  name: string
  year: number
  taken: number
}

export interface SettingRow {
  name: string
  value: string
}
