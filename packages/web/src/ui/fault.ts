/**
 * What is wrong with a field of a form, found here from what the field itself says it needs, or told by the node in
 * the place of its refusal. Pure.
 */
import type { Refusal, RefusalCode } from '#api/refusals.ts'

/** What the form itself finds; the words are in `ui` as `fault_…`. */
export type FaultCode = 'missing' | 'too_short' | 'malformed' | 'refused' | 'until'

export interface Fault {
  readonly code: FaultCode | RefusalCode
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

/** The field in the place of a refusal: `body.title` and `title.0` are `title`. */
function fieldOfPlace(place: string): string {
  return place.replace(/^body\./, '').split('.', 1)[0] ?? ''
}

/** What the node holds against one field; null when its refusal names none. */
export function faultOf(refusal: Refusal | null): { readonly field: string; readonly fault: Fault } | null {
  if (refusal?.place === undefined) return null
  const field = fieldOfPlace(refusal.place)
  const { code } = refusal.reasons[0]
  const own = field === 'until' ? 'until' : 'refused'
  return { field, fault: { code: code === 'invalid_input' ? own : code, count: 0 } }
}
