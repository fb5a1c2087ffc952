/**
 * The profile: the terms that act, compiled to one canonical text with one hash, the same on every node that
 * holds the same terms whatever the layout or order of its file. Rules AGR-7 to AGR-9.
 */
import { createHash } from 'node:crypto'
import type { InstrumentTerms } from './term.ts'
import { termOf } from './term.ts'

export interface EquivalenceRow {
  readonly from: string
  readonly marking: string
  readonly to: string
  readonly markings: readonly string[]
}

export interface Profile {
  readonly instrument: string
  /** `sha384:` and the lower-case hex digest of `text`. */
  readonly hash: string
  /** The canonical JSON that is hashed; `parseProfile` reads it back. */
  readonly text: string
  readonly subject: 'information' | 'logistics'
  readonly parties: readonly [string, string]
  /** Kind of term to the articles that state it; the gate finds its citations here. */
  readonly articles: Readonly<Record<string, readonly string[]>>
  /** The markings that each party's information bears under the instrument, exactly as written. */
  readonly markings: Readonly<Record<string, readonly string[]>>
  readonly equivalence: readonly EquivalenceRow[]
  readonly categories: readonly string[]
  readonly purposes: readonly string[]
  readonly organisations: readonly { readonly id: string; readonly nation: string }[]
  readonly channels: readonly string[]
  readonly thirdParty: 'originator_consent' | null
  readonly access: readonly string[]
  readonly assurance: readonly string[]
  readonly survival: 'unconditional' | null
}

/** Compiles terms to the profile that the gate enforces. Pure and deterministic. */
export function compileProfile(terms: InstrumentTerms): Profile {
  const body = {
    format: 'entente-profile/1',
    instrument: terms.instrument,
    subject: terms.subject,
    parties: [...terms.parties].sort(),
    articles: articlesOf(terms),
    markings: Object.fromEntries(
      Object.entries(termOf(terms, 'markings')?.markings ?? {}).map(([nation, list]) => [
        nation,
        list.map((each) => each.marking).sort(),
      ]),
    ),
    equivalence: (termOf(terms, 'equivalence')?.rows ?? [])
      .map((row) => ({ ...row, markings: [...row.markings].sort() }))
      .sort((one, other) => compareText(canonicalText(one), canonicalText(other))),
    categories: [...(termOf(terms, 'categories')?.permitted ?? [])].sort(),
    purposes: [...(termOf(terms, 'purpose')?.purposes ?? [])].sort(),
    organisations: (termOf(terms, 'authorities')?.organisations ?? [])
      .map(({ id, nation }) => ({ id, nation }))
      .sort((one, other) => compareText(one.id, other.id)),
    channels: [...(termOf(terms, 'channel')?.permitted ?? [])].sort(),
    thirdParty: termOf(terms, 'third_party')?.rule ?? null,
    access: [...(termOf(terms, 'access')?.requires ?? [])].sort(),
    assurance: [...(termOf(terms, 'assurance')?.covers ?? [])].sort(),
    survival: termOf(terms, 'survival')?.rule ?? null,
    life: lifeOf(terms),
  }
  return parseProfile(canonicalText(body))
}

/** Reads a profile back from its canonical text, so that an old decision can be replayed. */
export function parseProfile(text: string): Profile {
  const { format, life, ...body } = JSON.parse(text) as Record<string, unknown>
  if (format !== 'entente-profile/1' || typeof life !== 'object') throw new Error('profile: unknown format')
  return { ...body, text, hash: hashOf(text) } as unknown as Profile
}

/** `sha384:` and the digest of a text's UTF-8 bytes. */
export function hashOf(text: string): string {
  return `sha384:${createHash('sha384').update(text, 'utf8').digest('hex')}`
}

/** JSON with sorted keys and no white space. Only strings, numbers, booleans, null, arrays and records. */
function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([one], [other]) => compareText(one, other))
    return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalText(each)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

/** Orders by UTF-16 code unit, the same on every machine and in every locale. */
function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function articlesOf(terms: InstrumentTerms): Record<string, string[]> {
  const articles: Record<string, string[]> = {}
  for (const each of terms.terms) {
    articles[each.kind] = [...new Set([...(articles[each.kind] ?? []), ...each.articles])].sort()
  }
  return articles
}

/** The life terms act too: two nodes that reckon the end differently must not hold the same hash. */
function lifeOf(terms: InstrumentTerms): Record<string, unknown> {
  const entry = termOf(terms, 'entry_into_force')
  const duration = termOf(terms, 'duration')
  const notice = termOf(terms, 'notice')
  return {
    entry: entry === undefined ? null : { rule: entry.rule, zone: entry.zone },
    duration: { initial: duration?.initial ?? null, renewal: duration?.renewal ?? null },
    notice: notice === undefined ? null : { period: notice.period, anchor: notice.anchor },
  }
}
