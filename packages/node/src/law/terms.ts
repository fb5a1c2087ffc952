/** The kinds of term that any instrument may have: entry, duration and notice, scope, channels, and duties. */
import { z } from 'zod'
import { operativeTerms } from './profile.ts'
import type { Profile } from './profile.ts'
import { dutyKind, nationCode, slug, sorted, termKind, words } from './termKind.ts'
import type { TermKind } from './termKind.ts'

/** `P1Y`, `P90D`: an ISO 8601 period of years, months or days. */
const period = z.string().regex(/^P[1-9]\d{0,3}[YMD]$/)

/** How an instrument enters into force. `stated`: its rule was not read, so a fact states the date. */
const ENTRY_RULES = ['later_of_notifications', 'on_signature', 'stated', 'not_concluded'] as const

export const ENTRY_INTO_FORCE = termKind(
  'entry_into_force',
  {
    rule: z.enum(ENTRY_RULES),
    /** The time zone of the instrument's dates, for example `Asia/Seoul`. */
    zone: z.string().min(1),
  },
  { compile: ({ rule, zone }) => ({ rule, zone }) },
)

export const DURATION = termKind(
  'duration',
  {
    /** Absent if the instrument runs until it is terminated. */
    initial: period.optional(),
    renewal: period.optional(),
  },
  { compile: ({ initial = null, renewal = null }) => ({ initial, renewal }) },
)

export const NOTICE = termKind(
  'notice',
  {
    period,
    anchor: z.enum(['before_period_ends', 'any_time']),
    /** By how many days this node puts the last day for notice before the computed one, to be safe. */
    marginDays: z.number().int().min(0).max(30),
    /** Each party's publicly known reading of the clause. */
    readings: z.record(nationCode, words).optional(),
  },
  { compile: (notice) => ({ period: notice.period, anchor: notice.anchor }) },
)

export const SURVIVAL = termKind(
  'survival',
  { rule: z.literal('unconditional') },
  { compile: ({ rule }) => ({ rule }) },
)

export const CATEGORIES = termKind(
  'categories',
  { permitted: z.array(slug).min(1), excluded: z.array(slug).optional() },
  {
    compile: ({ permitted }) => ({ permitted: sorted(permitted) }),
    answer: (terms) => ({ categories: terms.flatMap(({ permitted }) => permitted) }),
  },
)

const organisation = z.strictObject({ id: slug, nation: nationCode, names: words })

/** The competent authorities: the organisations of each nation that may receive. */
export const AUTHORITIES = termKind(
  'authorities',
  { organisations: z.array(organisation).min(1) },
  {
    compile: ({ organisations }) => ({
      organisations: organisations
        .map(({ id, nation }) => ({ id, nation }))
        .sort((one, other) => (one.id < other.id ? -1 : 1)),
    }),
    answer: (terms, { to }) => ({
      organisations: terms.flatMap(({ organisations }) =>
        organisations.filter(({ nation }) => nation === to).map(({ id }) => id),
      ),
    }),
  },
)

const CHANNEL = termKind(
  'channel',
  {
    route: z.literal('government_to_government'),
    permitted: z.array(z.enum(['network', 'media'])).min(1),
  },
  {
    compile: ({ permitted }) => ({ permitted: sorted(permitted) }),
    answer: (terms) => ({ channels: terms.flatMap(({ permitted }) => permitted) }),
  },
)

/** The name of each party as originator. */
export const ORIGINATOR = termKind(
  'originator',
  { names: z.record(nationCode, words) },
  { compile: () => ({}) },
)

const DUTIES = [
  'amendment',
  'arrangements',
  'costs',
  'disputes',
  'law_change',
  'purpose_of_agreement',
  'receipt',
  'substantial_protection',
]

/** The kinds of term of the law itself. */
export const LAW_TERMS: readonly TermKind[] = [
  ENTRY_INTO_FORCE,
  DURATION,
  NOTICE,
  SURVIVAL,
  CATEGORIES,
  AUTHORITIES,
  CHANNEL,
  ORIGINATOR,
  ...DUTIES.map(dutyKind),
]

/** The categories that an instrument permits. */
export function categoriesOf(profile: Profile | null): readonly string[] {
  return operativeTerms(profile, CATEGORIES).flatMap(({ permitted }) => permitted)
}

/** The competent organisations of a nation under an instrument. */
export function organisationsOf(profile: Profile | null, nation: string): readonly string[] {
  return operativeTerms(profile, AUTHORITIES).flatMap(({ organisations }) =>
    organisations.filter((known) => known.nation === nation).map(({ id }) => id),
  )
}
