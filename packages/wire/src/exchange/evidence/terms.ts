/**
 * The law in an evidence file: both nations declared the profile that the proposal names, its text is in the
 * file, the proposal meets its terms, and the receiver had assured the provision (EVI-20 to EVI-23).
 */
import { z } from 'zod'
import { sha384 } from '../../digest.ts'
import { attempt, expectThat, fail, hold } from '../../evidence/findings.ts'
import type { ProvedLog, ProvedStatement } from '../../evidence/log.ts'
import { parseJson } from '../../json.ts'
import { Nation } from '../../nation.ts'
import { AssuranceText } from '../assurance.ts'
import type { ExaminedItem, ItemFindings, ReliedTerm } from './codes.ts'
import type { ProvedOffer } from './offer.ts'

const Texts = z.array(z.string())
const Articles = { articles: Texts }

/** The part of a profile that an item relies on: lists of terms, by kind (AGR-9). */
const ProfileText = z.looseObject({
  format: z.literal('entente-profile/2'),
  instrument: z.string(),
  subject: z.literal('information'),
  parties: z.tuple([Nation, Nation]),
  terms: z.looseObject({
    markings: z.array(z.looseObject({ ...Articles, markings: z.record(z.string(), Texts) })).default([]),
    equivalence: z
      .array(
        z.looseObject({
          ...Articles,
          rows: z.array(
            z.looseObject({ from: z.string(), marking: z.string(), to: z.string(), markings: Texts }),
          ),
        }),
      )
      .default([]),
    categories: z.array(z.looseObject({ ...Articles, permitted: Texts })).default([]),
    purpose: z.array(z.looseObject({ ...Articles, purposes: Texts })).default([]),
    authorities: z
      .array(
        z.looseObject({
          ...Articles,
          organisations: z.array(z.looseObject({ id: z.string(), nation: z.string() })),
        }),
      )
      .default([]),
    assurance: z.array(z.looseObject({ ...Articles, covers: Texts })).default([]),
  }),
})
type ProfileText = z.infer<typeof ProfileText>
type Terms = ProfileText['terms']
type TermName = 'markings' | 'equivalence' | 'categories' | 'purpose' | 'authorities'

/** What a proposal must meet, by kind of term; one term of each kind must hold. */
const TERMS: readonly (readonly [TermName, (terms: Terms, offer: ProvedOffer) => boolean])[] = [
  [
    'markings',
    ({ markings }, { proposal }) =>
      markings.some((term) => term.markings[proposal.originator]?.includes(proposal.marking) === true),
  ],
  [
    'equivalence',
    ({ equivalence }, { proposal }) =>
      equivalence
        .flatMap(({ rows }) => rows)
        .some(
          (row) =>
            row.from === proposal.originator &&
            row.to === proposal.recipient.nation &&
            row.marking === proposal.marking &&
            row.markings.includes(proposal.receiverMarking),
        ),
  ],
  [
    'categories',
    ({ categories }, { proposal }) =>
      categories.some(({ permitted }) => permitted.includes(proposal.category)),
  ],
  [
    'purpose',
    ({ purpose }, { proposal }) => purpose.some(({ purposes }) => purposes.includes(proposal.purpose)),
  ],
  [
    'authorities',
    ({ authorities }, { proposal: { recipient } }) =>
      authorities
        .flatMap(({ organisations }) => organisations)
        .some(({ id, nation }) => id === recipient.organisation && nation === recipient.nation),
  ],
]

/** The articles that state a kind of term. */
function articlesOf(terms: Terms, kind: string): readonly string[] {
  return (terms[kind] as readonly { readonly articles: readonly string[] }[]).flatMap(
    ({ articles }) => articles,
  )
}

/** What was proved of the law. */
export interface ProvedTerms {
  readonly sameTerms: boolean
  readonly assured: boolean
  readonly relied: readonly ReliedTerm[]
}

/** Proves the profile on both sides, the terms, and the assurance. */
export function proveTerms(examined: ExaminedItem, offer: ProvedOffer): ProvedTerms {
  const { findings, home, other, about } = examined
  const answeredAt = about.other[0]?.index ?? Infinity
  const { proposal, statement, said } = offer
  const named = statement.agreement
  const names = named?.instrument === proposal.instrument && named.profile === proposal.profile
  expectThat(findings, names, 'agreement', said.place, 'profile_differs')
  const sides = [
    proveDeclared(findings, offer, home, said.index),
    other !== null && proveDeclared(findings, offer, other, answeredAt),
  ]
  if (other === null) fail(findings, 'agreement', 'logs.other', 'declaration_missing')
  const profile = proveProfile(findings, offer, examined.profile)
  if (profile === null) return { sameTerms: false, assured: false, relied: [] }
  const { terms } = profile
  const relied: ReliedTerm[] = []
  const nations = [proposal.originator, proposal.recipient.nation].sort()
  expectThat(
    findings,
    profile.parties.join() === nations.join(),
    'agreement',
    'profile.parties',
    'term_not_met',
  )
  for (const [term, isMet] of TERMS) {
    if (expectThat(findings, isMet(terms, offer), 'agreement', `profile.terms.${term}`, 'term_not_met')) {
      relied.push({ term, articles: articlesOf(terms, term) })
    }
  }
  const assured = terms.assurance.length > 0 && proveAssurance(examined, offer)
  if (assured) relied.push({ term: 'assurance', articles: articlesOf(terms, 'assurance') })
  return { sameTerms: names && sides.every(Boolean), assured, relied }
}

function proveProfile(findings: ItemFindings, offer: ProvedOffer, text: string): ProfileText | null {
  const { proposal } = offer
  const isNamed = sha384(Buffer.from(text)) === proposal.profile
  if (!expectThat(findings, isNamed, 'agreement', 'profile', 'profile_differs')) return null
  const profile = attempt(findings, 'agreement', 'profile', 'profile_differs', () =>
    ProfileText.parse(parseJson(text, 'profile')),
  )
  if (profile === null) return null
  const isTheirs = profile.instrument === proposal.instrument
  return expectThat(findings, isTheirs, 'agreement', 'profile', 'profile_differs') ? profile : null
}

/** True if the last declaration of the instrument before an index of the log names the proposal's profile. */
function proveDeclared(findings: ItemFindings, offer: ProvedOffer, log: ProvedLog, before: number): boolean {
  const { instrument, profile } = offer.proposal
  const declared = log.statements.findLast(
    ({ statement, index }) =>
      index < before && statement.kind === 'agreement.declared' && statement.body.instrument === instrument,
  )
  if (declared?.statement.kind !== 'agreement.declared') {
    fail(findings, 'agreement', log.origin, 'declaration_missing')
    return false
  }
  const isSame = declared.statement.body.profile === profile
  return expectThat(findings, isSame, 'agreement', declared.place, 'declaration_differs')
}

/** True if an assurance, signed by the receiver's officer, covers this provision at the time of the offer. */
function proveAssurance({ findings, other, signed }: ExaminedItem, offer: ProvedOffer): boolean {
  for (const said of other?.statements ?? []) {
    const { statement } = said
    if (statement.kind !== 'assurance.given') continue
    const over = sha384(Buffer.from(statement.body.text))
    const valid = signed(said, 0, { check: 'assurance', act: 'assurance.give', over })
    if (valid === null || !covers(said, statement.body, offer)) continue
    hold(findings, 'assurance', said.place)
    return true
  }
  fail(findings, 'assurance', other?.origin ?? 'logs.other', 'assurance_missing')
  return false
}

function covers(
  said: ProvedStatement,
  body: { readonly assurance: string; readonly text: string },
  { proposal, statement }: ProvedOffer,
): boolean {
  const parsed = AssuranceText.safeParse(parsedText(body.text))
  if (!parsed.success) return false
  const assured = parsed.data
  const at = Date.parse(statement.at)
  return (
    assured.assurance === body.assurance &&
    assured.by === said.statement.from &&
    assured.to === said.statement.to &&
    assured.instrument === proposal.instrument &&
    assured.organisation === proposal.recipient.organisation &&
    assured.markings.includes(proposal.receiverMarking) &&
    assured.purposes.includes(proposal.purpose) &&
    Date.parse(assured.from) <= at &&
    at < Date.parse(assured.until)
  )
}

function parsedText(text: string): unknown {
  try {
    return parseJson(text, 'assurance')
  } catch {
    return null
  }
}
