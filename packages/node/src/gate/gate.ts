/** The one gate: may this actor do this to this matter under the profile now in force? Rules GATE-1 to GATE-12. */
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import type { Citation, GateCode } from '#api/refusals.ts'
import { canonicalText } from '#wire/json.ts'
import { actingTerms, citationsOf } from '#node/law/profile.ts'
import type { Profile } from '#node/law/profile.ts'
import { sorted } from '#node/law/termKind.ts'
import type { TermKind } from '#node/law/termKind.ts'
import type { Decision, Fact, GateFacts, GateReason } from './facts.ts'
import { hashPolicies, readPolicies } from './policy.ts'
import type { PolicySet, PolicyTexts, Rule } from './policy.ts'

export interface Gate {
  /** Hash of the policies and schema this gate decides by. */
  readonly policy: string
  readonly texts: PolicyTexts
  /** The acts that it can be asked about. */
  readonly acts: readonly string[]
  /** Decides. Never throws: an error inside is a refusal with the code `gate_error`. */
  decide(facts: GateFacts, profile: Profile | null): Decision
  /** The articles and national rules that a permission of this act rests on, permitted or not. */
  relyOn(facts: GateFacts, profile: Profile | null): readonly Citation[]
}

export interface GateOptions {
  /** The kinds of term that the profiles may hold, of the law and of every pillar. */
  readonly kinds: readonly TermKind[]
  /** Decisions kept; the oldest one makes room. About 4 KB each. */
  readonly cachedCountMax?: number
}

const CACHED_COUNT_MAX = 5_000
const ERROR_REASON: GateReason = { code: 'gate_error', because: [{ instrument: 'national', article: '9' }] }

const NO = { permitted: false, reasons: [ERROR_REASON], because: [] }

/** The policies, parsed, and the kinds of term that answer what they ask. */
interface Rulebook {
  readonly set: PolicySet
  readonly kinds: readonly TermKind[]
}

/** Builds the gate over policies; throws when they do not parse. Decisions are cached by their exact inputs. */
export function createGate(texts: PolicyTexts, options: GateOptions): Gate {
  const { kinds, cachedCountMax = CACHED_COUNT_MAX } = options
  const set = parse(texts)
  const book = { set, kinds }
  const cache = new Map<string, Decision>()
  return {
    policy: set.hash,
    texts,
    acts: [...set.acts.keys()],
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
        // Facts that are not even of their shape: there is no input worth keeping.
        return { ...NO, profile: null, policy: set.hash, inputs: 'null' }
      }
    },
    relyOn: (facts, profile) => relied(book, facts, profile),
  }
}

/** Several nodes of one process have the same policies, and to parse them takes a third of a second. */
const parsedSets = new Map<string, PolicySet>()

function parse(texts: PolicyTexts): PolicySet {
  const hash = hashPolicies(texts)
  const known = parsedSets.get(hash)
  if (known !== undefined) return known
  const set = readPolicies(texts)
  for (const act of set.acts.keys()) preparse(set, act)
  parsedSets.set(hash, set)
  return set
}

/** Each act is decided on the policies that concern it: the others cannot apply, and evaluating them takes time. */
function preparse(set: PolicySet, act: string): void {
  const named = Object.entries(set.statics).filter(([id]) => set.actsOfPolicy.get(id)?.includes(act) === true)
  const parsed = cedar.preparsePolicySet(preparsedId(set, act), { staticPolicies: Object.fromEntries(named) })
  if (parsed.type === 'failure') throw new Error(`policies: ${parsed.errors[0]?.message ?? 'do not parse'}`)
}

function preparsedId(set: PolicySet, act: string): string {
  return `${set.hash} ${act}`
}

function decideAnew(book: Rulebook, facts: GateFacts, profile: Profile | null, inputs: string): Decision {
  const reasons = reasonsAgainst(book, facts, profile)
  const permitted = reasons.length === 0
  return {
    permitted,
    reasons,
    because: permitted ? relied(book, facts, profile) : [],
    profile: profile?.hash ?? null,
    policy: book.set.hash,
    inputs,
  }
}

/** Everything that stands in the way, ordered and with its citations; any doubt is `gate_error`. */
function reasonsAgainst(book: Rulebook, facts: GateFacts, profile: Profile | null): readonly GateReason[] {
  const { set } = book
  if (!set.acts.has(facts.act) || !isConsistent(facts, profile)) return [ERROR_REASON]
  let answer: cedar.AuthorizationAnswer
  try {
    answer = cedar.statefulIsAuthorized(requestOf(book, facts, profile))
  } catch {
    return [ERROR_REASON]
  }
  if (answer.type === 'failure') return [ERROR_REASON]
  const { decision, diagnostics } = answer.response
  // The engine skips a rule that fails to evaluate; here it refuses.
  if (diagnostics.errors.length > 0) return [ERROR_REASON]
  if (decision === 'allow') return []
  const broken = [...set.rules.values()].filter(({ id }) => diagnostics.reason.includes(id))
  // Refused without a rule that says why: the act is not one that can be permitted.
  if (broken.length === 0) return [ERROR_REASON]
  const byCode = new Map<GateCode, Citation[]>()
  for (const rule of broken)
    byCode.set(rule.code, [...(byCode.get(rule.code) ?? []), ...cite(rule, facts, profile)])
  return [...byCode].map(([code, because]) => ({ code, because: unique(because) }))
}

/** The profile is the one that the facts name, and governs these nations and this subject. */
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

/** Terms bind once the agreement has been in force; a draft's terms permit nothing and forbid nothing. */
function termsApply(facts: GateFacts): boolean {
  return facts.agreement !== null && ['in_force', 'terminated'].includes(facts.agreement.state)
}

function isReceived(facts: GateFacts): boolean {
  return facts.nation === facts.to && facts.from !== facts.to
}

function relied({ set }: Rulebook, facts: GateFacts, profile: Profile | null): readonly Citation[] {
  const rules = [...set.rules.values()].filter(
    (rule) => set.actsOfPolicy.get(rule.id)?.includes(facts.act) === true && concerns(rule, facts),
  )
  return unique(rules.flatMap((rule) => cite(rule, facts, profile)))
}

function concerns(rule: Rule, facts: GateFacts): boolean {
  if (rule.applies === 'terms') return termsApply(facts)
  if (rule.applies === 'received') return isReceived(facts)
  if (rule.applies === 'own') return !isReceived(facts)
  return true
}

/** The agreement's articles where it has the clause, the nation's own rule where it does not. */
function cite(rule: Rule, facts: GateFacts, profile: Profile | null): readonly Citation[] {
  const own = rule.cite === null ? [] : (facts.cited[rule.cite] ?? [])
  if (own.length > 0) return own
  const cited = rule.term === null || profile === null ? [] : citationsOf(profile, rule.term)
  return cited.length > 0 ? cited : [{ instrument: 'national', article: rule.national ?? '8' }]
}

function unique(citations: readonly Citation[]): readonly Citation[] {
  const seen = new Map(citations.map((citation) => [`${citation.instrument} ${citation.article}`, citation]))
  return [...seen.values()].map(({ instrument, article }) => ({ instrument, article }))
}

/** The exact JSON of the facts: keys and sets in order, so that equal cases have equal inputs. */
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
  const action = { type: 'Action', id: facts.act }
  const groups = set.acts.get(facts.act) ?? []
  return {
    principal,
    action,
    resource,
    context: contextOf(kinds, facts, profile),
    preparsedPolicySetId: preparsedId(set, facts.act),
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

/** What the instrument's terms say of the matter, kind by kind. */
function answersOf(kinds: readonly TermKind[], facts: GateFacts, profile: Profile): Record<string, string[]> {
  const answers: Record<string, string[]> = {}
  for (const kind of kinds) {
    for (const [name, values] of Object.entries(kind.answer?.(actingTerms(profile, kind), facts) ?? {}))
      answers[name] = [...values]
  }
  return answers
}

/** Attributes that are there: a rule asks `has` of the others. */
function present(facts: Readonly<Record<string, Fact>>): Record<string, cedar.CedarValueJson> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null)) as Record<
    string,
    cedar.CedarValueJson
  >
}
