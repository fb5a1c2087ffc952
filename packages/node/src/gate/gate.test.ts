/** The gate case by case, with the articles that it cites. `matrix.test.ts` is exhaustive. */
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { describe, expect, it } from 'vitest'
import type { GateCode } from '#api/refusals.ts'
import { APPROVALS_NEEDED } from '#wire/exchange/proposal.ts'
import { gateActions, gateFacts, gateRefusals } from '#words/pillars.ts'
import { equivalentMarkings } from '#node/exchange/equivalence.ts'
import { PENDING_CODES } from '#node/exchange/situation/facts.ts'
import { citationsOf } from '#node/law/profile.ts'
import { statusAt } from '#node/law/status.ts'
import { TERM_KINDS } from '#node/pillars.ts'
import {
  approved,
  factsFor,
  GATE as gate,
  instrumentNamed,
  JP_KR,
  POLICIES as texts,
} from '#node/testFacts.ts'
import type { GateFacts } from './facts.ts'
import { createGate } from './gate.ts'
import { readPolicies } from './policy.ts'
import { splitReasons } from './reasons.ts'

const decide = (facts: GateFacts) => gate.decide(facts, facts.agreement === null ? null : JP_KR)
const codes = (facts: GateFacts) => decide(facts).reasons.map(({ code }) => code)
const cited = (facts: GateFacts) =>
  decide(facts).reasons.flatMap(({ because }) =>
    because.map(({ instrument, article }) => `${instrument} ${article}`),
  )

describe('policies', () => {
  it('[GATE-4] are valid against their schema, strictly', () => {
    expect(validate()).toEqual({ errors: [], warnings: [] })
  })

  it('[GATE-10] every forbid names its code, its actions and what it cites', () => {
    const { rules, actionsOfPolicy } = readPolicies(texts)
    expect(rules.size).toBeGreaterThan(20)
    for (const rule of rules.values()) expect(actionsOfPolicy.get(rule.id)?.length).toBeGreaterThan(0)
    const used = new Set([...rules.values()].map((rule) => rule.code))
    const coded = Object.keys(gateRefusals) as GateCode[]
    expect(coded.filter((code) => !used.has(code))).toEqual(['gate_error'])
  })

  it('every action has words, and every word an action', () => {
    expect(Object.keys(gateActions).sort()).toEqual([...gate.actions].sort())
  })

  it('[GATE-10] a policy without a code, a citation or an action is rejected', () => {
    const rule = (annotations: string, scope = 'action == Action::"open"') =>
      `${annotations} forbid (principal, ${scope}, resource);`
    for (const policies of [
      rule('@id("a") @term("access") @national("6")'),
      rule('@id("a") @code("nonsense") @national("6")'),
      rule('@id("a") @code("purpose_missing") @term("access")'),
      rule('@id("a") @code("purpose_missing") @term("access") @national("99")'),
      rule('@code("purpose_missing") @national("6")'),
      rule('@id("a") @code("purpose_missing") @national("6")', 'action'),
      rule('@id("a") @code("purpose_missing") @national("6") @applies("sometimes")'),
      'forbid (principal, action, resource',
    ]) {
      expect(() => createGate({ policies, schema: texts.schema }, { kinds: TERM_KINDS })).toThrow(/polic/)
    }
  })
})

/** The messages of strict validation. */
function validate(): { errors: string[]; warnings: string[] } {
  const answer = cedar.validate({
    schema: texts.schema,
    policies: { staticPolicies: { ...readPolicies(texts).statics } },
    validationSettings: { mode: 'strict' },
  })
  if (answer.type === 'failure') return { errors: answer.errors.map(({ message }) => message), warnings: [] }
  const messages = (list: readonly cedar.ValidationError[]) =>
    list.map(({ policyId, error }) => `${policyId}: ${error.message}`)
  return { errors: messages(answer.validationErrors), warnings: messages(answer.validationWarnings) }
}

describe('gate', () => {
  it('[GATE-1] permits what nothing forbids, and cites the articles', () => {
    const { because, permitted, reasons } = decide(factsFor('release'))
    expect({ permitted, reasons }).toEqual({ permitted: true, reasons: [] })
    const articles = because
      .filter(({ instrument }) => instrument === JP_KR.instrument)
      .map(({ article }) => article)
    expect(articles).toEqual(['21.1', '9', '2.d', '4.2', '2.a', '6.c', '6.a', '7.5'])
  })

  it('[GATE-6] names everything that stands in the way, in the order of the rules', () => {
    const facts = factsFor('release', {
      link: 'frozen',
      context: { approvals: { count: 0, authorAmong: false }, assurance: false },
      matter: { category: 'trade', purpose: '' },
    })
    expect(codes(facts)).toEqual([
      'link_not_open',
      'category_not_permitted',
      'purpose_missing',
      'approvals_missing',
      'assurance_missing',
    ])
    expect(splitReasons(decide(facts), PENDING_CODES).pending.map(({ code }) => code)).toEqual([
      'approvals_missing',
      'assurance_missing',
    ])
  })

  it('[GATE-6] a top-level Korean item has no equivalent, citing 4.2', () => {
    const top = factsFor('release', {
      nation: 'KR',
      from: 'KR',
      to: 'JP',
      matter: {
        originator: 'KR',
        marking: '군사 Ⅰ급 비밀',
        receiverMarking: null,
        organisation: 'jp-mod-dih',
      },
    })
    expect(codes(top)).toEqual(['no_equivalent_marking'])
    expect(cited(top)).toEqual(['jp-kr-gsomia-2016 4.2'])
  })

  it('[GATE-6] from Korea to Japan the second class needs a choice among its two equivalents', () => {
    const choices = equivalentMarkings(JP_KR, 'KR', '군사 Ⅱ급 비밀', 'JP')
    expect(choices).toEqual(['極秘', '特定秘密'])
    const as = (receiverMarking: string | null) =>
      codes(
        factsFor('release', {
          nation: 'KR',
          from: 'KR',
          to: 'JP',
          matter: { originator: 'KR', marking: '군사 Ⅱ급 비밀', receiverMarking, organisation: 'jp-mod-joc' },
        }),
      )
    expect(choices.map(as)).toEqual([[], []])
    expect(as(null)).toEqual(['no_equivalent_marking'])
    expect(as('秘')).toEqual(['no_equivalent_marking'])
  })

  it.each([
    ['a wrong category', { matter: { category: 'criminal_justice' } }, 'category_not_permitted', '2.a'],
    ['a purpose that is not listed', { matter: { purpose: 'curiosity' } }, 'purpose_not_permitted', '6.c'],
    [
      'a recipient that was not notified',
      { matter: { organisation: 'kr-press' } },
      'recipient_not_competent',
      '2.d',
    ],
    ['no assurance', { context: { assurance: false } }, 'assurance_missing', '7.5'],
    ['content of a third nation', { matter: { thirdParty: true } }, 'third_party_release', '6.a'],
  ] as const)('[GATE-6] refuses %s with its article', (_case, varied, code, article) => {
    expect(codes(factsFor('release', varied))).toEqual([code])
    expect(cited(factsFor('release', varied))).toEqual([`jp-kr-gsomia-2016 ${article}`])
  })

  it('[GATE-6] refuses Korea passing to the United States what Japan provided, citing the agreement it came under', () => {
    const krUs = instrumentNamed('kr-us-gsomia-1987').profile
    const facts = factsFor('release', {
      nation: 'KR',
      from: 'KR',
      to: 'US',
      agreement: { instrument: krUs.instrument, profile: krUs.hash, partnerProfile: krUs.hash },
      matter: {
        originator: 'JP',
        marking: '군사 Ⅱ급 비밀',
        receiverMarking: 'SECRET',
        organisation: 'us-indopacom-j2',
      },
      cited: { received_under: citationsOf(JP_KR, 'third_party') },
    })
    expect(gate.decide(facts, krUs).reasons).toEqual([
      { code: 'third_party_release', because: [{ instrument: 'jp-kr-gsomia-2016', article: '6.a' }] },
    ])
    const consented = { ...facts, matter: { ...facts.matter, originatorConsent: true } }
    expect(gate.decide(consented, krUs).permitted).toBe(true)
  })

  it('[GATE-6] refuses an order between Japan and Korea, citing what is missing', () => {
    const acsa = instrumentNamed('jp-kr-acsa')
    const { state } = statusAt(acsa.terms, acsa.facts, '2026-11-24')
    const facts = factsFor('order', {
      subject: 'logistics',
      agreement: {
        instrument: acsa.id,
        profile: acsa.profile.hash,
        state,
        partnerProfile: acsa.profile.hash,
      },
      actor: { roles: ['supply_officer'] },
      matter: { category: 'petroleum' },
    })
    expect(gate.decide(facts, acsa.profile).reasons).toEqual([
      { code: 'no_agreement_in_force', because: [{ instrument: 'jp-kr-acsa', article: 'not concluded' }] },
    ])
    expect(acsa.terms.title.en).toMatch(/not concluded/)
    const none = gate.decide({ ...facts, agreement: null }, null)
    expect(none.reasons).toEqual([
      { code: 'no_agreement_in_force', because: [{ instrument: 'national', article: '1' }] },
    ])
  })

  it('[GATE-6] permits an order between Korea and the United States of what their agreement lists', () => {
    const { profile } = instrumentNamed('kr-us-mlsa-1988')
    const order = (category: string) =>
      gate.decide(
        factsFor('order', {
          nation: 'KR',
          from: 'US',
          subject: 'logistics',
          agreement: { instrument: profile.instrument, profile: profile.hash, partnerProfile: profile.hash },
          actor: { roles: ['supply_officer'] },
          matter: { category },
        }),
        profile,
      )
    expect(order('petroleum').permitted).toBe(true)
    expect(order('warship').reasons.map(({ code }) => code)).toEqual(['category_not_permitted'])
  })

  it('[GATE-7] a release needs as many approvals as the wire says, and nothing crosses with fewer', () => {
    for (const action of ['release', 'send', 'accept'] as const) {
      expect(codes(factsFor(action, approved(APPROVALS_NEEDED))), action).toEqual([])
      expect(codes(factsFor(action, approved(APPROVALS_NEEDED - 1))), action).toEqual(['approvals_missing'])
    }
  })

  it('[GATE-7] opening needs office, clearance and need-to-know, and none replaces another', () => {
    const roles = ['administrator', 'registrar', 'release_authority', 'watch_officer', 'inspector']
    for (const role of ['officer', 'watch_officer'])
      expect(codes(factsFor('open', { actor: { roles: [role] } })), role).toEqual([])
    const others = ['registrar', 'release_authority', 'security_officer', 'inspector', 'administrator']
    expect(codes(factsFor('open', { actor: { roles: others } }))).toEqual(['not_authorised'])
    expect(codes(factsFor('open', { actor: { roles: [] } }))).toEqual(['not_authorised'])
    expect(codes(factsFor('open', { actor: { roles, needToKnow: false } }))).toEqual(['need_to_know_missing'])
    expect(codes(factsFor('open', { actor: { roles, clearance: null } }))).toEqual(['clearance_missing'])
    const ended = { marking: '군사 Ⅱ급 비밀', rank: 2, valid: false }
    const low = { marking: '군사 Ⅲ급 비밀', rank: 1, valid: true }
    expect(codes(factsFor('open', { actor: { clearance: ended } }))).toEqual(['clearance_expired'])
    expect(codes(factsFor('open', { actor: { clearance: low } }))).toEqual(['clearance_too_low'])
    expect(cited(factsFor('open', { actor: { needToKnow: false } }))).toEqual([
      'jp-kr-gsomia-2016 7.1',
      'jp-kr-gsomia-2016 7.2',
    ])
  })

  it('[GATE-7] after termination, what was provided may still be opened, and nothing new crosses', () => {
    const terminated = { agreement: { state: 'terminated' } }
    expect(codes(factsFor('open', terminated))).toEqual([])
    expect(decide(factsFor('open', terminated)).because).toContainEqual({
      instrument: JP_KR.instrument,
      article: '21.4',
    })
    for (const action of ['release', 'send', 'accept'] as const) {
      expect(codes(factsFor(action, terminated))).toEqual(['no_agreement_in_force'])
    }
  })

  it('[GATE-7] the author approves nothing of their own, by the national rule', () => {
    expect(cited(factsFor('approve', { actor: { author: true } }))).toEqual(['national 4'])
    expect(codes(factsFor('release', approved(2, true)))).toEqual(['author_cannot_approve'])
  })

  it('[GATE-12] another profile at the partner, or none, stops everything that crosses', () => {
    for (const partnerProfile of ['sha384:00', null]) {
      for (const action of ['release', 'send', 'accept'] as const) {
        expect(codes(factsFor(action, { agreement: { partnerProfile } }))).toEqual(['profile_differs'])
      }
    }
  })

  it('[GATE-9] doubt is a refusal: facts that do not fit the profile, invalid numbers, unknown actions', () => {
    const doubtful: [GateFacts, typeof JP_KR | null][] = [
      [factsFor('release'), null],
      [factsFor('release', { agreement: null }), JP_KR],
      [factsFor('release', { agreement: { profile: 'sha384:00' } }), JP_KR],
      [factsFor('release', { to: 'US' }), JP_KR],
      [factsFor('release', { nation: 'US' }), JP_KR],
      [factsFor('order', { subject: 'logistics' }), JP_KR],
      [factsFor('open', { matter: { markingRank: Number.NaN } }), JP_KR],
      [factsFor('open', { matter: { markingRank: 1.5 } }), JP_KR],
      [factsFor('open', { actor: { clearance: { marking: 'x', rank: 2 ** 70, valid: true } } }), JP_KR],
      [{ ...factsFor('open'), action: 'read' as never }, JP_KR],
      [{} as never, JP_KR],
      [null as never, null],
    ]
    for (const [facts, profile] of doubtful) {
      const decision = gate.decide(facts, profile)
      expect(decision.permitted).toBe(false)
      expect(decision.reasons).toEqual([
        { code: 'gate_error', because: [{ instrument: 'national', article: '9' }] },
      ])
    }
  })

  it('[GATE-3] every fact that a decision records has words for people', () => {
    const paths = gate.actions.flatMap((action) => pathsOf(factsFor(action)))
    const agreement = ['agreement', 'actor.clearance', 'cited.received_under']
    for (const path of [...paths, ...agreement]) expect(Object.keys(gateFacts)).toContain(path)
  })

  it('[GATE-2] [GATE-3] equal cases have equal inputs, whatever the order of keys and roles', () => {
    const facts = factsFor('open', { actor: { roles: ['officer', 'analyst'] } })
    const turned = Object.fromEntries(Object.entries(facts).reverse()) as unknown as GateFacts
    const again = { ...turned, actor: { ...facts.actor, roles: ['analyst', 'officer', 'analyst'] } }
    expect(gate.decide(again, JP_KR)).toBe(gate.decide(facts, JP_KR))
    expect(JSON.parse(decide(facts).inputs)).toEqual({
      ...facts,
      actor: { ...facts.actor, roles: ['analyst', 'officer'] },
    })
  })
})

/** The paths at which the page of a decision shows facts. */
function pathsOf(facts: object): string[] {
  return Object.entries(facts).flatMap(([name, value]) => {
    const isNested = typeof value === 'object' && value !== null && !Array.isArray(value)
    if (!isNested || Object.keys(value as object).length === 0) return [name]
    return pathsOf(value as object).map((path) => `${name}.${path}`)
  })
}
