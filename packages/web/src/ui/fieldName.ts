/** What people call the field that a refusal names: the word that stands over it in the forms. */
import { useTranslation } from 'react-i18next'
import type { TextKey } from '../i18n/texts.ts'
import { fieldOfPlace } from './fault.ts'

type Forms = 'exchange' | 'identity' | 'logistics' | 'shell'
/** As the texts are asked for: namespace and key. */
type Word = { [N in Forms]: `${N}:${TextKey<N>}` }[Forms]

const WORDS: Readonly<Record<string, Word>> = {
  again: 'identity:againPassword',
  category: 'exchange:category',
  code: 'identity:code',
  content: 'exchange:asFile',
  derivedFrom: 'exchange:derivedFrom',
  fileName: 'exchange:asFile',
  id: 'identity:personId',
  item: 'logistics:item',
  marking: 'exchange:marking',
  markings: 'exchange:markings',
  mediaType: 'exchange:asFile',
  next: 'identity:newPassword',
  office: 'identity:office',
  organisation: 'identity:organisation',
  partner: 'exchange:partner',
  password: 'identity:password',
  person: 'identity:personId',
  purpose: 'exchange:purpose',
  purposes: 'exchange:purposes',
  quantity: 'logistics:quantity',
  reason: 'exchange:reason',
  receiverMarking: 'exchange:receiverMarking',
  roles: 'identity:roles',
  scope: 'identity:scopeMatterId',
  search: 'shell:find',
  text: 'exchange:textField',
  title: 'exchange:titleField',
  unit: 'logistics:unit',
  until: 'exchange:until',
}

/** The words for a place; null for a place that no form has. */
export function wordOfField(place: string): Word | null {
  const field = fieldOfPlace(place)
  return Object.hasOwn(WORDS, field) ? (WORDS[field] ?? null) : null
}

/** The name of the field of a place; the place itself where no form has it. */
export function useFieldName(): (place: string) => string {
  const { t } = useTranslation()
  return (place) => {
    const word = wordOfField(place)
    return word === null ? place : t(word)
  }
}
