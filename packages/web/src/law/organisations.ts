/** The names of organisations in the agreements; an organisation without a name is shown by its id. */
import { agreements } from '#api/agreements.ts'
import { useHeldAgreements } from './heldAgreements.ts'
import { nameIn, useLanguage } from '../core/language.ts'
import { useRoute } from '../core/queries.ts'

export interface Organisation {
  readonly id: string
  readonly nation: string
  readonly names: Readonly<Record<string, string>>
}

interface Term {
  readonly kind: string
  readonly value: unknown
}

/** The competent authorities in the terms of an instrument; malformed terms have none. */
export function organisationsIn(terms: readonly Term[]): readonly Organisation[] {
  return terms
    .filter((term) => term.kind === 'authorities')
    .flatMap((term) => {
      const { organisations } = (term.value ?? {}) as { organisations?: unknown }
      return Array.isArray(organisations) ? organisations.filter(isOrganisation) : []
    })
}

function isOrganisation(value: unknown): value is Organisation {
  if (typeof value !== 'object' || value === null) return false
  const { id, nation, names } = value as Partial<Organisation>
  return typeof id === 'string' && typeof nation === 'string' && typeof names === 'object' && names !== null
}

/** The organisations of an instrument; none until it is known. */
export function useOrganisations(instrument: string | null): readonly Organisation[] {
  const reply = useRoute(agreements.get, { instrument: instrument ?? '' }, { enabled: instrument !== null })
  return organisationsIn(reply.data?.terms ?? [])
}

/** Returns an organisation's name in an instrument, in the reader's language. */
export function useOrganisationName(instrument: string | null): (id: string) => string {
  return useNameAmong(useOrganisations(instrument))
}

/** Returns an organisation's name in any agreement that has it. */
export function useAnyOrganisationName(): (id: string) => string {
  return useNameAmong(useHeldAgreements().flatMap((agreement) => organisationsIn(agreement.terms)))
}

function useNameAmong(known: readonly Organisation[]): (id: string) => string {
  const [language] = useLanguage()
  return (id) => {
    const name = nameIn(known.find((organisation) => organisation.id === id)?.names, language)
    return name === '' ? id : name
  }
}
