/**
 * The typed terms of an instrument: a closed library of clauses, each pinned to the articles that state it.
 * Rules AGR-3 to AGR-6.
 */
import { z } from 'zod'

/** `JP`, `KR`, `US`: ISO 3166-1 alpha-2. */
export const nationCode = z.string().regex(/^[A-Z]{2}$/)
/** `2016-11-23`. */
const calendarDate = z.iso.date()
/** `P1Y`, `P90D`: an ISO 8601 period of years, months or days. */
const period = z.string().regex(/^P[1-9]\d{0,3}[YMD]$/)
const slug = z.string().regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/)

/** Words for people, in the console's three languages. */
export const words = z.strictObject({ en: z.string().min(1), ko: z.string().min(1), ja: z.string().min(1) })
export type Words = z.infer<typeof words>

const pinned = {
  id: slug,
  /** Article and paragraph as the text numbers them: `7.5`, `6.c`. */
  articles: z.array(z.string().min(1)).min(1),
  /** True where the values are invented for the exercise rather than read in a public text. */
  illustrative: z.boolean().optional(),
  /** What a reader should know of the term; it binds nobody and is no part of the profile. */
  note: words.optional(),
}

const marking = z.strictObject({
  marking: z.string().min(1),
  romanised: z.string().min(1).optional(),
  english: z.string().min(1).optional(),
})
const equivalenceRow = z.strictObject({
  from: nationCode,
  marking: z.string().min(1),
  to: nationCode,
  /** More than one is a choice that the releasing person makes. */
  markings: z.array(z.string().min(1)).min(1),
})
const organisation = z.strictObject({ id: slug, nation: nationCode, names: words })

/** How the instrument comes into force. `stated`: the rule was not read; the date of a fact is taken. */
const ENTRY_RULES = ['later_of_notifications', 'on_signature', 'stated', 'not_concluded'] as const
/** Duties that bind as they stand and carry no values of their own. */
const DUTY_KINDS = [
  'amendment',
  'arrangements',
  'contractors',
  'control',
  'costs',
  'derived',
  'destruction',
  'disputes',
  'electronic',
  'envelope',
  'facilities',
  'intellectual_property',
  'law_change',
  'loss',
  'purpose_of_agreement',
  'receipt',
  'reclassification',
  'register',
  'reproduction',
  'return',
  'retransfer',
  'security_visits',
  'settlement',
  'storage',
  'substantial_protection',
  'translation',
  'visits',
] as const

export const term = z.discriminatedUnion('kind', [
  z.strictObject({
    ...pinned,
    kind: z.literal('markings'),
    markings: z.record(nationCode, z.array(marking).min(1)),
  }),
  z.strictObject({ ...pinned, kind: z.literal('equivalence'), rows: z.array(equivalenceRow).min(1) }),
  z.strictObject({
    ...pinned,
    kind: z.literal('categories'),
    permitted: z.array(slug).min(1),
    excluded: z.array(slug).optional(),
  }),
  z.strictObject({ ...pinned, kind: z.literal('authorities'), organisations: z.array(organisation).min(1) }),
  z.strictObject({ ...pinned, kind: z.literal('originator'), names: z.record(nationCode, words) }),
  z.strictObject({ ...pinned, kind: z.literal('third_party'), rule: z.literal('originator_consent') }),
  z.strictObject({ ...pinned, kind: z.literal('purpose'), purposes: z.array(slug).min(1) }),
  z.strictObject({
    ...pinned,
    kind: z.literal('access'),
    requires: z.array(z.enum(['clearance', 'need_to_know'])).min(1),
  }),
  z.strictObject({
    ...pinned,
    kind: z.literal('assurance'),
    covers: z.array(z.enum(['clearance', 'official_purpose', 'equivalent_protection'])).min(1),
  }),
  z.strictObject({
    ...pinned,
    kind: z.literal('channel'),
    route: z.literal('government_to_government'),
    permitted: z.array(z.enum(['network', 'media'])).min(1),
  }),
  z.strictObject({
    ...pinned,
    kind: z.literal('entry_into_force'),
    rule: z.enum(ENTRY_RULES),
    /** Where the dates of this instrument are reckoned, for example `Asia/Seoul`. */
    zone: z.string().min(1),
  }),
  z.strictObject({
    ...pinned,
    kind: z.literal('duration'),
    /** Absent when the instrument runs until it is terminated. */
    initial: period.optional(),
    renewal: period.optional(),
  }),
  z.strictObject({
    ...pinned,
    kind: z.literal('notice'),
    period,
    anchor: z.enum(['before_period_ends', 'any_time']),
    /** Days between the plain arithmetic's last day for notice and the one this node keeps to. */
    marginDays: z.number().int().min(0).max(30),
    /** How each party is publicly known to read the clause. */
    readings: z.record(nationCode, words).optional(),
  }),
  z.strictObject({ ...pinned, kind: z.literal('survival'), rule: z.literal('unconditional') }),
  z.strictObject({ ...pinned, kind: z.enum(DUTY_KINDS) }),
])
export type Term = z.infer<typeof term>
export type TermKind = Term['kind']
export type TermOf<K extends TermKind> = Extract<Term, { kind: K }>

/** `terms.json`: what an instrument is, and every clause that software can read in it. */
export const instrumentTerms = z.strictObject({
  instrument: slug,
  title: words,
  shortTitle: words,
  kind: z.enum(['gsomia', 'acsa', 'mlsa', 'arrangement']),
  class: z.enum(['treaty', 'ministry', 'not_binding']),
  subject: z.enum(['information', 'logistics']),
  parties: z.tuple([nationCode, nationCode]),
  /** Languages whose text is authentic; empty where that is not publicly known here. */
  authentic: z.array(z.enum(['en', 'ko', 'ja'])),
  /** `full`: every operative paragraph has a term. `partial`: only what is publicly known, or illustrative. */
  completeness: z.enum(['full', 'partial']),
  terms: z.array(term).min(1),
})
export type InstrumentTerms = z.infer<typeof instrumentTerms>

/** The first term of a kind, or undefined. */
export function termOf<K extends TermKind>(terms: InstrumentTerms, kind: K): TermOf<K> | undefined {
  return terms.terms.find((candidate): candidate is TermOf<K> & Term => candidate.kind === kind) as
    | TermOf<K>
    | undefined
}

/** A dated event in the life of an instrument: shared by both parties, never edited, only added to. */
export const fact = z.strictObject({
  id: slug,
  date: calendarDate,
  kind: z.enum([
    'proposed',
    'initialled',
    'signed',
    'postponed',
    'notified',
    'entered_into_force',
    'promulgated',
    'notice_given',
    'notice_suspended',
    'notice_withdrawn',
    'amended',
    'position',
  ]),
  /** The nation that acted; absent when both did. */
  by: nationCode.optional(),
  text: words,
  source: z.string().min(1),
})
export type Fact = z.infer<typeof fact>

/** `facts.json`. */
export const instrumentFacts = z.strictObject({ instrument: slug, facts: z.array(fact) })
