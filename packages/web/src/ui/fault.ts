/**
 * Errors of form fields, found here by the contract of the route that the form calls, or named by the place
 * of the node's refusal. Pure.
 */
import type { z } from 'zod'
import type { Refusal, RefusalCode } from '#api/refusals.ts'
import type { Route } from '#api/route.ts'

/** The kind of error. Its text is in `ui/words.ts` under `fault_…`. */
export type FaultCode = 'missing' | 'too_short' | 'too_long' | 'malformed' | 'refused' | 'until'

export interface Fault {
  readonly code: FaultCode | RefusalCode
  /** The limit, for errors of length; otherwise 0. */
  readonly count: number
}

export type FieldValue = string | string[]

/** True if the route requires the field. */
export function isRequired(route: Route, name: string): boolean {
  const { shape } = route.input as unknown as z.ZodObject
  const field = shape[name]
  return field !== undefined && !(field as z.ZodType).safeParse(undefined).success
}

/**
 * The errors in a form's values by the contract of a route, by field.
 * @param input the input of the call; its fields have the names of the form's fields
 */
export function faultsIn(
  route: Route,
  values: Readonly<Record<string, FieldValue>>,
  input: unknown,
): Readonly<Record<string, Fault>> {
  const faults: Record<string, Fault> = {}
  const checked = route.input.safeParse(input)
  for (const issue of checked.success ? [] : checked.error.issues) {
    const name = String(issue.path[0])
    if (Object.hasOwn(values, name)) faults[name] ??= faultIn(issue)
  }
  for (const [name, value] of Object.entries(values)) {
    const isBlank = typeof value === 'string' ? value.trim() === '' : value.length === 0
    if (isBlank && isRequired(route, name)) faults[name] = { code: 'missing', count: 0 }
  }
  return faults
}

function faultIn(issue: z.core.$ZodIssue): Fault {
  if (issue.code === 'too_small') return { code: 'too_short', count: Number(issue.minimum) }
  if (issue.code === 'too_big') return { code: 'too_long', count: Number(issue.maximum) }
  return { code: 'malformed', count: 0 }
}

/** The error of the field that a refusal names; null if it names none. */
export function faultOf(refusal: Refusal): { readonly field: string; readonly fault: Fault } | null {
  if (refusal.place === undefined) return null
  // `body.title` and `title.0` are `title`.
  const field = refusal.place.replace(/^body\./, '').split('.', 1)[0] ?? ''
  const { code } = refusal.reasons[0]
  const own = field === 'until' ? 'until' : 'refused'
  return { field, fault: { code: code === 'invalid_input' ? own : code, count: 0 } }
}
