/** The rows of these tables, generated from the migrations by `npm run schema`. */

declare module '#node/kernel/schema.ts' {
  interface Schema {
    decision: DecisionRow
    decision_input: DecisionInputRow
    policy_set: PolicySetRow
  }
}

export interface DecisionRow {
  id: string
  action: string
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

export interface PolicySetRow {
  hash: string
  policies: string
  schema: string
}
