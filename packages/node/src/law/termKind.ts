/**
 * A kind of term: the schema of its clauses, their operative values, and what they answer the gate. The law defines the
 * kinds of any instrument; a pillar adds its own. Rules AGR-3, AGR-8.
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
  /** Article and paragraph, as addressed in the text: `7.5`, `6.c`. */
  articles: z.array(z.string().min(1)).min(1),
  /** True if the values are made for the exercise and not read in a public text. */
  illustrative: z.boolean().optional(),
  /** A note to the reader; not binding and not part of the profile. */
  note: words.optional(),
}

/** A clause of an instrument, with the articles that state it. */
export interface Term {
  readonly id: string
  readonly kind: string
  readonly articles: readonly string[]
  readonly illustrative?: boolean | undefined
  readonly note?: Words | undefined
}

/** What the gate asks of the terms: about which matter, and between whom. */
export interface TermQuestion {
  readonly from: string
  readonly to: string
  /** The matter's attributes, as its pillar defines them. */
  readonly matter: Readonly<Record<string, unknown>>
}

/** Sets of strings by name: `context.terms` in the policies. */
export type TermAnswers = Readonly<Record<string, readonly string[]>>

/** `Value` is the content of a term in `terms.json`; `Operative` is the part of it that goes into the profile. */
export interface TermKind<Value = unknown, Operative = unknown> {
  readonly kind: string
  readonly schema: z.ZodType<Term>
  /** The operative values: no words for people, and sets in order. */
  compile(value: Value): Operative
  /** What is wrong with the terms of this kind, given all terms of the instrument; null if nothing is. */
  check?(terms: readonly Value[], all: readonly Term[]): string | null
  /** The answers of an instrument's terms of this kind, which may be none. */
  answer?(terms: readonly Operative[], question: TermQuestion): TermAnswers
}

type ValueOf<Shape extends z.ZodRawShape> = z.infer<z.ZodObject<Shape>>

/** Declares a kind of term by the fields that it has beside `id`, `articles`, `illustrative` and `note`. */
export function termKind<const Shape extends z.ZodRawShape, Operative>(
  kind: string,
  shape: Shape,
  rest: Omit<TermKind<ValueOf<Shape>, Operative>, 'kind' | 'schema'>,
): TermKind<ValueOf<Shape>, Operative> {
  const schema = z.strictObject({ ...pinned, kind: z.literal(kind), ...shape }) as unknown as z.ZodType<Term>
  return { kind, schema, ...rest }
}

/** Declares a kind of term without values: a duty that binds as its articles state it. */
export function dutyKind(kind: string): TermKind<unknown, object> {
  return termKind(kind, {}, { compile: () => ({}) })
}

/** Sorts by UTF-16 code unit and removes duplicates, as the profile writes a set. */
export function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort()
}
