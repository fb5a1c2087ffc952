/**
 * What a report lacks for saving or submitting: said beside each field, and the first such field gets the
 * focus.
 */
import { useState } from 'react'
import type { RefObject } from 'react'
import { flushSync } from 'react-dom'
import { lackedToSave, lackedToSubmit } from './report.ts'
import type { Choosable, Needed, Report } from './report.ts'

export interface Lacking {
  /** The fields beside which something is said. */
  readonly fields: readonly Needed[]
  /** True if nothing is lacking for it; otherwise the fields say what is lacking. */
  hasAllFor(what: 'save' | 'submit'): boolean
}

/**
 * @param form whose fields bear `name`
 * @param open what is still to be chosen by the gate's answer
 */
export function useLacking(
  form: RefObject<HTMLFormElement | null>,
  report: Report,
  open: readonly Choosable[],
): Lacking {
  const [asked, setAsked] = useState<'nothing' | 'save' | 'submit'>('nothing')
  const lacked = { nothing: [], save: lackedToSave(report), submit: lackedToSubmit(report, open) }
  const hasAllFor = (what: 'save' | 'submit'): boolean => {
    // The words are on the page before the focus moves, so that they are read out with the field.
    flushSync(() => setAsked(what))
    const [first] = lacked[what]
    if (first !== undefined) form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
    return first === undefined
  }
  return { fields: lacked[asked], hasAllFor }
}
