/**
 * The profile: the terms that act, compiled to one canonical text with one hash, the same on every node that
 * holds the same terms whatever the layout or order of its file. Rules AGR-7 to AGR-9.
 */
import { createHash } from 'node:crypto'
import type { Citation } from '#api/refusals.ts'
import { canonicalText } from '#wire/json.ts'
import type { InstrumentTerms } from './term.ts'
import type { Term, TermKind } from './termKind.ts'
import { sorted } from './termKind.ts'

const FORMAT = 'entente-profile/2'

/** A term in a profile: the articles that state it, and what of it acts. */
export type ActingTerm<Acting = object> = Acting & { readonly articles: readonly string[] }

export interface Profile {
  readonly instrument: string
  /** `sha384:` and the lower-case hex digest of `text`. */
  readonly hash: string
  /** The canonical JSON that is hashed; `parseProfile` reads it back. */
  readonly text: string
  readonly subject: string
  readonly parties: readonly [string, string]
  /** The terms of each kind that the instrument has; a kind that it lacks is not there. */
  readonly terms: Readonly<Record<string, readonly ActingTerm[]>>
}

/** Compiles terms to the profile that the gate enforces. Pure and deterministic. Throws on a kind that is not among `kinds`. */
export function compileProfile(instrument: InstrumentTerms, kinds: readonly TermKind[]): Profile {
  const known = new Map(kinds.map((each) => [each.kind, each]))
  const compile = (term: Term): object => {
    const kind = known.get(term.kind)
    if (kind === undefined) throw new Error(`profile: unknown kind of term ${term.kind}`)
    return { ...(kind.compile(term) as object), articles: sorted(term.articles) }
  }
  const terms: Record<string, object[]> = {}
  for (const term of instrument.terms) (terms[term.kind] ??= []).push(compile(term))
  for (const list of Object.values(terms))
    list.sort((one, other) => compareText(canonicalText(one), canonicalText(other)))
  const { instrument: id, subject, parties } = instrument
  const body = { format: FORMAT, instrument: id, subject, parties: sorted(parties), terms }
  return parseProfile(canonicalText(body))
}

/** Reads a profile back from its canonical text, so that an old decision can be replayed. */
export function parseProfile(text: string): Profile {
  const { format, ...body } = JSON.parse(text) as Record<string, unknown>
  if (format !== FORMAT) throw new Error('profile: unknown format')
  return { ...body, text, hash: hashOf(text) } as unknown as Profile
}

/** The terms of a kind in a profile; none where the instrument has none. */
export function actingTerms<Value, Acting>(
  profile: Profile | null,
  { kind }: TermKind<Value, Acting>,
): readonly ActingTerm<Acting>[] {
  return (profile?.terms[kind] ?? []) as readonly ActingTerm<Acting>[]
}

/** The articles that state a kind of term, as citations; empty where the instrument has no such term. */
export function citationsOf(profile: Profile, kind: string): readonly Citation[] {
  const articles = sorted((profile.terms[kind] ?? []).flatMap((term) => term.articles))
  return articles.map((article) => ({ instrument: profile.instrument, article }))
}

/** `sha384:` and the digest of a text's UTF-8 bytes. */
export function hashOf(text: string): string {
  return `sha384:${createHash('sha384').update(text, 'utf8').digest('hex')}`
}

/** Orders by UTF-16 code unit, the same on every machine and in every locale. */
function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
