/** The permission matrix against the committed one, and against an oracle that shares nothing with the gate. */
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROLES } from '#api/identity.ts'
import { runs } from '#wire/testProperties.ts'
import type { GateFacts } from '#node/gate/facts.ts'
import { createGate } from '#node/gate/gate.ts'
import type { Gate } from '#node/gate/gate.ts'
import { readPolicies } from '#node/gate/policy.ts'
import { ACTIONS, cells, factsOf, printMatrix, profileOf } from './matrix.ts'
import { expectedCodes } from './matrix.oracle.ts'
import { TERM_KINDS } from './pillars.ts'
import { approved, factsFor, JP_KR, POLICIES } from './testFacts.ts'
import type { Varied } from './testFacts.ts'

const gate = createGate(POLICIES, { kinds: TERM_KINDS, cachedCountMax: 20_000 })
/** The actions between Japan and Korea, which have no agreement on logistics. */
const BETWEEN_JP_KR = ACTIONS.filter((action) => action !== 'order')
const MATRIX = new URL('./matrix.txt', import.meta.url)

const codesBy = (by: Gate, facts: GateFacts) => {
  const { reasons } = by.decide(facts, JP_KR)
  return reasons.map(({ code }) => code).join()
}

/** Where gate and oracle differ, the first five cases as text. */
function differences(cases: Iterable<readonly [GateFacts, typeof JP_KR | null]>): {
  count: number
  wrong: string[]
} {
  const wrong: string[] = []
  let count = 0
  for (const [facts, profile] of cases) {
    count += 1
    const decision = gate.decide(facts, profile)
    const got = decision.reasons.map(({ code }) => code).join()
    const expected = expectedCodes(facts).join()
    if (got !== expected || decision.permitted !== (expected === '')) {
      wrong.push(`${decision.inputs}: gate ${got}, oracle ${expected}`)
    }
  }
  return { count, wrong: wrong.slice(0, 5) }
}

// Some 12,000 decisions without a cache hit: about ten seconds on a quiet machine.
describe('permission matrix', { timeout: 240_000 }, () => {
  it('[GATE-8] is the committed matrix', async () => {
    const printed = printMatrix((action, cell) => gate.decide(factsOf(action, cell), profileOf(action, cell)))
    await expect(printed).toMatchFileSnapshot(fileURLToPath(MATRIX))
    expect(printed.split('\n').length).toBeGreaterThan(100)
  })

  it('[GATE-8] agrees with the oracle on every cell of office, clearance, need, marking, state and action', () => {
    const { count, wrong } = differences(
      BETWEEN_JP_KR.flatMap((action) =>
        [...cells(action)].map((cell) => [factsOf(action, cell), profileOf(action, cell)] as const),
      ),
    )
    expect(wrong).toEqual([])
    expect(count).toBe(3_504)
  })

  it('[GATE-8] agrees with the oracle on every cell of link, channel, matter, approvals and assurance', () => {
    const { count, wrong } = differences(circumstances())
    expect(wrong).toEqual([])
    expect(count).toBe(8_856)
  })

  it('[GATE-8] catches the removal of any one rule', () => {
    const texts = POLICIES
    const cases = singleFaults()
    expect(cases.filter((facts) => codesBy(gate, facts) !== expectedCodes(facts).join())).toEqual([])
    const { rules, statics } = readPolicies(texts)
    for (const id of rules.keys()) {
      const policies = texts.policies.replace(statics[id] ?? '', '')
      expect(policies.length).toBeLessThan(texts.policies.length)
      const weaker = createGate({ ...texts, policies }, { kinds: TERM_KINDS })
      const isCaught = cases.some((facts) => codesBy(weaker, facts) !== expectedCodes(facts).join())
      expect([id, isCaught]).toEqual([id, true])
    }
  })

  it('[GATE-8] agrees with the oracle on any facts between Japan and Korea', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const profile = facts.agreement === null ? null : JP_KR
        const { reasons } = gate.decide(facts, profile)
        expect(reasons.map(({ code }) => code)).toEqual(expectedCodes(facts))
        // A refusal cites a subset of what a permission would rely on.
        const relied = gate.relyOn(facts, profile)
        for (const citation of reasons.flatMap(({ because }) => because))
          expect(relied).toContainEqual(citation)
      }),
      runs(1_000),
    )
  })
})

/** For every action: the permitted case, and cases with one fault. */
function singleFaults(): readonly GateFacts[] {
  const ended = { marking: '군사 Ⅱ급 비밀', rank: 2, valid: false }
  const low = { marking: '군사 Ⅲ급 비밀', rank: 1, valid: true }
  const faults: readonly Varied[] = [
    {},
    { agreement: { state: 'signed' } },
    { agreement: { partnerProfile: null } },
    { link: 'frozen' },
    { channel: 'pigeon' as never },
    { context: { assurance: false } },
    approved(1),
    approved(2, true),
    { matter: { organisation: 'kr-press' } },
    { matter: { receiverMarking: null } },
    { matter: { category: 'trade' } },
    { matter: { purpose: '' } },
    { matter: { purpose: 'curiosity' } },
    { matter: { thirdParty: true } },
    { matter: { markings: ['군사 Ⅰ급 비밀'] } },
    { matter: { profile: 'sha384:before' } },
    { matter: { purposes: ['curiosity'] } },
    { actor: { roles: [] } },
    { actor: { author: true } },
    { actor: { clearance: null } },
    { actor: { clearance: ended } },
    { actor: { clearance: low } },
    { actor: { needToKnow: false } },
  ]
  const roles = ['analyst', 'release_authority', 'officer', 'registrar', 'security_officer', 'supply_officer']
  return ACTIONS.flatMap((action) =>
    ['JP', 'KR'].flatMap((nation) =>
      faults.map((fault) =>
        factsFor(action, { nation, ...fault, actor: { roles, ...(fault.actor as object) } }),
      ),
    ),
  )
}

function* circumstances(): Generator<readonly [GateFacts, typeof JP_KR]> {
  for (const action of ['submit', 'release', 'send', 'accept', 'approve', 'open'] as const)
    for (const link of ['open', 'frozen'])
      for (const channel of ['network', 'media'])
        for (const category of ['missile_launch', 'trade', ''])
          for (const purpose of ['missile_warning', 'curiosity', ''])
            for (const organisation of ['kr-mnd-dia', 'jp-mod-dih'])
              for (const third of ['no', 'contained', 'passed on', 'consented'])
                for (const approvals of [
                  [0, false],
                  [1, true],
                  [2, false],
                ] as const)
                  for (const assurance of ['open', 'approve'].includes(action) ? [true] : [true, false])
                    for (const author of action === 'approve' ? [true, false] : [false]) {
                      const matter = { category, purpose, organisation, ...thirdParty(third) }
                      const [count, authorAmong] = approvals
                      const context = { assurance, approvals: { count, authorAmong } }
                      const varied = { link, channel, matter, context }
                      if (action === 'open' && third !== 'no') continue
                      yield [factsFor(action, { ...varied, actor: { author } } as never), JP_KR]
                    }
}

function thirdParty(kind: string): Partial<GateFacts['matter']> {
  if (kind === 'contained') return { thirdParty: true }
  if (kind === 'passed on') return { originator: 'US' }
  return kind === 'consented' ? { thirdParty: true, originatorConsent: true } : {}
}

const markings = [
  '秘',
  '極秘',
  '特定秘密',
  '군사 Ⅰ급 비밀',
  '군사 Ⅱ급 비밀',
  '군사 Ⅲ급 비밀',
  '군사 II급 비밀',
  'SECRET',
  '',
]
const words = (...known: string[]) => fc.oneof(fc.constantFrom(...known), fc.string({ maxLength: 12 }))

const anyFacts = fc
  .record({
    action: fc.constantFrom(...BETWEEN_JP_KR),
    pair: fc.constantFrom(['JP', 'KR'] as const, ['KR', 'JP'] as const),
    receiving: fc.boolean(),
    state: fc.constantFrom(null, 'not_concluded', 'signed', 'in_force', 'terminated'),
    partnerProfile: fc.constantFrom(JP_KR.hash, 'sha384:0', null),
    link: fc.constantFrom('open', 'frozen', 'invited', 'none'),
    channel: fc.constantFrom('network', 'media'),
    roles: fc.array(words(...ROLES), { maxLength: 3 }),
    clearance: fc.option(
      fc.record({ marking: fc.constantFrom(...markings), rank: fc.nat(4), valid: fc.boolean() }),
      { nil: null },
    ),
    flags: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()),
    marking: fc.constantFrom(...markings),
    receiverMarking: fc.option(fc.constantFrom(...markings), { nil: null }),
    markingRank: fc.nat(4),
    originator: fc.constantFrom('JP', 'KR', 'US'),
    category: words('missile_launch', 'trade'),
    purpose: words('missile_warning', 'exercise', ''),
    organisation: words('kr-mnd-dia', 'jp-mod-dih'),
    count: fc.nat(3),
  })
  .map((any): GateFacts => {
    const [from, to] = any.pair
    const [needToKnow, author, thirdParty_, originatorConsent, authorAmong, assurance] = any.flags
    const { state, marking, receiverMarking, markingRank, originator, category, purpose, organisation } = any
    const report = {
      originator,
      marking,
      markingRank,
      receiverMarking,
      category,
      purpose,
      organisation,
      thirdParty: thirdParty_,
      originatorConsent,
    }
    const assured = {
      organisation,
      markings: receiverMarking === null ? [] : [receiverMarking],
      purposes: [purpose],
    }
    return {
      action: any.action,
      nation: any.receiving ? to : from,
      from,
      to,
      subject: 'information',
      agreement:
        state === null
          ? null
          : { instrument: JP_KR.instrument, profile: JP_KR.hash, state, partnerProfile: any.partnerProfile },
      link: any.link as GateFacts['link'],
      channel: any.channel as GateFacts['channel'],
      actor: { roles: any.roles, clearance: any.clearance, needToKnow, author },
      matter: any.action === 'assure' ? assured : report,
      context: any.action === 'assure' ? {} : { approvals: { count: any.count, authorAmong }, assurance },
      cited: {},
    }
  })
