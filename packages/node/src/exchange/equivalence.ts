/** Markings that correspond under an instrument: a directed relation, not a function. Rules AGR-10 to AGR-12. */
import { actingTerms } from '#node/law/profile.ts'
import type { Profile } from '#node/law/profile.ts'
import type { InstrumentTerms } from '#node/law/term.ts'
import { termOf } from '#node/law/term.ts'
import type { Words } from '#node/law/termKind.ts'
import { ORIGINATOR } from '#node/law/terms.ts'
import { EQUIVALENCE, MARKINGS, PURPOSE } from './terms.ts'
import type { EquivalenceRow } from './terms.ts'

/** Every row of an instrument; none where nothing governs. */
export function equivalenceOf(profile: Profile | null): readonly EquivalenceRow[] {
  return actingTerms(profile, EQUIVALENCE).flatMap(({ rows }) => rows)
}

/**
 * The markings a receiver `to` may put on what `from` marked `marking`. Empty: the instrument has no
 * equivalent, so the information may not cross. More than one: the releasing person chooses.
 */
export function equivalentMarkings(
  profile: Profile | null,
  from: string,
  marking: string,
  to: string,
): readonly string[] {
  const row = equivalenceOf(profile).find(
    (each) => each.from === from && each.marking === marking && each.to === to,
  )
  return row?.markings ?? []
}

/** The markings that a party's information bears under an instrument. */
export function markingsOf(profile: Profile | null, nation: string): readonly string[] {
  return actingTerms(profile, MARKINGS).flatMap(({ markings }) => markings[nation] ?? [])
}

/** The purposes for which an instrument lets information be provided. */
export function purposesOf(profile: Profile | null): readonly string[] {
  return actingTerms(profile, PURPOSE).flatMap(({ purposes }) => purposes)
}

/** The originator's name, which the receiver puts on everything provided, in the console's languages. */
export function originatorName(terms: InstrumentTerms, nation: string): Words | undefined {
  return termOf(terms, ORIGINATOR)?.names[nation]
}
