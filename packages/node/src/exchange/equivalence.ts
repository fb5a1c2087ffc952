/** Equivalence of markings under an instrument: a directed relation, not a function. Rules AGR-10 to AGR-12. */
import { operativeTerms } from '#node/law/profile.ts'
import type { Profile } from '#node/law/profile.ts'
import type { InstrumentTerms } from '#node/law/term.ts'
import { termOf } from '#node/law/term.ts'
import type { Words } from '#node/law/termKind.ts'
import { ORIGINATOR } from '#node/law/terms.ts'
import { EQUIVALENCE, MARKINGS, PURPOSE } from './terms.ts'
import type { EquivalenceRow } from './terms.ts'

/** The rows of an instrument's equivalence; none without a profile. */
export function equivalenceOf(profile: Profile | null): readonly EquivalenceRow[] {
  return operativeTerms(profile, EQUIVALENCE).flatMap(({ rows }) => rows)
}

/**
 * The markings that the receiver `to` may put on information that `from` marked `marking`. If there is none, the
 * information may not cross; if there are several, the releasing person chooses.
 */
export function equivalentMarkings(
  profile: Profile | null,
  from: string,
  marking: string,
  to: string,
): readonly string[] {
  const row = equivalenceOf(profile).find(
    (candidate) => candidate.from === from && candidate.marking === marking && candidate.to === to,
  )
  return row?.markings ?? []
}

/** The marking chosen for the receiver; if none is chosen, the only equivalent; empty if there is none or several. */
export function receiverMarkingOf(chosen: string | undefined, equivalents: readonly string[]): string {
  if (chosen !== undefined && chosen !== '') return chosen
  return equivalents.length === 1 ? equivalents[0]! : ''
}

/** The markings that a party's information may bear under an instrument. */
export function markingsOf(profile: Profile | null, nation: string): readonly string[] {
  return operativeTerms(profile, MARKINGS).flatMap(({ markings }) => markings[nation] ?? [])
}

/** The purposes for which an instrument lets information be provided. */
export function purposesOf(profile: Profile | null): readonly string[] {
  return operativeTerms(profile, PURPOSE).flatMap(({ purposes }) => purposes)
}

/** The originator's name, which the receiver marks on what it received, in the console's languages. */
export function originatorName(terms: InstrumentTerms, nation: string): Words | undefined {
  return termOf(terms, ORIGINATOR)?.names[nation]
}
