/** Decisions of the gate per second: evaluated, and answered from its cache of exact inputs. */
import { readInstruments, readNations } from '#node/law/instrument.files.ts'
import { equivalentMarkings, purposesOf } from '#node/exchange/equivalence.ts'
import { itemFacts } from '#node/exchange/situation/facts.ts'
import type { ItemAction } from '#node/exchange/situation/facts.ts'
import { governing } from '#node/law/governing.ts'
import { agreementFacts } from '#node/gate/facts.ts'
import type { GateFacts } from '#node/gate/facts.ts'
import { createGate } from '#node/gate/gate.ts'
import type { Gate } from '#node/gate/gate.ts'
import { readPolicyTexts } from '#node/gate/policy.files.ts'
import { POLICY_FOLDERS, TERM_KINDS } from '#node/pillars.ts'
import { INSTRUMENTS_FOLDER } from '#scenario/network.ts'
import { median, percentile, shown } from './figures.ts'
import type { Report } from './figures.ts'

const REPETITIONS = 5

/** Measures both, with every action in turn and `count` decisions per repetition. */
export function measureGate(count: number): Report {
  const texts = readPolicyTexts(POLICY_FOLDERS)
  const cold = createGate(texts, { kinds: TERM_KINDS, cachedCountMax: 0 })
  const cached = createGate(texts, { kinds: TERM_KINDS })
  const cases = casesOf()
  const rows = (['permitted', 'refused'] as const).flatMap((outcome) => {
    const facts = cases[outcome]
    return [
      rowOf(`${outcome}, evaluated`, () => decideAll(cold, facts, count)),
      rowOf(`${outcome}, cached`, () => decideAll(cached, facts, count * 10)),
    ]
  })
  return {
    title: 'The gate: decisions per second, microseconds per decision',
    columns: ['', 'decisions/s', 'p50 µs', 'p99 µs'],
    rows,
    notes: [
      `Medians of ${REPETITIONS} repetitions on one core after a warm-up; ${cases.permitted.length} actions of an exchange under the Japan–Korea agreement in turn.`,
      'Evaluated: policies parsed once, every decision evaluated by Cedar. Cached: the exact JSON of the facts is written and looked up.',
      'Without the record of the decision, which is a row in the act’s own transaction.',
    ],
  }
}

interface Case {
  readonly facts: GateFacts
  readonly profile: NonNullable<ReturnType<typeof governing>>['instrument']['profile']
}

function casesOf(): { permitted: Case[]; refused: Case[] } {
  const law = { instruments: readInstruments(INSTRUMENTS_FOLDER, TERM_KINDS) }
  const nations = readNations(INSTRUMENTS_FOLDER)
  const now = Date.now()
  const governed = governing(law, 'JP', 'KR', 'information', now)!
  const { profile } = governed.instrument
  const caseOf = (action: ItemAction, nation: string, assurance: boolean, roles: string[]): Case => ({
    profile,
    facts: itemFacts({
      action,
      nations,
      crossing: {
        nation,
        from: 'JP',
        to: 'KR',
        subject: 'information',
        agreement: agreementFacts(governed, profile.hash),
        link: 'open',
      },
      channel: 'network',
      actor: { roles, clearance: { marking: '極秘', rank: 9, valid: true }, needToKnow: true, author: false },
      approvals: { count: 2, authorAmong: false },
      assurance,
      receivedUnder: [],
      matter: {
        from: 'JP',
        to: 'KR',
        originator: 'JP',
        marking: '極秘',
        receiverMarking: equivalentMarkings(profile, 'JP', '極秘', 'KR')[0] ?? null,
        category: 'missile_launch',
        purpose: purposesOf(profile)[0]!,
        organisation: 'kr-mnd-dia',
        receivedUnder: null,
        profile: null,
      },
    }),
  })
  const acts = (assurance: boolean): Case[] => [
    caseOf('approve', 'JP', assurance, ['release_authority']),
    caseOf('release', 'JP', assurance, ['release_authority']),
    caseOf('send', 'JP', assurance, []),
    caseOf('accept', 'KR', assurance, []),
    caseOf('open', 'KR', assurance, ['officer']),
  ]
  const gate = createGate(readPolicyTexts(POLICY_FOLDERS), { kinds: TERM_KINDS })
  const permitted = acts(true).filter(({ facts }) => gate.decide(facts, profile).permitted)
  const refused = acts(false).filter(({ facts }) => !gate.decide(facts, profile).permitted)
  if (permitted.length < 4 || refused.length === 0)
    throw new Error('the gate does not decide the cases as expected')
  return { permitted, refused }
}

function decideAll(gate: Gate, cases: readonly Case[], count: number): { perS: number; timesUs: number[] } {
  const timesUs: number[] = []
  const startedMs = performance.now()
  for (let index = 0; index < count; index += 1) {
    const { facts, profile } = cases[index % cases.length]!
    const before = performance.now()
    gate.decide(facts, profile)
    timesUs.push((performance.now() - before) * 1000)
  }
  return { perS: (count * 1000) / (performance.now() - startedMs), timesUs }
}

function rowOf(name: string, run: () => { perS: number; timesUs: number[] }): string[] {
  run()
  const samples = Array.from({ length: REPETITIONS }, run)
  return [
    name,
    shown(median(samples.map(({ perS }) => perS))),
    shown(median(samples.map(({ timesUs }) => percentile(timesUs, 0.5)))),
    shown(median(samples.map(({ timesUs }) => percentile(timesUs, 0.99)))),
  ]
}
