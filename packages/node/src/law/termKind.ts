/**
 * A kind of term: what an instrument may say in a clause of this kind, what of it acts, and what the gate may ask of
 * it. The law has the kinds that every instrument may use; a pillar brings its own. Rules AGR-3, AGR-8.
 */
import { z } from 'zod'

/** `JP`, `KR`, `US`: ISO 3166-1 alpha-2. */
export const nationCode = z.string().regex(/^[A-Z]{2}$/)
export const slug = z.string().regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/)

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

/** A clause, pinned to the articles that state it. */
export interface Term {
  readonly id: string
  readonly kind: string
  readonly articles: readonly string[]
  readonly illustrative?: boolean | undefined
  readonly note?: Words | undefined
}

/** A matter as far as terms speak of it. */
export interface TermQuestion {
  readonly from: string
  readonly to: string
  /** What the pillar says of the matter, by name. */
  readonly matter: Readonly<Record<string, unknown>>
}

/** What the rules see of the terms about one matter: sets of texts by name, `context.terms` in the policies. */
export type TermAnswers = Readonly<Record<string, readonly string[]>>

/** `Value` is what a term of this kind says; `Acting` is the part of it that stands in the profile. */
export interface TermKind<Value = unknown, Acting = unknown> {
  readonly kind: string
  readonly schema: z.ZodType<Term>
  /** The part that acts: without words for people, sets in order. */
  compile(value: Value): Acting
  /** What is wrong with the terms of this kind in an instrument that they stand in; null when nothing is. */
  check?(terms: readonly Value[], all: readonly Term[]): string | null
  /** Answers what the rules ask of all terms of this kind; of none where the instrument has none. */
  answer?(terms: readonly Acting[], question: TermQuestion): TermAnswers
}

type ValueOf<Shape extends z.ZodRawShape> = z.infer<z.ZodObject<Shape>>

/** Declares a kind of term by the fields that it adds to `id`, `articles`, `illustrative` and `note`. */
export function termKind<const Shape extends z.ZodRawShape, Acting>(
  kind: string,
  shape: Shape,
  rest: Omit<TermKind<ValueOf<Shape>, Acting>, 'kind' | 'schema'>,
): TermKind<ValueOf<Shape>, Acting> {
  const schema = z.strictObject({ ...pinned, kind: z.literal(kind), ...shape }) as unknown as z.ZodType<Term>
  return { kind, schema, ...rest }
}

/** Declares a duty that binds as it stands and carries no values of its own. */
export function dutyKind(kind: string): TermKind<unknown, object> {
  return termKind(kind, {}, { compile: () => ({}) })
}

/** A set as the profile writes it: each once, ordered by UTF-16 code unit. */
export function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort()
}
