/**
 * An instrument as data: its texts, its typed terms and the dated facts of its life, checked against each
 * other. Pure: `instrument.files.ts` reads the files. Rules AGR-1 to AGR-6.
 */
import { z } from 'zod'
import type { Citation } from '#api/refusals.ts'
import { compileProfile } from './profile.ts'
import type { Profile } from './profile.ts'
import { statusAt } from './status.ts'
import type { Status } from './status.ts'
import { instrumentFacts, instrumentTerms } from './term.ts'
import type { Fact, InstrumentTerms, TermKind } from './term.ts'
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

/** Parses and checks an instrument; throws with the file and the place in it that is wrong. */
export function parseInstrument(source: InstrumentSource): Instrument {
  const place = (file: string) => `${source.folder}/${file}`
  const terms = parseJson(place('terms.json'), source.terms, instrumentTerms)
  const { facts } = parseJson(place('facts.json'), source.facts, instrumentFacts)
  const texts = Object.entries(source.texts)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([file, content]) => parseText(place(file), content))
  checkTerms(place('terms.json'), terms)
  if (terms.completeness === 'full') checkAnchors(place('terms.json'), terms, texts)
  return { id: terms.instrument, terms, facts: sortFacts(facts), texts, profile: compileProfile(terms) }
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

/** The instruments between two nations on a subject, each with its status on a date; in force first. */
export function instrumentsBetween(
  instruments: readonly Instrument[],
  one: string,
  other: string,
  subject: 'information' | 'logistics',
  date: string,
): readonly { readonly instrument: Instrument; readonly status: Status }[] {
  return instruments
    .filter((each) => each.terms.subject === subject)
    .filter(({ terms: { parties } }) => one !== other && parties.includes(one) && parties.includes(other))
    .map((instrument) => ({ instrument, status: statusAt(instrument.terms, instrument.facts, date) }))
    .sort(
      (a, b) => precedence(a.status) - precedence(b.status) || (a.instrument.id < b.instrument.id ? -1 : 1),
    )
}

/** The articles a kind of term stands on, as citations; empty when the instrument has no such term. */
export function citationsOf(profile: Profile, kind: TermKind): readonly Citation[] {
  return (profile.articles[kind] ?? []).map((article) => ({ instrument: profile.instrument, article }))
}

const PRECEDENCE = ['in_force', 'signed', 'terminated', 'not_concluded'] as const
function precedence(status: Status): number {
  return PRECEDENCE.indexOf(status.state)
}

function sortFacts(facts: readonly Fact[]): readonly Fact[] {
  return [...facts].sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0))
}

/** Terms must agree among themselves: unique ids, parties only, and equivalence only of markings declared. */
function checkTerms(place: string, terms: InstrumentTerms): void {
  const ids = new Set<string>()
  const declared = new Map<string, Set<string>>()
  for (const each of terms.terms) {
    if (ids.has(each.id)) throw new Error(`${place}: term ${each.id} stands twice`)
    ids.add(each.id)
    if (each.kind === 'markings') {
      for (const [nation, list] of Object.entries(each.markings)) {
        declared.set(nation, new Set(list.map((one) => one.marking)))
      }
    }
  }
  const known = (nation: string, marking: string) => declared.get(nation)?.has(marking) === true
  const rows = terms.terms.flatMap((each) => (each.kind === 'equivalence' ? each.rows : []))
  const seen = new Set<string>()
  for (const row of rows) {
    const key = `${row.from} ${row.marking} ${row.to}`
    if (seen.has(key)) throw new Error(`${place}: equivalence of ${key} stands twice`)
    seen.add(key)
    if (!known(row.from, row.marking) || !row.markings.every((each) => known(row.to, each))) {
      throw new Error(`${place}: equivalence of ${key} names a marking that is not declared`)
    }
  }
}

/** In a full instrument every term is anchored in every text, and every operative article has a term. */
function checkAnchors(place: string, terms: InstrumentTerms, texts: readonly InstrumentText[]): void {
  const anchored = terms.terms.flatMap((each) => each.articles)
  for (const text of texts) {
    const addresses = new Set(text.passages.filter((each) => !each.heading).map((each) => each.address))
    const missing = anchored.find((article) => !addresses.has(article))
    if (missing !== undefined)
      throw new Error(`${place}: article ${missing} is not in text.${text.language}.md`)
    for (const { address } of text.passages.filter((each) => each.heading)) {
      const named = anchored.some((article) => article === address || article.startsWith(`${address}.`))
      if (!named) throw new Error(`${place}: article ${address} of text.${text.language}.md has no term`)
    }
  }
}
