/** The kinds of term of agreements on information, beside those of any instrument. */
import { z } from 'zod'
import { dutyKind, nationCode, slug, sorted, termKind } from '#node/law/termKind.ts'
import type { Term, TermKind } from '#node/law/termKind.ts'

const marking = z.strictObject({
  marking: z.string().min(1),
  romanised: z.string().min(1).optional(),
  english: z.string().min(1).optional(),
})

/** The markings of each party's information, exactly as the instrument writes them (AGR-5). */
export const MARKINGS = termKind(
  'markings',
  { markings: z.record(nationCode, z.array(marking).min(1)) },
  {
    compile: ({ markings }) => ({
      markings: Object.fromEntries(
        Object.entries(markings).map(([nation, list]) => [
          nation,
          sorted(list.map(({ marking: text }) => text)),
        ]),
      ),
    }),
    answer: (terms, { to }) => ({ markings: terms.flatMap(({ markings }) => markings[to] ?? []) }),
  },
)

const equivalenceRow = z.strictObject({
  from: nationCode,
  marking: z.string().min(1),
  to: nationCode,
  /** If there are several, the releasing person chooses. */
  markings: z.array(z.string().min(1)).min(1),
})
export type EquivalenceRow = z.infer<typeof equivalenceRow>

/** Which markings of the receiver are equivalent to a marking of the provider (AGR-10). */
export const EQUIVALENCE = termKind(
  'equivalence',
  { rows: z.array(equivalenceRow).min(1) },
  {
    compile: ({ rows }) => ({
      rows: rows
        .map((row) => ({ ...row, markings: sorted(row.markings) }))
        .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)),
    }),
    check: (terms, all) =>
      faultOf(
        terms.flatMap(({ rows }) => rows),
        all,
      ),
    answer: (terms, { from, to, matter }) => ({
      equivalents: terms
        .flatMap(({ rows }) => rows)
        .filter((row) => row.from === from && row.to === to && row.marking === matter['marking'])
        .flatMap(({ markings }) => markings),
    }),
  },
)

const keyOf = ({ from, marking: mark, to }: EquivalenceRow) => `${from} ${mark} ${to}`

function faultOf(rows: readonly EquivalenceRow[], all: readonly Term[]): string | null {
  const declared = new Set<string>()
  for (const term of all) {
    if (term.kind !== MARKINGS.kind) continue
    const { markings } = term as unknown as { markings: Record<string, { marking: string }[]> }
    for (const [nation, list] of Object.entries(markings))
      for (const { marking: text } of list) declared.add(`${nation} ${text}`)
  }
  const seen = new Set<string>()
  for (const row of rows) {
    const key = keyOf(row)
    if (seen.has(key)) return `two equivalences of ${key}`
    seen.add(key)
    const named = [`${row.from} ${row.marking}`, ...row.markings.map((text) => `${row.to} ${text}`)]
    if (!named.every((text) => declared.has(text)))
      return `the equivalence of ${key} names a marking that is not declared`
  }
  return null
}

export const THIRD_PARTY = termKind(
  'third_party',
  { rule: z.literal('originator_consent') },
  { compile: ({ rule }) => ({ rule }) },
)

export const PURPOSE = termKind(
  'purpose',
  { purposes: z.array(slug).min(1) },
  {
    compile: ({ purposes }) => ({ purposes: sorted(purposes) }),
    answer: (terms) => ({ purposes: terms.flatMap(({ purposes }) => purposes) }),
  },
)

const ACCESS = termKind(
  'access',
  { requires: z.array(z.enum(['clearance', 'need_to_know'])).min(1) },
  { compile: ({ requires }) => ({ requires: sorted(requires) }) },
)

const ASSURANCE = termKind(
  'assurance',
  { covers: z.array(z.enum(['clearance', 'official_purpose', 'equivalent_protection'])).min(1) },
  { compile: ({ covers }) => ({ covers: sorted(covers) }) },
)

const DUTIES = [
  'contractors',
  'control',
  'derived',
  'destruction',
  'electronic',
  'envelope',
  'facilities',
  'intellectual_property',
  'loss',
  'reclassification',
  'register',
  'reproduction',
  'return',
  'security_visits',
  'storage',
  'translation',
  'visits',
]

export const EXCHANGE_TERMS: readonly TermKind[] = [
  MARKINGS,
  EQUIVALENCE,
  THIRD_PARTY,
  PURPOSE,
  ACCESS,
  ASSURANCE,
  ...DUTIES.map(dutyKind),
]
