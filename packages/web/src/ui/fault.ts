/**
 * What is wrong with a field of a form, found here from what the field itself says it needs, or told by the node in
 * the place of its refusal. Pure.
 */
import type { Refusal } from '#api/refusals.ts'

/** Codes; the words stand in `ui` as `fault_…`. */
export type FaultCode =
  | 'missing'
  | 'too_short'
  | 'malformed'
  | 'refused'
  | 'until'
  | 'password_too_short'
  | 'password_too_long'
  | 'password_repeats'
  | 'password_own_words'

export interface Fault {
  readonly code: FaultCode
  /** The least number of characters, where that is the matter. */
  readonly count: number
}

/** What is looked at of a field; the elements of a page have it under these names. */
export interface Checked {
  readonly value: string
  readonly required: boolean
  /** -1 where there is no bound. */
  readonly minLength: number
  /** A regular expression, whole; empty where every text is taken. */
  readonly pattern: string
  /** A date of which a part was typed has no value yet. */
  readonly isBroken: boolean
}

/** What is wrong with what was filled in; null when nothing is. */
export function faultIn(field: Checked): Fault | null {
  const text = field.value.trim()
  if (field.isBroken) return { code: 'malformed', count: 0 }
  if (text === '') return field.required ? { code: 'missing', count: 0 } : null
  if (text.length < field.minLength) return { code: 'too_short', count: field.minLength }
  const isPattern = field.pattern === '' || new RegExp(`^(?:${field.pattern})$`, 'v').test(text)
  return isPattern ? null : { code: 'malformed', count: 0 }
}

/** The field that a refusal names, and what else the place says of it: `body.title` is `title`. */
export function placeParts(place: string): { readonly field: string; readonly rest: string } {
  const [field = '', ...rest] = place.replace(/^body\./, '').split('.')
  return { field, rest: rest.join('.') }
}

const PASSWORD_FAULTS: Readonly<Record<string, FaultCode>> = {
  too_short: 'password_too_short',
  too_long: 'password_too_long',
  repeats: 'password_repeats',
  own_words: 'password_own_words',
}

/** What the node holds against one field; null when its refusal speaks of something else. */
export function faultOf(refusal: Refusal | null): { readonly field: string; readonly fault: Fault } | null {
  if (refusal?.place === undefined || refusal.reasons[0].code !== 'invalid_input') return null
  const { field, rest } = placeParts(refusal.place)
  const code = PASSWORD_FAULTS[rest] ?? (field === 'until' ? 'until' : 'refused')
  return { field, fault: { code, count: 0 } }
}
