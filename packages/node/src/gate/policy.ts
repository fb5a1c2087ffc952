/**
 * The policies as data: which rule forbids which acts, with which code and citation, read from the annotations
 * of the `.cedar` text itself. Rules GATE-4, GATE-10.
 */
import { createHash } from 'node:crypto'
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { GATE_CODES } from '#api/refusals.ts'
import type { GateCode } from '#api/refusals.ts'
import { GATE_ACTS } from './facts.ts'

/** The text of every `.cedar` file in name order, and of the schema they are validated against. */
export interface PolicyTexts {
  readonly policies: string
  readonly schema: string
}

/** One requirement: a `forbid` and what its annotations say. */
export interface Rule {
  readonly id: string
  readonly code: GateCode
  /** Kind of term whose articles are cited; null where only the nation's own rule applies. */
  readonly term: string | null
  readonly national: string | null
  readonly applies: 'always' | 'terms' | 'received' | 'own'
  readonly citesReceivedUnder: boolean
}

export interface PolicySet {
  /** `sha384:` and the digest of the policies and the schema. */
  readonly hash: string
  readonly rules: ReadonlyMap<string, Rule>
  /** Policy id to the acts it names, permits included. */
  readonly acts: ReadonlyMap<string, readonly string[]>
  /** Policy id to Cedar text, permits included. */
  readonly statics: Readonly<Record<string, string>>
}

/** Reads policies from their text; throws when one does not parse or lacks an annotation the gate needs. */
export function readPolicies(texts: PolicyTexts): PolicySet {
  const parts = cedar.policySetTextToParts(texts.policies)
  if (parts.type === 'failure') throw new Error(`policies: ${parts.errors[0]?.message ?? 'do not parse'}`)
  if (parts.policy_templates.length > 0) throw new Error('policies: a template is not allowed')
  const statics: Record<string, string> = {}
  const rules = new Map<string, Rule>()
  const acts = new Map<string, readonly string[]>()
  // The engine hands them back in an order of its own; here they stand as in the files.
  const inFileOrder = [...parts.policies].sort(
    (one, other) => texts.policies.indexOf(one) - texts.policies.indexOf(other),
  )
  for (const text of inFileOrder) {
    const parsed = cedar.policyToJson(text)
    if (parsed.type === 'failure') throw new Error(`policies: ${parsed.errors[0]?.message ?? 'do not parse'}`)
    const id = parsed.json.annotations?.['id']
    if (id === undefined || id in statics)
      throw new Error(`policies: @id missing or given twice: ${text.slice(0, 60)}`)
    statics[id] = text
    acts.set(id, actsOf(id, parsed.json.action))
    if (parsed.json.effect === 'forbid') rules.set(id, readRule(id, parsed.json))
  }
  return { hash: hashPolicies(texts), rules, acts, statics }
}

/** The hash by which a decision names the policies it was made under. */
export function hashPolicies(texts: PolicyTexts): string {
  const digest = createHash('sha384').update(JSON.stringify([texts.policies, texts.schema]), 'utf8')
  return `sha384:${digest.digest('hex')}`
}

function readRule(id: string, policy: cedar.PolicyJson): Rule {
  const said = policy.annotations ?? {}
  const code = GATE_CODES.find((each) => each === said['code'])
  if (code === undefined) throw new Error(`policy ${id}: @code is not a code of the gate`)
  const term = said['term'] ?? null
  const national = said['national'] ?? null
  if (term === null && national === null) throw new Error(`policy ${id}: neither @term nor @national`)
  const applies = (['terms', 'received', 'own'] as const).find((each) => each === said['applies'])
  if (applies === undefined && said['applies'] !== undefined)
    throw new Error(`policy ${id}: unknown @applies`)
  return {
    id,
    code,
    term,
    national,
    applies: applies ?? 'always',
    citesReceivedUnder: said['cite'] === 'received_under',
  }
}

function actsOf(id: string, action: cedar.ActionConstraint): readonly string[] {
  const uids =
    action.op === '==' && 'entity' in action
      ? [action.entity]
      : action.op === 'in'
        ? 'entities' in action
          ? action.entities
          : [action.entity]
        : []
  const acts = uids.map((uid) => ('__entity' in uid ? uid.__entity.id : uid.id))
  const known = acts.every((act) => GATE_ACTS.some((each) => each === act))
  if (acts.length === 0 || !known) throw new Error(`policy ${id}: name the acts that it forbids`)
  return acts
}
