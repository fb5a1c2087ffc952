/** The one gate: may this actor do this to this matter under the profile now in force? Rules GATE-1 to GATE-12. */
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { GATE_CODES } from '#api/refusals.ts'
import type { Citation } from '#api/refusals.ts'
import { equivalentMarkings } from '#node/law/equivalence.ts'
import type { Profile } from '#node/law/profile.ts'
import { GATE_ACTS } from './facts.ts'
import type { Decision, GateAct, GateFacts, GateReason } from './facts.ts'
import { readPolicies } from './policy.ts'
import type { PolicySet, PolicyTexts, Rule } from './policy.ts'

export interface Gate {
  /** Hash of the policies and schema this gate decides by. */
  readonly policy: string
  readonly texts: PolicyTexts
  /** Decides. Never throws: an error inside is a refusal with the code `gate_error`. */
  decide(facts: GateFacts, profile: Profile | null): Decision
  /** The articles and national rules that a permission of this act rests on, permitted or not. */
  relyOn(facts: GateFacts, profile: Profile | null): readonly Citation[]
}

/** Decisions kept; the oldest one makes room. About 4 KB each. */
const CACHED_COUNT_MAX = 5_000
const ERROR_REASON: GateReason = { code: 'gate_error', because: [{ instrument: 'national', article: '9' }] }

const NO = { permitted: false, reasons: [ERROR_REASON], because: [] }

/** Parses the policies once; throws when they do not parse. Decisions are cached by their exact inputs. */
export function createGate(texts: PolicyTexts, cachedCountMax = CACHED_COUNT_MAX): Gate {
  const set = readPolicies(texts)
  for (const act of GATE_ACTS) preparse(set, act)
  const cache = new Map<string, Decision>()
  return {
    policy: set.hash,
    texts,
    decide(facts, profile) {
      try {
        const inputs = inputsOf(facts)
        const key = `${profile?.hash ?? ''} ${inputs}`
        const known = cache.get(key)
        if (known !== undefined) return known
        const decision = decideAnew(set, facts, profile, inputs)
        cache.set(key, decision)
        if (cache.size > cachedCountMax) cache.delete(cache.keys().next().value ?? '')
        return decision
      } catch {
        // Facts that are not even of their shape: there is no input worth keeping.
        return { ...NO, profile: null, policy: set.hash, inputs: 'null' }
      }
    },
    relyOn: (facts, profile) => relied(set, facts, profile),
  }
}

/** Each act is decided on the policies that name it: the others cannot apply, and reading them takes time. */
function preparse(set: PolicySet, act: GateAct): void {
  const named = Object.entries(set.statics).filter(([id]) => set.acts.get(id)?.includes(act) === true)
  const parsed = cedar.preparsePolicySet(preparsedId(set, act), { staticPolicies: Object.fromEntries(named) })
  if (parsed.type === 'failure') throw new Error(`policies: ${parsed.errors[0]?.message ?? 'do not parse'}`)
}

function preparsedId(set: PolicySet, act: GateAct): string {
  return `${set.hash} ${act}`
}

function decideAnew(set: PolicySet, facts: GateFacts, profile: Profile | null, inputs: string): Decision {
  const reasons = reasonsAgainst(set, facts, profile)
  const permitted = reasons.length === 0
  return {
    permitted,
    reasons,
    because: permitted ? relied(set, facts, profile) : [],
    profile: profile?.hash ?? null,
    policy: set.hash,
    inputs,
  }
}

/** Everything that stands in the way, ordered and with its citations; any doubt is `gate_error`. */
function reasonsAgainst(set: PolicySet, facts: GateFacts, profile: Profile | null): readonly GateReason[] {
  if (!isConsistent(facts, profile)) return [ERROR_REASON]
  let answer: cedar.AuthorizationAnswer
  try {
    answer = cedar.statefulIsAuthorized(requestOf(set, facts, profile))
  } catch {
    return [ERROR_REASON]
  }
  if (answer.type === 'failure') return [ERROR_REASON]
  const { decision, diagnostics } = answer.response
  // A rule that fails to evaluate is skipped by the engine; here it refuses.
  if (diagnostics.errors.length > 0) return [ERROR_REASON]
  if (decision === 'allow') return []
  const broken = diagnostics.reason.map((id) => set.rules.get(id)).filter((rule) => rule !== undefined)
  // Refused without a rule that says why: the act is not one that can be permitted.
  if (broken.length === 0) return [ERROR_REASON]
  return GATE_CODES.flatMap((code) => {
    const because = unique(
      broken.filter((rule) => rule.code === code).flatMap((rule) => cite(rule, facts, profile)),
    )
    return because.length === 0 ? [] : [{ code, because }]
  })
}

/** The profile handed in is the one the facts speak of, and governs these nations and this subject. */
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

function relied(set: PolicySet, facts: GateFacts, profile: Profile | null): readonly Citation[] {
  const rules = [...set.rules.values()].filter(
    (rule) => set.acts.get(rule.id)?.includes(facts.act) === true && concerns(rule, facts),
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
  if (rule.citesReceivedUnder && facts.matter.receivedUnder.length > 0) return facts.matter.receivedUnder
  const articles = rule.term === null ? [] : (profile?.articles[rule.term] ?? [])
  const cited = articles.map((article) => ({ instrument: profile?.instrument ?? '', article }))
  return cited.length > 0 ? cited : [{ instrument: 'national', article: rule.national ?? '8' }]
}

function unique(citations: readonly Citation[]): readonly Citation[] {
  const seen = new Map(citations.map((each) => [`${each.instrument} ${each.article}`, each]))
  return [...seen.values()].map(({ instrument, article }) => ({ instrument, article }))
}

/**
 * The exact JSON of the facts: keys in alphabetical order, sets sorted, nothing but the declared facts, so that
 * equal cases have equal inputs. Written out by hand because every decision passes here, cached or not.
 */
function inputsOf(facts: GateFacts): string {
  const { actor, agreement, approvals, matter } = facts
  const { clearance } = actor
  return JSON.stringify({
    act: facts.act,
    actor: {
      author: actor.author,
      clearance:
        clearance === null
          ? null
          : { marking: clearance.marking, rank: clearance.rank, valid: clearance.valid },
      needToKnow: actor.needToKnow,
      roles: [...new Set(actor.roles)].sort(),
    },
    agreement:
      agreement === null
        ? null
        : {
            instrument: agreement.instrument,
            partnerProfile: agreement.partnerProfile,
            profile: agreement.profile,
            state: agreement.state,
          },
    approvals: { authorAmong: approvals.authorAmong, count: approvals.count },
    assurance: facts.assurance,
    channel: facts.channel,
    from: facts.from,
    link: facts.link,
    matter: {
      category: matter.category,
      marking: matter.marking,
      markingRank: matter.markingRank,
      organisation: matter.organisation,
      originator: matter.originator,
      originatorConsent: matter.originatorConsent,
      purpose: matter.purpose,
      receivedUnder: matter.receivedUnder.map(({ article, instrument }) => ({ article, instrument })),
      receiverMarking: matter.receiverMarking,
      thirdParty: matter.thirdParty,
    },
    nation: facts.nation,
    subject: facts.subject,
    to: facts.to,
  })
}

function requestOf(
  set: PolicySet,
  facts: GateFacts,
  profile: Profile | null,
): cedar.StatefulAuthorizationCall {
  const principal = { type: 'Person', id: 'actor' }
  const resource = { type: 'Matter', id: 'matter' }
  const { clearance, roles, needToKnow, author } = facts.actor
  const { receiverMarking, receivedUnder: _cited, ...matter } = facts.matter
  return {
    principal,
    action: { type: 'Action', id: facts.act },
    resource,
    context: contextOf(facts, profile),
    preparsedPolicySetId: preparsedId(set, facts.act),
    validateRequest: false,
    entities: [
      {
        uid: principal,
        attrs: {
          roles: [...roles],
          needToKnow,
          author,
          ...(clearance === null ? {} : { clearance: { ...clearance } }),
        },
        parents: [],
      },
      {
        uid: resource,
        attrs: { ...matter, ...(receiverMarking === null ? {} : { receiverMarking }) },
        parents: [],
      },
    ],
  }
}

function contextOf(facts: GateFacts, profile: Profile | null): cedar.Context {
  const { nation, from, to, subject, link, channel, assurance } = facts
  return {
    nation,
    from,
    to,
    subject,
    link,
    channel,
    assurance,
    received: isReceived(facts),
    approvals: { ...facts.approvals },
    ...(facts.agreement === null ? {} : { agreement: agreementOf(facts.agreement) }),
    ...(profile === null || !termsApply(facts) ? {} : { terms: termsOf(facts, profile) }),
  }
}

function agreementOf(agreement: NonNullable<GateFacts['agreement']>): Record<string, string> {
  const { partnerProfile, ...rest } = agreement
  return { ...rest, ...(partnerProfile === null ? {} : { partnerProfile }) }
}

function termsOf(facts: GateFacts, profile: Profile): Record<string, string[]> {
  return {
    categories: [...profile.categories],
    purposes: [...profile.purposes],
    channels: [...profile.channels],
    organisations: profile.organisations.filter((each) => each.nation === facts.to).map((each) => each.id),
    equivalents: [...equivalentMarkings(profile, facts.from, facts.matter.marking, facts.to)],
  }
}
