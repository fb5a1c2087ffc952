/**
 * The law in an evidence file: both nations declared the profile that the proposal names, its text is here,
 * the proposal meets its terms, and the receiver had assured the provision (EVI-20 to EVI-23).
 */
import { z } from 'zod'
import { sha384 } from '../digest.ts'
import type { ProvedLog, ProvedStatement } from './log.ts'
import type { ProvedOffer } from './offer.ts'
import { attempt, expectThat, fail, hold } from './report.ts'
import type { Findings, ReliedTerm } from './report.ts'
import { verifySigned } from './signer.ts'
import { parseJson } from '../json.ts'
import { AssuranceText } from '../exchange/assurance.ts'
import { Nation } from '../nation.ts'

const Texts = z.array(z.string())

/** What of a profile an item relies on. */
const ProfileText = z.looseObject({
  format: z.literal('entente-profile/1'),
  instrument: z.string(),
  subject: z.literal('information'),
  parties: z.tuple([Nation, Nation]),
  articles: z.record(z.string(), Texts),
  markings: z.record(z.string(), Texts),
  equivalence: z.array(
    z.looseObject({ from: z.string(), marking: z.string(), to: z.string(), markings: Texts }),
  ),
  categories: Texts,
  purposes: Texts,
  organisations: z.array(z.looseObject({ id: z.string(), nation: z.string() })),
  assurance: Texts,
})
type ProfileText = z.infer<typeof ProfileText>

/** The terms that a proposal has to meet, by the kind that the articles are listed under. */
const TERMS: readonly (readonly [string, (profile: ProfileText, offer: ProvedOffer) => boolean])[] = [
  [
    'gsomia',
    ({ parties }, { proposal }) => {
      const nations = [proposal.originator, proposal.recipient.nation].sort()
      return parties.join() === nations.join()
    },
  ],
  [
    'markings',
    ({ markings }, { proposal }) => markings[proposal.originator]?.includes(proposal.marking) ?? false,
  ],
  [
    'equivalence',
    ({ equivalence }, { proposal }) =>
      equivalence.some(
        (row) =>
          row.from === proposal.originator &&
          row.to === proposal.recipient.nation &&
          row.marking === proposal.marking &&
          row.markings.includes(proposal.receiverMarking),
      ),
  ],
  ['categories', ({ categories }, { proposal }) => categories.includes(proposal.category)],
  ['purpose', ({ purposes }, { proposal }) => purposes.includes(proposal.purpose)],
  [
    'authorities',
    ({ organisations }, { proposal }) =>
      organisations.some(
        ({ id, nation }) => id === proposal.recipient.organisation && nation === proposal.recipient.nation,
      ),
  ],
]

/** What of the law held. */
export interface ProvedTerms {
  readonly sameTerms: boolean
  readonly assured: boolean
  readonly relied: readonly ReliedTerm[]
}

/**
 * Proves the profile on both sides, the terms, and the assurance. `answeredAt` is the index of the first
 * answer.
 */
export function proveTerms(
  findings: Findings,
  offer: ProvedOffer,
  home: ProvedLog,
  other: ProvedLog | null,
  file: { readonly profile: string; readonly answeredAt: number },
): ProvedTerms {
  const { proposal, statement, said } = offer
  const named = statement.agreement
  const names = named?.instrument === proposal.instrument && named.profile === proposal.profile
  expectThat(findings, names, 'agreement', said.place, 'profile_differs')
  const sides = [
    proveDeclared(findings, offer, home, said.index),
    other !== null && proveDeclared(findings, offer, other, file.answeredAt),
  ]
  if (other === null) fail(findings, 'agreement', 'logs.other', 'declaration_missing')
  const profile = proveProfile(findings, offer, file.profile)
  if (profile === null) return { sameTerms: false, assured: false, relied: [] }
  const relied: ReliedTerm[] = []
  for (const [term, isMet] of TERMS) {
    if (expectThat(findings, isMet(profile, offer), 'agreement', `profile.${term}`, 'term_not_met')) {
      relied.push({ term, articles: profile.articles[term] ?? [] })
    }
  }
  const needsAssurance = profile.assurance.length > 0
  const assured = needsAssurance && proveAssurance(findings, offer, other)
  if (assured) relied.push({ term: 'assurance', articles: profile.articles['assurance'] ?? [] })
  return { sameTerms: names && sides.every(Boolean), assured, relied }
}

function proveProfile(findings: Findings, offer: ProvedOffer, text: string): ProfileText | null {
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

/** The last thing that a nation declared of the instrument before a place of its log. */
function proveDeclared(findings: Findings, offer: ProvedOffer, log: ProvedLog, before: number): boolean {
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

/** An assurance of the receiver, signed by its officer, that covers this provision at its moment. */
function proveAssurance(findings: Findings, offer: ProvedOffer, other: ProvedLog | null): boolean {
  for (const said of other?.statements ?? []) {
    const { statement } = said
    if (statement.kind !== 'assurance.given') continue
    const over = sha384(Buffer.from(statement.body.text))
    const expected = { check: 'assurance', act: 'assurance.give', over, authority: 'assure' } as const
    const signed = verifySigned(findings, other!, said, 0, expected)
    if (signed === null || !covers(said, statement.body, offer)) continue
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
