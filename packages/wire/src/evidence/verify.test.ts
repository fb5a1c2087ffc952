/** The checks of evidence beyond its form and its logs: people, law, answers, order (EVI-12 to EVI-29). */
import { describe, expect, it } from 'vitest'
import { signCard } from '../link/card.ts'
import { writeEvidence } from './evidence.ts'
import type { EvidenceParts } from './evidence.ts'
import type { EvidenceFault } from '../pillars.ts'
import { verifyEvidence } from './verify.ts'
import type { SignedAct } from '../personAct.ts'
import {
  CONTENT,
  PROFILE,
  PROFILE_HASH,
  acceptanceOf,
  actOf,
  assuranceBy,
  atMinute,
  offerOf,
  partsOf,
  receiptOf,
  statementText,
  testCast,
  testItem,
  testLogs,
} from './testEvidence.ts'
import type { TestItem, TestLogs } from './testEvidence.ts'

const cast = testCast('ed25519')
const { home: JP, other: KR } = cast
const A = testItem(1)
const logs = testLogs(cast, [A])
// Indexes in the logs of the exercise.
const [OFFER, ASSURANCE, ACCEPTANCE, RECEIPT] = [4, 3, 4, 5]

function faultsOf(parts: EvidenceParts, content?: Iterable<Uint8Array>): (string | null)[] {
  const text = writeEvidence(parts, { nation: 'KR', keys: KR.keys, at: atMinute(70) })
  const report = verifyEvidence(text, content === undefined ? {} : { content })
  return report.findings.flatMap(({ held, fault }) => (held ? [] : [fault]))
}

const made = (change: Partial<TestLogs>, item: TestItem = A) => partsOf(cast, { ...logs, ...change }, item)
const home = (at: number, text: string) => made({ home: logs.home.with(at, text) })
const other = (at: number, text: string) => made({ other: logs.other.with(at, text) })

/** Evidence of an offer with these signed acts. */
function signed(...acts: readonly SignedAct[]): EvidenceParts {
  return home(OFFER, offerOf(cast, A, 20, acts))
}
const submit = actOf(JP, 'analyst', 'exchange.submit', A.digest, 18)
const first = actOf(JP, 'release-1', 'exchange.approve', A.digest, 19)
const second = actOf(JP, 'release-2', 'exchange.approve', A.digest, 19)

/** Evidence of an item with a changed proposal, answered like the original. */
function offered(change: Readonly<Record<string, unknown>>): EvidenceParts {
  const item = testItem(1, change)
  return made(testLogs(cast, [item]), item)
}

const matter = { id: A.id, home: 'JP', seen: 1 }
const registerBody = { applied: 0, count: 0, root: A.digest, answers: true }
const body = { control: A.control, organisation: 'kr-mod', office: 'KR officer' }
/** A declaration that names the matter, which no declaration is about. */
const declaredAbout = statementText('agreement.declared', 'JP', 'KR', 0, {
  matter: { ...matter, seen: 0 },
  body: { instrument: 'jp-kr-gsomia-2016', profile: PROFILE_HASH },
})
const said = (kind: string, more: object, minute = 40) =>
  statementText(kind, 'KR', 'JP', minute, more as never)

const cases: readonly (readonly [string, EvidenceFault, () => EvidenceParts])[] = [
  ['[EVI-12] a statement that cannot be read', 'statement_malformed', () => home(0, '{"v":2}')],
  ['[EVI-12] a statement of the other nation', 'wrong_direction', () => home(0, logs.other[0]!)],
  [
    '[EVI-14] a statement that has nothing to do with it',
    'not_about_this_matter',
    () => other(0, said('register.stated', { body: registerBody }, 0)),
  ],
  [
    '[EVI-15] a directory entry under the id of another key',
    'directory_entry_invalid',
    () => home(1, logs.home[1]!.replace(/"keyId":"..../, '"keyId":"0000')),
  ],
  [
    '[EVI-16] a signature by a key that is in no directory',
    'signer_unknown',
    () => signed(submit, first, actOf(KR, 'security', 'exchange.approve', A.digest, 19)),
  ],
  [
    '[EVI-16] a signature that is not over the text',
    'act_signature_invalid',
    () => signed(submit, first, { ...second, signature: first.signature }),
  ],
  [
    '[EVI-16] an act of another kind',
    'act_of_another',
    () => signed(submit, first, actOf(JP, 'release-2', 'exchange.submit', A.digest, 19)),
  ],
  [
    '[EVI-16] an act over another proposal',
    'act_not_over_this',
    () => signed(submit, first, actOf(JP, 'release-2', 'exchange.approve', testItem(2).digest, 19)),
  ],
  [
    '[EVI-16] an act from before the person was in office',
    'signer_out_of_date',
    () => signed(submit, first, actOf(JP, 'release-2', 'exchange.approve', A.digest, -5000)),
  ],
  [
    '[EVI-16] an act beyond the authority of the key',
    'signer_not_authorised',
    () => signed(submit, first, actOf(JP, 'analyst', 'exchange.approve', A.digest, 19)),
  ],
  [
    '[EVI-9] nothing about the matter',
    'matter_missing',
    () => made({ home: logs.home.slice(0, OFFER), other: logs.other.slice(0, ACCEPTANCE) }),
  ],
  [
    '[EVI-9] a matter of a pillar that brings no evidence',
    'matter_not_provable',
    () =>
      made({ home: [declaredAbout, ...logs.home.slice(1, OFFER)], other: logs.other.slice(0, ACCEPTANCE) }),
  ],
  [
    '[EVI-9] [EVI-14] a statement about the matter as if it were of another kind',
    'not_about_this_matter',
    () => other(RECEIPT, said('register.stated', { matter, body: registerBody })),
  ],
  ['[EVI-17] no offer', 'offer_missing', () => made({ home: logs.home.slice(0, OFFER) })],
  ['[EVI-17] two offers', 'offer_repeated', () => made({ home: [...logs.home, offerOf(cast, A, 21)] })],
  ['[EVI-17] a proposal with an unknown member', 'proposal_malformed', () => offered({ more: 1 })],
  [
    '[EVI-17] a proposal in the name of another nation',
    'proposal_of_others',
    () => offered({ originator: 'US' }),
  ],
  [
    '[EVI-17] a seal that is bound to another proposal',
    'seal_not_bound',
    () => home(OFFER, offerOf(cast, { ...A, manifest: testItem(2).manifest }, 20)),
  ],
  ['[EVI-18] nobody who signed', 'act_missing', () => signed()],
  ['[EVI-19] one release authority', 'approvals_missing', () => signed(submit, first)],
  ['[EVI-19] one release authority twice', 'approvals_missing', () => signed(submit, first, first)],
  [
    '[EVI-19] an author who approves',
    'author_approved',
    () => {
      const both = logs.home[1]!.replace('["submit"]', '["submit","release"]')
      const own = actOf(JP, 'analyst', 'exchange.approve', A.digest, 19)
      const offer = offerOf(cast, A, 20, [submit, first, second, own])
      return made({ home: logs.home.with(1, both).with(OFFER, offer) })
    },
  ],
  [
    '[EVI-20] a nation that declared another profile',
    'declaration_differs',
    () =>
      other(
        0,
        said('agreement.declared', { body: { instrument: 'jp-kr-gsomia-2016', profile: 'sha384:0' } }, 0),
      ),
  ],
  [
    '[EVI-20] a nation that declared nothing',
    'declaration_missing',
    () => made({ other: logs.other.slice(1) }),
  ],
  [
    '[EVI-21] another text of the profile',
    'profile_differs',
    () => ({ ...made({}), profile: PROFILE.replace('early_warning', 'any_purpose') }),
  ],
  [
    '[EVI-21] a proposal that names another profile',
    'profile_differs',
    () => offered({ profile: PROFILE_HASH.replace(/.$/, '0') }),
  ],
  ['[EVI-22] a marking without an equivalent', 'term_not_met', () => offered({ marking: '秘' })],
  [
    '[EVI-22] a category that the agreement does not permit',
    'term_not_met',
    () => offered({ category: 'budget' }),
  ],
  ['[EVI-23] no assurance', 'assurance_missing', () => made({ other: logs.other.toSpliced(ASSURANCE, 1) })],
  [
    '[EVI-23] an assurance whose text was altered',
    'act_not_over_this',
    () => other(ASSURANCE, assuranceBy(cast, 5).replace('early_warning', 'any_purpose')),
  ],
  [
    '[EVI-24] another control number',
    'control_differs',
    () => other(ACCEPTANCE, acceptanceOf({ ...A, control: testItem(2).control }, 30)),
  ],
  [
    '[EVI-24] another marking than was agreed',
    'marking_differs',
    () => other(ACCEPTANCE, acceptanceOf(A, 30, 'Ⅲ급')),
  ],
  ['[EVI-24] two answers', 'answer_repeated', () => made({ other: [...logs.other, acceptanceOf(A, 50)] })],
  [
    '[EVI-25] a receipt for what was not accepted',
    'acceptance_missing',
    () => made({ other: logs.other.toSpliced(ACCEPTANCE, 1) }),
  ],
  [
    '[EVI-25] a receipt that nobody signed',
    'act_missing',
    () => other(RECEIPT, said('exchange.receipted', { matter, body })),
  ],
  [
    '[EVI-25] a receipt in the name of another office',
    'office_differs',
    () => {
      const acts = [actOf(KR, 'officer', 'exchange.receipt', A.digest, 40)]
      return other(
        RECEIPT,
        said('exchange.receipted', { matter, acts, body: { ...body, office: 'KR minister' } }),
      )
    },
  ],
  [
    '[EVI-26] an answer to more than is here',
    'statement_missing',
    () => other(RECEIPT, receiptOf(cast, A, 40).replace('"seen":1', '"seen":2')),
  ],
  [
    '[EVI-28] a receipt from before the offer',
    'time_not_in_order',
    () => other(RECEIPT, receiptOf(cast, A, 1)),
  ],
  [
    '[EVI-6] two cards of one nation',
    'card_of_another',
    () => ({ ...made({}), cards: { home: KR.card, other: KR.card } }),
  ],
  [
    '[EVI-6] a card that its keys did not sign',
    'card_invalid',
    () => ({ ...made({}), cards: { home: { ...JP.card, signature: KR.card.signature }, other: KR.card } }),
  ],
  [
    '[EVI-6] one key for two nations',
    'card_of_another',
    () => {
      const text = JSON.parse(KR.card.text) as { keys: string }
      const card = signCard({ ...text, nation: 'JP' } as never, KR.keys)
      return { ...made({}), cards: { home: card, other: KR.card } }
    },
  ],
]

describe('evidence is broken by', () => {
  it.each(cases)('%s → %s', (_name, fault, forge) => {
    expect(faultsOf(made({}), [CONTENT])).toEqual([])
    expect(faultsOf(forge())).toContain(fault)
  })

  it('[EVI-9] but not a supporting statement that names the matter before its offer', () => {
    expect(faultsOf(home(0, declaredAbout))).toEqual([])
  })

  it('[EVI-29] content that differs, or that cannot be compared', () => {
    expect(faultsOf(made({}), [Buffer.from('EXERCISE what was not seen')])).toEqual(['content_differs'])
    expect(faultsOf({ ...made({}), opening: null }, [CONTENT])).toEqual(['opening_missing'])
    expect(faultsOf({ ...made({}), opening: '{}' }, [CONTENT])).toEqual(['opening_malformed'])
    const renamed = A.opening.replace('EXERCISE', 'EXERCISE 2')
    expect(faultsOf({ ...made({}), opening: renamed }, [CONTENT])).toEqual(['content_differs'])
  })
})

describe('evidence of a part of a life', () => {
  const reportOf = (parts: EvidenceParts) =>
    verifyEvidence(writeEvidence(parts, { nation: 'JP', keys: JP.keys, at: atMinute(70) }))

  it('[EVI-27] [EVI-31] proves that part, and names what is missing', () => {
    const report = reportOf(made({ other: logs.other.slice(0, ACCEPTANCE) }))
    expect(report).toMatchObject({ verdict: 'keys_open', matter: { state: 'offered' } })
    expect(report.proved).toEqual(['exact_history', 'offered', 'approved', 'same_terms', 'assured'])
    expect(report.unproved).toEqual(expect.arrayContaining(['no_answer', 'no_receipt', 'later', 'bypass']))
  })

  it('[EVI-27] resolves a race as both nodes do: a late withdrawal has no effect', () => {
    const withdrawn = (seen: number) =>
      statementText('exchange.withdrawn', 'JP', 'KR', 31, {
        matter: { id: A.id, home: 'JP', seen },
        body: { control: A.control },
      })
    expect(reportOf(made({ home: [...logs.home, withdrawn(1)] })).matter?.state).toBe('receipted')
    const early = reportOf(made({ home: [...logs.home, withdrawn(0)] }))
    expect(early.matter?.state).toBe('withdrawn')
    expect(early.proved).toContain('withdrawn')
    expect(early.proved).not.toContain('accepted')
  })

  it('[EVI-7] [EVI-26] names what the other nation has not cosigned yet', () => {
    const ack = receiptOf(cast, A, 40).replace('"seen":1', '"seen":2')
    const pending = [{ by: 'JP', kind: 'exchange.withdrawn', statement: 'b'.repeat(32) }]
    const report = reportOf({ ...other(RECEIPT, ack), pending })
    expect(report.verdict).toBe('keys_open')
    expect(report.pending).toEqual([{ by: 'JP', kind: 'exchange.withdrawn' }])
    expect(report.unproved).toContain('not_yet_cosigned')
  })

  it('[EVI-13] leaves out what the other side could not apply', () => {
    const refused = statementText('entry.refused', 'JP', 'KR', 45, {
      body: { index: RECEIPT, code: 'unknown_signer' },
    })
    const report = reportOf(made({ home: [...logs.home, refused] }))
    expect(report.matter?.state).toBe('accepted')
    expect(report.proved).not.toContain('receipted')
  })
})
