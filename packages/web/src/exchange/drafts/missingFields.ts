/** The fields that must be filled in before saving or submitting. The first of them gets the focus. */
import { useState } from 'react'
import type { RefObject } from 'react'
import { flushSync } from 'react-dom'
import { missingToSave, missingToSubmit } from './report.ts'
import type { Choosable, Needed, Report } from './report.ts'

export interface MissingFields {
  /** The fields that show an error. */
  readonly fields: readonly Needed[]
  /** True if nothing is missing; otherwise the missing fields show errors. */
  hasAllFor(what: 'save' | 'submit'): boolean
}

/**
 * @param form the form, whose fields have a `name`
 * @param open the choices that are still open by the gate's answer
 */
export function useMissingFields(
  form: RefObject<HTMLFormElement | null>,
  report: Report,
  open: readonly Choosable[],
): MissingFields {
  const [asked, setAsked] = useState<'nothing' | 'save' | 'submit'>('nothing')
  const missing = { nothing: [], save: missingToSave(report), submit: missingToSubmit(report, open) }
  const hasAllFor = (what: 'save' | 'submit'): boolean => {
    // The error is on the page before the focus moves, so that screen readers read it with the field.
    flushSync(() => setAsked(what))
    const [first] = missing[what]
    if (first !== undefined) form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
    return first === undefined
  }
  return { fields: missing[asked], hasAllFor }
}
