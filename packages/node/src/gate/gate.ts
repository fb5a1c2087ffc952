/**
 * The gate: may this actor take this action on this matter, under the profile now in force? Rules GATE-1 to GATE-12.
 */
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import type { Citation, GateCode } from '#api/refusals.ts'
import { canonicalText } from '#wire/json.ts'
import { operativeTerms, citationsOf } from '#node/law/profile.ts'
import type { Profile } from '#node/law/profile.ts'
import { sorted } from '#node/law/termKind.ts'
import type { TermKind } from '#node/law/termKind.ts'
import type { Decision, Fact, GateFacts, GateReason } from './facts.ts'
import { hashPolicies, readPolicies } from './policy.ts'
import type { PolicySet, PolicyTexts, Rule } from './policy.ts'

export interface Gate {
  /** Hash of the policies and their schema. */
  readonly policy: string
  readonly texts: PolicyTexts
  /** The actions that it decides on. */
  readonly actions: readonly string[]
  /** Decides. Never throws: an internal error is a refusal with the code `gate_error`. */
  decide(facts: GateFacts, profile: Profile | null): Decision
  /** The articles and national rules that a permission of this action relies on, whether it is permitted or not. */
  relyOn(facts: GateFacts, profile: Profile | null): readonly Citation[]
}

export interface GateOptions {
  /** The kinds of term that a profile may have: those of the law and of every pillar. */
  readonly kinds: readonly TermKind[]
  /** Size of the cache, which evicts the oldest decision. A decision takes about 4 KB. */
  readonly cachedCountMax?: number
}

const CACHED_COUNT_MAX = 5_000
const ERROR_REASON: GateReason = { code: 'gate_error', because: [{ instrument: 'national', article: '9' }] }

const NO = { permitted: false, reasons: [ERROR_REASON], because: [] }

/** The parsed policies, and the kinds of term that answer them. */
interface Rulebook {
  readonly set: PolicySet
  readonly kinds: readonly TermKind[]
}

/** Builds the gate over policies; throws if they do not parse. Decisions are cached by their exact inputs. */
export function createGate(texts: PolicyTexts, options: GateOptions): Gate {
  const { kinds, cachedCountMax = CACHED_COUNT_MAX } = options
  const set = parse(texts)
  const book = { set, kinds }
  const cache = new Map<string, Decision>()
  return {
    policy: set.hash,
    texts,
    actions: [...set.actions.keys()],
    decide(facts, profile) {
      try {
        const inputs = inputsOf(facts)
        const key = `${profile?.hash ?? ''} ${inputs}`
        const known = cache.get(key)
        if (known !== undefined) return known
        const decision = decideAnew(book, facts, profile, inputs)
        cache.set(key, decision)
        if (cache.size > cachedCountMax) cache.delete(cache.keys().next().value ?? '')
        return decision
      } catch {
        // The facts are malformed, so there are no inputs to record.
        return { ...NO, profile: null, policy: set.hash, inputs: 'null' }
      }
    },
    relyOn: (facts, profile) => reliedOn(book, facts, profile),
  }
}

/** Several nodes of one process have the same policies, and parsing them takes a third of a second. */
const parsedSets = new Map<string, PolicySet>()

function parse(texts: PolicyTexts): PolicySet {
  const hash = hashPolicies(texts)
  const known = parsedSets.get(hash)
  if (known !== undefined) return known
  const set = readPolicies(texts)
  for (const action of set.actions.keys()) preparse(set, action)
  parsedSets.set(hash, set)
  return set
}

/** Preparses the policies that apply to an action; evaluating the others would only take time. */
function preparse(set: PolicySet, action: string): void {
  const applying = Object.entries(set.statics).filter(
    ([id]) => set.actionsOfPolicy.get(id)?.includes(action) === true,
  )
  const staticPolicies = Object.fromEntries(applying)
  const parsed = cedar.preparsePolicySet(preparsedId(set, action), { staticPolicies })
  if (parsed.type === 'failure') throw new Error(`policies: ${parsed.errors[0]?.message ?? 'do not parse'}`)
}

function preparsedId(set: PolicySet, action: string): string {
  return `${set.hash} ${action}`
}

function decideAnew(book: Rulebook, facts: GateFacts, profile: Profile | null, inputs: string): Decision {
  const reasons = reasonsAgainst(book, facts, profile)
  const permitted = reasons.length === 0
  return {
    permitted,
    reasons,
    because: permitted ? reliedOn(book, facts, profile) : [],
    profile: profile?.hash ?? null,
    policy: book.set.hash,
    inputs,
  }
}

/** Everything that stands in the way, in the order of the rules; any doubt is `gate_error`. */
function reasonsAgainst(book: Rulebook, facts: GateFacts, profile: Profile | null): readonly GateReason[] {
  const { set } = book
  if (!set.actions.has(facts.action) || !isConsistent(facts, profile)) return [ERROR_REASON]
  let answer: cedar.AuthorizationAnswer
  try {
    answer = cedar.statefulIsAuthorized(requestOf(book, facts, profile))
  } catch {
    return [ERROR_REASON]
  }
  if (answer.type === 'failure') return [ERROR_REASON]
  const { decision, diagnostics } = answer.response
  // Cedar skips a policy that fails to evaluate; the gate refuses.
  if (diagnostics.errors.length > 0) return [ERROR_REASON]
  if (decision === 'allow') return []
  const broken = [...set.rules.values()].filter(({ id }) => diagnostics.reason.includes(id))
  // No `forbid` applied: the action has no `permit`.
  if (broken.length === 0) return [ERROR_REASON]
  const byCode = new Map<GateCode, Citation[]>()
  for (const rule of broken)
    byCode.set(rule.code, [...(byCode.get(rule.code) ?? []), ...cite(rule, facts, profile)])
  return [...byCode].map(([code, because]) => ({ code, because: unique(because) }))
}

/** True if the profile is the one in the facts, and governs these nations and this subject. */
function isConsistent(facts: GateFacts, profile: Profile | null): boolean {
  if (profile === null) return !termsApply(facts)
  return (
    facts.agreement !== null &&
    profile.hash === facts.agreement.profile &&
    profile.instrument === facts.agreement.instrument &&
    profile.subject === facts.subject &&
    facts.from !== facts.to &&
    [facts.from, facts.to].every((nation) => profile.parties.includes(nation)) &&
    (facts.nation === facts.from || facts.nation === facts.to)
  )
}

/** Terms bind from entry into force on; before that they neither permit nor forbid (GATE-6). */
function termsApply(facts: GateFacts): boolean {
  return facts.agreement !== null && ['in_force', 'terminated'].includes(facts.agreement.state)
}

function isReceived(facts: GateFacts): boolean {
  return facts.nation === facts.to && facts.from !== facts.to
}

/** The citations of every rule that concerns the case. */
function reliedOn({ set }: Rulebook, facts: GateFacts, profile: Profile | null): readonly Citation[] {
  const rules = [...set.rules.values()].filter(
    (rule) => set.actionsOfPolicy.get(rule.id)?.includes(facts.action) === true && concerns(rule, facts),
  )
  return unique(rules.flatMap((rule) => cite(rule, facts, profile)))
}

function concerns(rule: Rule, facts: GateFacts): boolean {
  if (rule.applies === 'terms') return termsApply(facts)
  if (rule.applies === 'received') return isReceived(facts)
  if (rule.applies === 'own') return !isReceived(facts)
  return true
}

/** The citations in the facts if the rule names them, else the articles of its term, else its national rule. */
function cite(rule: Rule, facts: GateFacts, profile: Profile | null): readonly Citation[] {
  const named = rule.cite === null ? [] : (facts.cited[rule.cite] ?? [])
  if (named.length > 0) return named
  const articles = rule.term === null || profile === null ? [] : citationsOf(profile, rule.term)
  return articles.length > 0 ? articles : [{ instrument: 'national', article: rule.national }]
}

function unique(citations: readonly Citation[]): readonly Citation[] {
  const seen = new Map(citations.map((citation) => [`${citation.instrument} ${citation.article}`, citation]))
  return [...seen.values()].map(({ instrument, article }) => ({ instrument, article }))
}

/** The canonical JSON of the facts: sorted keys and sets, so that equal cases have equal inputs. */
function inputsOf(facts: GateFacts): string {
  return canonicalText({ ...facts, actor: { ...facts.actor, roles: sorted(facts.actor.roles) } })
}

function requestOf(
  { set, kinds }: Rulebook,
  facts: GateFacts,
  profile: Profile | null,
): cedar.StatefulAuthorizationCall {
  const principal = { type: 'Person', id: 'actor' }
  const resource = { type: 'Matter', id: 'matter' }
  const action = { type: 'Action', id: facts.action }
  const groups = set.actions.get(facts.action) ?? []
  return {
    principal,
    action,
    resource,
    context: contextOf(kinds, facts, profile),
    preparsedPolicySetId: preparsedId(set, facts.action),
    validateRequest: false,
    entities: [
      { uid: principal, attrs: present({ ...facts.actor }), parents: [] },
      { uid: resource, attrs: present(facts.matter), parents: [] },
      { uid: action, attrs: {}, parents: groups.map((id) => ({ type: 'Action', id })) },
      ...groups.map((id) => ({ uid: { type: 'Action', id }, attrs: {}, parents: [] })),
    ],
  }
}

function contextOf(kinds: readonly TermKind[], facts: GateFacts, profile: Profile | null): cedar.Context {
  const { nation, from, to, subject, link, channel, agreement } = facts
  const crossing = { nation, from, to, subject, link, channel, received: isReceived(facts) }
  return {
    crossing: { ...crossing, ...(agreement === null ? {} : { agreement: present(agreement) }) },
    ...present(facts.context),
    ...(profile === null || !termsApply(facts) ? {} : { terms: answersOf(kinds, facts, profile) }),
  }
}

/** The answers of the profile's terms, merged over all kinds. */
function answersOf(kinds: readonly TermKind[], facts: GateFacts, profile: Profile): Record<string, string[]> {
  const answers: Record<string, string[]> = {}
  for (const kind of kinds) {
    for (const [name, values] of Object.entries(kind.answer?.(operativeTerms(profile, kind), facts) ?? {}))
      answers[name] = [...values]
  }
  return answers
}

/** The attributes without the nulls, which a policy tests with `has`. */
function present(facts: Readonly<Record<string, Fact>>): Record<string, cedar.CedarValueJson> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null)) as Record<
    string,
    cedar.CedarValueJson
  >
}
