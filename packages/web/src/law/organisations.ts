/** The names of organisations in the agreements; an organisation without a name is shown by its id. */
import { agreements } from '#api/agreements.ts'
import { useHeldAgreements } from './heldAgreements.ts'
import type { Term } from './heldAgreements.ts'
import { nameIn, useLanguage } from '../core/language.ts'
import { useRoute } from '../core/queries.ts'
import { fieldsIn, fieldsOf, namesIn, textOf } from './termFields.ts'
import type { Fields } from './termFields.ts'

export interface Organisation {
  readonly id: string
  readonly nation: string
  readonly names: Readonly<Record<string, string>>
}

/** The competent authorities in the value of a term; an entry without an id is left out. */
export function organisationsIn(value: Fields): readonly Organisation[] {
  return fieldsIn(value['organisations'])
    .map((row) => ({ id: textOf(row['id']), nation: textOf(row['nation']), names: namesIn(row['names']) }))
    .filter(({ id }) => id !== '')
}

/** The competent authorities in the terms of an instrument. */
export function organisationsOf(terms: readonly Pick<Term, 'kind' | 'value'>[]): readonly Organisation[] {
  return terms.filter(({ kind }) => kind === 'authorities').flatMap((term) => organisationsIn(fieldsOf(term)))
}

/** The organisations of an instrument; none until it is known. */
export function useOrganisations(instrument: string | null): readonly Organisation[] {
  const reply = useRoute(agreements.get, { instrument: instrument ?? '' }, { enabled: instrument !== null })
  return organisationsOf(reply.data?.terms ?? [])
}

/** Returns an organisation's name in an instrument, in the reader's language. */
export function useOrganisationName(instrument: string | null): (id: string) => string {
  return useNameAmong(useOrganisations(instrument))
}

/** Returns an organisation's name in any agreement that has it. */
export function useAnyOrganisationName(): (id: string) => string {
  return useNameAmong(useHeldAgreements().flatMap((agreement) => organisationsOf(agreement.terms)))
}

function useNameAmong(known: readonly Organisation[]): (id: string) => string {
  const [language] = useLanguage()
  return (id) => {
    const name = nameIn(known.find((organisation) => organisation.id === id)?.names, language)
    return name === '' ? id : name
  }
}
