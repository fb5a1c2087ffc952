/** What may cross under an agreement, from its terms. Values are checked before use. */
import type { Term } from './heldAgreements.ts'

export interface EquivalenceRow {
  readonly from: string
  readonly marking: string
  readonly to: string
  /** If there are several, the releasing person chooses. */
  readonly markings: readonly string[]
}

export interface Organisation {
  readonly id: string
  readonly nation: string
  readonly names: Readonly<Record<string, string>>
}

export interface Crossing {
  readonly equivalence: readonly EquivalenceRow[]
  readonly categories: readonly string[]
  readonly excluded: readonly string[]
  readonly purposes: readonly string[]
  readonly organisations: readonly Organisation[]
  readonly channels: readonly string[]
  /** The articles of every part. */
  readonly articles: Readonly<
    Record<'equivalence' | 'categories' | 'purpose' | 'authorities' | 'channel', readonly string[]>
  >
}

type Fields = Readonly<Record<string, unknown>>

/** The value of a term as fields; empty if it has none. */
export function fieldsOf(term: Term): Fields {
  return isFields(term.value) ? term.value : {}
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((part): part is string => typeof part === 'string') : []
}

function fieldsIn(value: unknown): readonly Fields[] {
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

/** Derives what may cross from the terms of an agreement. */
export function crossingOf(terms: readonly Term[]): Crossing {
  const of = (kind: string): readonly Fields[] => terms.filter((term) => term.kind === kind).map(fieldsOf)
  const articles = (kind: string): readonly string[] =>
    terms.filter((term) => term.kind === kind).flatMap((term) => term.articles)
  return {
    equivalence: of('equivalence').flatMap((value) => equivalenceIn(value['rows'])),
    categories: of('categories').flatMap((value) => textsIn(value['permitted'])),
    excluded: of('categories').flatMap((value) => textsIn(value['excluded'])),
    purposes: of('purpose').flatMap((value) => textsIn(value['purposes'])),
    organisations: of('authorities').flatMap((value) => organisationsIn(value['organisations'])),
    channels: of('channel').flatMap((value) => textsIn(value['permitted'])),
    articles: {
      equivalence: articles('equivalence'),
      categories: articles('categories'),
      purpose: articles('purpose'),
      authorities: articles('authorities'),
      channel: articles('channel'),
    },
  }
}

/** True if the terms permit anything to cross. */
export function permitsAnything(crossing: Crossing): boolean {
  return crossing.categories.length > 0
}

/** The value of a term if it is a text, otherwise empty. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function equivalenceIn(value: unknown): readonly EquivalenceRow[] {
  return fieldsIn(value).map((row) => ({
    from: textOf(row['from']),
    marking: textOf(row['marking']),
    to: textOf(row['to']),
    markings: textsIn(row['markings']),
  }))
}

export function organisationsIn(value: unknown): readonly Organisation[] {
  return fieldsIn(value).map((row) => ({
    id: textOf(row['id']),
    nation: textOf(row['nation']),
    names: namesIn(row['names']),
  }))
}
