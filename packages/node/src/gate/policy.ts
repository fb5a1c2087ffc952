/**
 * The policies as data: the actions that a rule forbids, its code and its citations, read from the annotations of the
 * `.cedar` text. Rules GATE-4, GATE-10.
 */
import { createHash } from 'node:crypto'
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import type { GateCode } from '#api/refusals.ts'
import { gateRefusals, rules as ruleWords } from '#words/pillars.ts'

/** The texts of all `.cedar` files in order, and of all schemas, each joined into one. */
export interface PolicyTexts {
  readonly policies: string
  readonly schema: string
}

/** One requirement: a `forbid` and its annotations. */
export interface Rule {
  readonly id: string
  readonly code: GateCode
  /** The kind of term whose articles are cited; null if only the national rule is. */
  readonly term: string | null
  /** The number of the national rule that is cited if the profile has no such term. */
  readonly national: string
  /** Which cases the rule concerns: all, those with binding terms, those received, or those of our own. */
  readonly applies: 'always' | 'terms' | 'received' | 'own'
  /** The name of the citations in the facts that take precedence, if there are any. */
  readonly cite: string | null
}

export interface PolicySet {
  /** `sha384:` and the digest of the policies and the schema. */
  readonly hash: string
  /** In order of precedence, which is the order of the files. */
  readonly rules: ReadonlyMap<string, Rule>
  /** The actions of the schema, with the groups that each is in. */
  readonly actions: ReadonlyMap<string, readonly string[]>
  /** Policy id to the actions that it applies to, permits included. */
  readonly actionsOfPolicy: ReadonlyMap<string, readonly string[]>
  /** Policy id to Cedar text, permits included. */
  readonly statics: Readonly<Record<string, string>>
}

/** Parses policies; throws if one does not parse or lacks an annotation that the gate needs. */
export function readPolicies(texts: PolicyTexts): PolicySet {
  const actions = readActions(texts.schema)
  const parts = cedar.policySetTextToParts(texts.policies)
  if (parts.type === 'failure') throw new Error(`policies: ${parts.errors[0]?.message ?? 'do not parse'}`)
  if (parts.policy_templates.length > 0) throw new Error('policies: a template is not allowed')
  const statics: Record<string, string> = {}
  const rules = new Map<string, Rule>()
  const actionsOfPolicy = new Map<string, readonly string[]>()
  // Cedar does not return them in the order of the text.
  const inFileOrder = [...parts.policies].sort(
    (one, other) => texts.policies.indexOf(one) - texts.policies.indexOf(other),
  )
  for (const text of inFileOrder) {
    const parsed = cedar.policyToJson(text)
    if (parsed.type === 'failure') throw new Error(`policies: ${parsed.errors[0]?.message ?? 'do not parse'}`)
    const id = parsed.json.annotations?.['id']
    if (id === undefined || id in statics)
      throw new Error(`policies: @id is missing or used twice: ${text.slice(0, 60)}`)
    statics[id] = text
    actionsOfPolicy.set(id, actionsIn(id, parsed.json.action, actions))
    if (parsed.json.effect === 'forbid') rules.set(id, readRule(id, parsed.json))
  }
  return { hash: hashPolicies(texts), rules, actions, actionsOfPolicy, statics }
}

/** The hash by which a decision references its policies. */
export function hashPolicies(texts: PolicyTexts): string {
  const digest = createHash('sha384').update(JSON.stringify([texts.policies, texts.schema]), 'utf8')
  return `sha384:${digest.digest('hex')}`
}

/** The actions that apply to a principal; the others are groups. */
function readActions(schema: string): ReadonlyMap<string, readonly string[]> {
  const parsed = cedar.schemaToJson(schema)
  if (parsed.type === 'failure') throw new Error(`policies: ${parsed.errors[0]?.message ?? 'no schema'}`)
  const actions = new Map<string, readonly string[]>()
  for (const [id, action] of Object.entries(parsed.json['']?.actions ?? {})) {
    // Cedar returns a group with empty lists.
    if ((action.appliesTo?.principalTypes ?? []).length === 0) continue
    actions.set(
      id,
      (action.memberOf ?? []).map((group) => group.id),
    )
  }
  return actions
}

function readRule(id: string, policy: cedar.PolicyJson): Rule {
  const annotations = policy.annotations ?? {}
  const code = annotations['code'] ?? ''
  if (!Object.hasOwn(gateRefusals, code))
    throw new Error(`policy ${id}: @code has no words in packages/words`)
  const term = annotations['term'] ?? null
  const national = annotations['national'] ?? ''
  if (!/^\d+$/.test(national) || !Object.hasOwn(ruleWords, national))
    throw new Error(`policy ${id}: @national names no rule that has words in packages/words`)
  const declared = annotations['applies']
  const applies = (['terms', 'received', 'own'] as const).find((known) => known === declared)
  if (applies === undefined && declared !== undefined) throw new Error(`policy ${id}: unknown @applies`)
  return {
    id,
    code: code as GateCode,
    term,
    national,
    applies: applies ?? 'always',
    cite: annotations['cite'] ?? null,
  }
}

/** The actions in a policy's scope, by name or by group. A policy for every action is rejected. */
function actionsIn(
  id: string,
  scope: cedar.ActionConstraint,
  actions: PolicySet['actions'],
): readonly string[] {
  const names = uidsOf(scope).map((uid) => ('__entity' in uid ? uid.__entity.id : uid.id))
  const applying = [...actions].filter(([action, groups]) =>
    [action, ...groups].some((name) => names.includes(name)),
  )
  const isKnown = names.every(
    (name) => actions.has(name) || applying.some(([, groups]) => groups.includes(name)),
  )
  if (applying.length === 0 || !isKnown) throw new Error(`policy ${id}: its scope names no known action`)
  return applying.map(([action]) => action)
}

function uidsOf(scope: cedar.ActionConstraint) {
  if (scope.op === '==' && 'entity' in scope) return [scope.entity]
  if (scope.op === 'in') return 'entities' in scope ? scope.entities : [scope.entity]
  return []
}
