/** The schemas of `terms.json` and `facts.json`. */
import { z } from 'zod'
import { nationCode, slug, words } from './termKind.ts'
import type { Term, TermKind, Words } from './termKind.ts'

/** `2016-11-23`. */
const calendarDate = z.iso.date()

/** `terms.json`: the identity of an instrument, and its clauses as typed terms. */
export interface InstrumentTerms {
  readonly instrument: string
  readonly title: Words
  readonly shortTitle: Words
  readonly class: string
  /** What it regulates; a pillar asks for the instruments of its subject. */
  readonly subject: string
  readonly parties: readonly [string, string]
  /** Languages whose text is authentic; empty if that is not publicly known. */
  readonly authentic: readonly string[]
  /** `full`: every operative article has a term. `partial`: only what is publicly known, or illustrative. */
  readonly completeness: 'full' | 'partial'
  readonly terms: readonly Term[]
}

/** The schema of `terms.json` with these kinds of term. It rejects any other kind. */
export function instrumentTerms(kinds: readonly TermKind[]): z.ZodType<InstrumentTerms> {
  const known = new Map(kinds.map(({ kind, schema }) => [kind, schema]))
  const term = z.looseObject({ kind: z.string() }).transform((value, context): Term => {
    const schema = known.get(value.kind)
    if (schema === undefined) {
      context.addIssue({ code: 'custom', path: ['kind'], message: `unknown kind of term: ${value.kind}` })
      return z.NEVER
    }
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    for (const issue of parsed.error.issues)
      context.addIssue({ ...issue, code: 'custom', path: [...issue.path] })
    return z.NEVER
  })
  return z.strictObject({
    instrument: slug,
    title: words,
    shortTitle: words,
    class: z.enum(['treaty', 'ministry', 'not_binding']),
    subject: slug,
    parties: z.tuple([nationCode, nationCode]),
    authentic: z.array(z.enum(['en', 'ko', 'ja'])),
    completeness: z.enum(['full', 'partial']),
    terms: z.array(term).min(1),
  })
}

/** The terms of a kind, in the order of the file. */
export function termsOf<Value>(terms: InstrumentTerms, { kind }: TermKind<Value>): readonly (Term & Value)[] {
  return terms.terms.filter((term) => term.kind === kind) as (Term & Value)[]
}

/** The first term of a kind. */
export function termOf<Value>(terms: InstrumentTerms, kind: TermKind<Value>): (Term & Value) | undefined {
  return termsOf(terms, kind)[0]
}

/** A dated event in the life of an instrument, public to both parties. Facts are added, never removed. */
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
  /** The nation that acted; absent if both did. */
  by: nationCode.optional(),
  text: words,
  source: z.string().min(1),
})
export type Fact = z.infer<typeof fact>

/** `facts.json`. */
export const instrumentFacts = z.strictObject({ instrument: slug, facts: z.array(fact) })
