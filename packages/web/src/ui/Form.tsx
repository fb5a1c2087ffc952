/** The form of the console: the fields, the refusal if any, then the submit button. */
import type { FormEvent, ReactNode, RefObject } from 'react'
import type { Refusal } from '#api/refusals.ts'
import { RefusalNotice } from './RefusalNotice.tsx'

interface Props {
  readonly onSubmit: () => void
  /** Why the node refused the last submission. */
  readonly refusal: Refusal | null
  readonly className?: string | undefined
  readonly children: ReactNode
  readonly end?: ReactNode
  readonly formRef?: RefObject<HTMLFormElement | null>
}

export function Form({ onSubmit, refusal, className, children, end, formRef }: Props) {
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    // Events of a form in a dialog inside this form bubble up to here.
    if (event.target === event.currentTarget) onSubmit()
  }
  return (
    <form ref={formRef} className={className} onSubmit={submit} noValidate>
      {children}
      {refusal !== null && <RefusalNotice refusal={refusal} isAnswer />}
      {end}
    </form>
  )
}
