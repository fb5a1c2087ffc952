/**
 * An instrument as data: its texts, its typed terms and the dated facts of its life, checked against each
 * other. Pure: `instrument.files.ts` reads the files. Rules AGR-1 to AGR-6.
 */
import { z } from 'zod'
import { compileProfile } from './profile.ts'
import type { Profile } from './profile.ts'
import { statusAt } from './status.ts'
import type { Status } from './status.ts'
import { instrumentFacts, instrumentTerms } from './term.ts'
import type { Fact, InstrumentTerms } from './term.ts'
import type { TermKind } from './termKind.ts'
import { parseText } from './text.ts'
import type { InstrumentText } from './text.ts'

export interface Instrument {
  readonly id: string
  readonly terms: InstrumentTerms
  readonly facts: readonly Fact[]
  readonly texts: readonly InstrumentText[]
  readonly profile: Profile
}

/** The files of one instrument's folder, as strings. */
export interface InstrumentSource {
  readonly folder: string
  readonly terms: string
  readonly facts: string
  /** File name to content, for every `text.<language>.md`. */
  readonly texts: Readonly<Record<string, string>>
}

/** Parses and checks an instrument that uses these kinds of term; throws with the file and the place that is wrong. */
export function parseInstrument(source: InstrumentSource, kinds: readonly TermKind[]): Instrument {
  const place = (file: string) => `${source.folder}/${file}`
  const terms = parseJson(place('terms.json'), source.terms, instrumentTerms(kinds))
  const { facts } = parseJson(place('facts.json'), source.facts, instrumentFacts)
  const texts = Object.entries(source.texts)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([file, content]) => parseText(place(file), content))
  checkTerms(place('terms.json'), terms, kinds)
  if (terms.completeness === 'full') checkAnchors(place('terms.json'), terms, texts)
  const profile = compileProfile(terms, kinds)
  return { id: terms.instrument, terms, facts: sortFacts(facts), texts, profile }
}

/** Parses JSON text by a schema; the error names the file and the path inside it. */
export function parseJson<T>(place: string, text: string, schema: z.ZodType<T>): T {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new Error(`${place}: not JSON`, { cause })
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new Error(`${place}: ${z.prettifyError(parsed.error)}`)
}

/** The instruments between two nations on a subject, with their status on a date, those in force first. */
export function instrumentsBetween(
  instruments: readonly Instrument[],
  one: string,
  other: string,
  subject: string,
  date: string,
): readonly { readonly instrument: Instrument; readonly status: Status }[] {
  return instruments
    .filter(({ terms }) => terms.subject === subject)
    .filter(({ terms: { parties } }) => one !== other && parties.includes(one) && parties.includes(other))
    .map((instrument) => ({ instrument, status: statusAt(instrument.terms, instrument.facts, date) }))
    .sort(
      (a, b) => precedence(a.status) - precedence(b.status) || (a.instrument.id < b.instrument.id ? -1 : 1),
    )
}

const PRECEDENCE = ['in_force', 'signed', 'terminated', 'not_concluded'] as const
function precedence(status: Status): number {
  return PRECEDENCE.indexOf(status.state)
}

function sortFacts(facts: readonly Fact[]): readonly Fact[] {
  return [...facts].sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0))
}

/** Checks the terms together: ids are unique, and the check of every kind passes. */
function checkTerms(place: string, { terms }: InstrumentTerms, kinds: readonly TermKind[]): void {
  const ids = new Set<string>()
  for (const { id } of terms) {
    if (ids.has(id)) throw new Error(`${place}: two terms have the id ${id}`)
    ids.add(id)
  }
  for (const { kind, check } of kinds) {
    const fault = check?.(
      terms.filter((term) => term.kind === kind),
      terms,
    )
    if (typeof fault === 'string') throw new Error(`${place}: ${fault}`)
  }
}

/** Checks a full instrument: every article of a term is in every text, and every article of a text has a term. */
function checkAnchors(place: string, terms: InstrumentTerms, texts: readonly InstrumentText[]): void {
  const anchored = terms.terms.flatMap((term) => term.articles)
  for (const text of texts) {
    const paragraphs = text.passages.filter(({ heading }) => !heading)
    const addresses = new Set(paragraphs.map(({ address }) => address))
    const missing = anchored.find((article) => !addresses.has(article))
    if (missing !== undefined)
      throw new Error(`${place}: article ${missing} is not in text.${text.language}.md`)
    for (const { address } of text.passages.filter(({ heading }) => heading)) {
      const named = anchored.some((article) => article === address || article.startsWith(`${address}.`))
      if (!named) throw new Error(`${place}: article ${address} of text.${text.language}.md has no term`)
    }
  }
}
