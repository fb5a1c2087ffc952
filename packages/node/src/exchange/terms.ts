/** The kinds of term that agreements on information have beside those of every instrument. */
import { z } from 'zod'
import { dutyKind, nationCode, slug, sorted, termKind } from '#node/law/termKind.ts'
import type { Term, TermKind } from '#node/law/termKind.ts'

const marking = z.strictObject({
  marking: z.string().min(1),
  romanised: z.string().min(1).optional(),
  english: z.string().min(1).optional(),
})

/** The markings that each party's information bears, exactly as the instrument writes them (AGR-5). */
export const MARKINGS = termKind(
  'markings',
  { markings: z.record(nationCode, z.array(marking).min(1)) },
  {
    compile: ({ markings }) => ({
      markings: Object.fromEntries(
        Object.entries(markings).map(([nation, list]) => [nation, sorted(list.map((each) => each.marking))]),
      ),
    }),
    answer: (terms, { to }) => ({ markings: terms.flatMap(({ markings }) => markings[to] ?? []) }),
  },
)

const equivalenceRow = z.strictObject({
  from: nationCode,
  marking: z.string().min(1),
  to: nationCode,
  /** More than one is a choice that the releasing person makes. */
  markings: z.array(z.string().min(1)).min(1),
})
export type EquivalenceRow = z.infer<typeof equivalenceRow>

/** Which of the receiver's markings corresponds to which of the provider's (AGR-10). */
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
  for (const each of all) {
    if (each.kind !== MARKINGS.kind) continue
    const { markings } = each as unknown as { markings: Record<string, { marking: string }[]> }
    for (const [nation, list] of Object.entries(markings))
      for (const one of list) declared.add(`${nation} ${one.marking}`)
  }
  const seen = new Set<string>()
  for (const row of rows) {
    const key = keyOf(row)
    if (seen.has(key)) return `equivalence of ${key} stands twice`
    seen.add(key)
    const named = [`${row.from} ${row.marking}`, ...row.markings.map((each) => `${row.to} ${each}`)]
    if (!named.every((each) => declared.has(each)))
      return `equivalence of ${key} names a marking that is not declared`
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
