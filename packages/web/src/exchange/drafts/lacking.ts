/** What a report lacks for what was just asked: said beside each field, and the first of them gets the focus. */
import { useState } from 'react'
import type { RefObject } from 'react'
import { flushSync } from 'react-dom'
import { lackedToSave, lackedToSubmit } from './report.ts'
import type { Choosable, Needed, Report } from './report.ts'

export interface Lacking {
  /** Fields that say beside themselves that they are lacking. */
  readonly fields: readonly Needed[]
  /** True when nothing is lacking for it; otherwise every lacking field says so from now on. */
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
    // The words stand there before the focus comes, so that they are read out with the field.
    flushSync(() => setAsked(what))
    const [first] = lacked[what]
    if (first !== undefined) form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
    return first === undefined
  }
  return { fields: lacked[asked], hasAllFor }
}
