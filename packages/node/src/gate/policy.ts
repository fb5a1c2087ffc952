/**
 * The policies as data: which rule forbids which acts, with which code and citation, read from the annotations
 * of the `.cedar` text itself. Rules GATE-4, GATE-10.
 */
import { createHash } from 'node:crypto'
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import type { GateCode } from '#api/refusals.ts'
import { gateRefusals } from '#words/pillars.ts'

/** The text of every `.cedar` file in order, and of the schema they are validated against. */
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
  /** Name of the facts' own citations, which are given where there are any. */
  readonly cite: string | null
}

export interface PolicySet {
  /** `sha384:` and the digest of the policies and the schema. */
  readonly hash: string
  /** In the order of the files, which is the order of precedence. */
  readonly rules: ReadonlyMap<string, Rule>
  /** The acts of the schema, each with the groups that it is in. */
  readonly acts: ReadonlyMap<string, readonly string[]>
  /** Policy id to the acts that it concerns, permits included. */
  readonly actsOfPolicy: ReadonlyMap<string, readonly string[]>
  /** Policy id to Cedar text, permits included. */
  readonly statics: Readonly<Record<string, string>>
}

/** Reads policies from their text; throws when one does not parse or lacks an annotation the gate needs. */
export function readPolicies(texts: PolicyTexts): PolicySet {
  const acts = readActs(texts.schema)
  const parts = cedar.policySetTextToParts(texts.policies)
  if (parts.type === 'failure') throw new Error(`policies: ${parts.errors[0]?.message ?? 'do not parse'}`)
  if (parts.policy_templates.length > 0) throw new Error('policies: a template is not allowed')
  const statics: Record<string, string> = {}
  const rules = new Map<string, Rule>()
  const actsOfPolicy = new Map<string, readonly string[]>()
  // The engine returns them in an order of its own.
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
    actsOfPolicy.set(id, actsNamedBy(id, parsed.json.action, acts))
    if (parsed.json.effect === 'forbid') rules.set(id, readRule(id, parsed.json))
  }
  return { hash: hashPolicies(texts), rules, acts, actsOfPolicy, statics }
}

/** The hash by which a decision names the policies it was made under. */
export function hashPolicies(texts: PolicyTexts): string {
  const digest = createHash('sha384').update(JSON.stringify([texts.policies, texts.schema]), 'utf8')
  return `sha384:${digest.digest('hex')}`
}

/** An action that applies to something is an act; one that does not is a group of acts. */
function readActs(schema: string): ReadonlyMap<string, readonly string[]> {
  const parsed = cedar.schemaToJson(schema)
  if (parsed.type === 'failure') throw new Error(`policies: ${parsed.errors[0]?.message ?? 'no schema'}`)
  const acts = new Map<string, readonly string[]>()
  for (const [id, action] of Object.entries(parsed.json['']?.actions ?? {})) {
    if (action.appliesTo === undefined || action.appliesTo === null) continue
    acts.set(
      id,
      (action.memberOf ?? []).map((group) => group.id),
    )
  }
  return acts
}

function readRule(id: string, policy: cedar.PolicyJson): Rule {
  const said = policy.annotations ?? {}
  const code = said['code'] ?? ''
  if (!Object.hasOwn(gateRefusals, code))
    throw new Error(`policy ${id}: @code has no words in packages/words`)
  const term = said['term'] ?? null
  const national = said['national'] ?? null
  if (term === null && national === null) throw new Error(`policy ${id}: neither @term nor @national`)
  const applies = (['terms', 'received', 'own'] as const).find((known) => known === said['applies'])
  if (applies === undefined && said['applies'] !== undefined)
    throw new Error(`policy ${id}: unknown @applies`)
  return {
    id,
    code: code as GateCode,
    term,
    national,
    applies: applies ?? 'always',
    cite: said['cite'] ?? null,
  }
}

function actsNamedBy(id: string, action: cedar.ActionConstraint, acts: PolicySet['acts']): readonly string[] {
  const names = uidsOf(action).map((uid) => ('__entity' in uid ? uid.__entity.id : uid.id))
  const concerned = [...acts].filter(([act, groups]) => [act, ...groups].some((name) => names.includes(name)))
  const isKnown = names.every(
    (name) => acts.has(name) || concerned.some(([, groups]) => groups.includes(name)),
  )
  if (concerned.length === 0 || !isKnown) throw new Error(`policy ${id}: name the acts that it concerns`)
  return concerned.map(([act]) => act)
}

function uidsOf(action: cedar.ActionConstraint) {
  if (action.op === '==' && 'entity' in action) return [action.entity]
  if (action.op === 'in') return 'entities' in action ? action.entities : [action.entity]
  return []
}
