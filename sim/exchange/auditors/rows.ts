/** The rows of the exchange of information that its auditors read. */
import type { Select, View } from '../../auditors/view.ts'

export interface ItemRow {
  readonly id: string
  readonly control: string
  readonly originator: string
  readonly recipient: string
  readonly organisation: string
  readonly marking: string
  readonly receiver_marking: string
  readonly category: string
  readonly purpose: string
  readonly registered: string | null
  readonly payload_digest: string
  readonly direction: string
  readonly state: string
}

export interface OpeningRow {
  readonly id: string
  readonly item: string
  readonly person: string
  readonly outcome: string
  readonly code: string | null
  readonly decision: string | null
  readonly at: number
}

export interface AssuranceRow {
  readonly id: string
  readonly by_nation: string
  readonly to_nation: string
  readonly organisation: string
  readonly text: string
  readonly valid_from: number
  readonly valid_until: number
  readonly withdrawn_at: number | null
}

export interface ExchangeRows {
  readonly items: readonly ItemRow[]
  readonly drafts: readonly { readonly id: string; readonly control: string | null }[]
  readonly approvals: readonly {
    readonly digest: string
    readonly person: string
    readonly verdict: string
  }[]
  readonly openings: readonly OpeningRow[]
  readonly assurances: readonly AssuranceRow[]
  readonly reconciliations: readonly { readonly nation: string; readonly outcome: string }[]
}

export async function readExchange(select: Select): Promise<ExchangeRows> {
  return {
    items: await select('select * from item order by id'),
    drafts: await select('select id, control from draft order by id'),
    approvals: await select('select proposal_digest as digest, person, verdict from approval'),
    openings: await select('select * from opening order by at'),
    assurances: await select('select * from assurance order by id'),
    reconciliations: await select('select nation, outcome from reconciliation'),
  }
}

/** The rows of a nation. */
export function rowsOf(view: View): ExchangeRows {
  return view.rows(readExchange)
}
