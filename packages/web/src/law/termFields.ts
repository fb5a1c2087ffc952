/** Reads the values of terms. Their kinds are known to the pillars only, so every field is checked before use. */
import type { Term } from './heldAgreements.ts'

export type Fields = Readonly<Record<string, unknown>>

/** The value of a term as fields; empty if it has none. */
export function fieldsOf({ value }: Pick<Term, 'value'>): Fields {
  return isFields(value) ? value : {}
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The texts in a list; none if it is no list. */
export function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((part): part is string => typeof part === 'string') : []
}

/** The objects in a list; none if it is no list. */
export function fieldsIn(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : []
}

/** The names in a value, by language. */
export function namesIn(value: unknown): Readonly<Record<string, string>> {
  if (!isFields(value)) return {}
  const names = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return Object.fromEntries(names)
}

/** The value if it is a text, otherwise empty. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The categories that an agreement permits; none if its terms name none. */
export function categoriesIn(terms: readonly Term[]): readonly string[] {
  return terms
    .filter(({ kind }) => kind === 'categories')
    .flatMap((term) => textsIn(fieldsOf(term)['permitted']))
}
