/**
 * The profile: the operative terms of an instrument, compiled to a canonical text with a hash. Equal terms give equal
 * hashes on every node, whatever the layout and order of the file. Rules AGR-7 to AGR-9.
 */
import { createHash } from 'node:crypto'
import type { Citation } from '#api/refusals.ts'
import { canonicalText } from '#wire/json.ts'
import type { InstrumentTerms } from './term.ts'
import type { Term, TermKind } from './termKind.ts'
import { sorted } from './termKind.ts'

const FORMAT = 'entente-profile/2'

/** A term in a profile: its operative values, and the articles that state it. */
export type OperativeTerm<Operative = object> = Operative & { readonly articles: readonly string[] }

export interface Profile {
  readonly instrument: string
  /** `sha384:` and the lower-case hex digest of `text`. */
  readonly hash: string
  /** The canonical JSON that is hashed; `parseProfile` reads it back. */
  readonly text: string
  readonly subject: string
  readonly parties: readonly [string, string]
  /** Terms by kind; a kind that the instrument lacks is absent. */
  readonly terms: Readonly<Record<string, readonly OperativeTerm[]>>
}

/** Compiles terms to the profile that the gate enforces. Deterministic. Throws on a kind that is not in `kinds`. */
export function compileProfile(instrument: InstrumentTerms, kinds: readonly TermKind[]): Profile {
  const known = new Map(kinds.map((kind) => [kind.kind, kind]))
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

/** Parses the canonical text of a profile, for the replay of an old decision. Throws on another format. */
export function parseProfile(text: string): Profile {
  const { format, ...body } = JSON.parse(text) as Record<string, unknown>
  if (format !== FORMAT) throw new Error('profile: unknown format')
  return { ...body, text, hash: hashOf(text) } as unknown as Profile
}

/** The terms of a kind in a profile. */
export function operativeTerms<Value, Operative>(
  profile: Profile | null,
  { kind }: TermKind<Value, Operative>,
): readonly OperativeTerm<Operative>[] {
  return (profile?.terms[kind] ?? []) as readonly OperativeTerm<Operative>[]
}

/** The articles that state the terms of a kind, as citations. */
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
