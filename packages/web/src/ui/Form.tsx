/** The one form of the console: its fields, then whatever was refused, then the button that sends it. */
import type { FormEvent, ReactNode, RefObject } from 'react'
import type { Refusal } from '#api/refusals.ts'
import { RefusalNotice } from './RefusalNotice.tsx'

interface Props {
  readonly onSubmit: () => void
  /** Why the node refused what was sent last. */
  readonly refusal: Refusal | null
  readonly className?: string | undefined
  readonly children: ReactNode
  readonly end?: ReactNode
  readonly formRef?: RefObject<HTMLFormElement | null>
}

export function Form({ onSubmit, refusal, className, children, end, formRef }: Props) {
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    // A dialog inside the form is a form of its own, though its events come through here.
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
