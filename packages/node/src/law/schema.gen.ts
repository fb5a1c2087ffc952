/** The rows of these tables, generated from the migrations by `npm run schema`. */

declare module '#node/kernel/schema.ts' {
  interface Schema {
    instrument: InstrumentRow
    instrument_fact: InstrumentFactRow
    law: LawRow
    our_profile: OurProfileRow
    partner_profile: PartnerProfileRow
    profile: ProfileRow
  }
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

export interface LawRow {
  id: number
  version: string
}

export interface OurProfileRow {
  nation: string
  instrument: string
  profile: string
  declared_at: number
}

export interface PartnerProfileRow {
  nation: string
  instrument: string
  profile: string
  declared_at: number
}

export interface ProfileRow {
  hash: string
  instrument: string
  text: string
}
