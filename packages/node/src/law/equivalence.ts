/** Markings that correspond under an instrument: a directed relation, not a function. Rules AGR-10 to AGR-12. */
import type { Profile } from './profile.ts'
import type { InstrumentTerms, Words } from './term.ts'
import { termOf } from './term.ts'

/**
 * The markings a receiver `to` may put on what `from` marked `marking`. Empty: the instrument has no
 * equivalent, so the information may not cross. More than one: the releasing person chooses.
 */
export function equivalentMarkings(
  profile: Profile,
  from: string,
  marking: string,
  to: string,
): readonly string[] {
  const row = profile.equivalence.find(
    (each) => each.from === from && each.marking === marking && each.to === to,
  )
  return row?.markings ?? []
}

/** The originator's name, which the receiver puts on everything provided, in the console's languages. */
export function originatorName(terms: InstrumentTerms, nation: string): Words | undefined {
  return termOf(terms, 'originator')?.names[nation]
}
