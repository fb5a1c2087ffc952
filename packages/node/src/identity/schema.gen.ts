/** The rows of these tables, generated from the migrations by `npm run schema`. */

import type { Generated } from 'kysely'

declare module '#node/kernel/schema.ts' {
  interface Schema {
    clearance: ClearanceRow
    need_to_know: NeedToKnowRow
    partner_person: PartnerPersonRow
    person: PersonRow
    person_key: PersonKeyRow
    session: SessionRow
    sign_in_failure: SignInFailureRow
  }
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

export interface SessionRow {
  token_hash: string
  person: string
  key_id: string
  private_key_sealed: string
  started_at: number
  seen_at: number
}

export interface SignInFailureRow {
  person: string
  failures: number
  locked_until: number
  last_at: number
}
