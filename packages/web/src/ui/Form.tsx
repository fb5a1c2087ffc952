/**
 * The one form of the console: what is wrong with a field is said beside it, in the reader's language, and the first
 * such field gets the focus. Fields are those of `fields.tsx`.
 */
import { createContext, useContext, useEffect, useRef, useState } from 'react'
import type { FormEvent, ReactNode, RefObject } from 'react'
import { flushSync } from 'react-dom'
import type { Refusal } from '#api/refusals.ts'
import { useText } from '../core/texts.ts'
import { isRefusalCode, useRefusalText } from '../core/refusalText.ts'
import { RefusalNotice } from './RefusalNotice.tsx'
import { faultIn, faultOf } from './fault.ts'
import type { Fault } from './fault.ts'
import { uiWords } from './words.ts'

type Faults = Readonly<Record<string, Fault>>
const FormFaults = createContext<Faults>({})

interface Props {
  readonly onSubmit: () => void
  /** What the node answered last. */
  readonly refusal: Refusal | null
  /** Choices that no element of the page holds and that are still to be made. */
  readonly lacking?: readonly string[]
  /** False where the form finds by itself what is lacking. */
  readonly isChecked?: boolean
  readonly className?: string | undefined
  readonly children: ReactNode
  /** The button that sends it, after whatever was refused; a form without it says elsewhere what was refused. */
  readonly end?: ReactNode
  readonly formRef?: RefObject<HTMLFormElement | null>
}

const MISSING: Fault = { code: 'missing', count: 0 }

export function Form(props: Props) {
  const { refusal, lacking = [], isChecked = true } = props
  const ownRef = useRef<HTMLFormElement>(null)
  const form = props.formRef ?? ownRef
  const [found, setFound] = useState<Faults>({})
  const [isAsked, setAsked] = useState(false)
  const [answered, setAnswered] = useState<Refusal | null>(null)
  // A new answer of the node is laid beside its field once; typing there takes it away.
  if (answered !== refusal) {
    setAnswered(refusal)
    const told = faultOf(refusal)
    if (told !== null) setFound({ [told.field]: told.fault })
  }
  useEffect(() => {
    const told = faultOf(refusal)
    if (told !== null) focusOn(form.current, [told.field])
  }, [refusal, form])
  const lacks = isAsked ? Object.fromEntries(lacking.map((name) => [name, MISSING])) : {}

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    // A dialog inside the form is a form of its own, though its events come through here.
    if (event.target !== event.currentTarget) return
    const now = isChecked ? faultsIn(form.current) : {}
    // The words stand there before the focus comes, so that they are read out with the field.
    flushSync(() => {
      setFound(now)
      setAsked(true)
    })
    if (focusOn(form.current, [...Object.keys(now), ...lacking])) return
    if (Object.keys(now).length + lacking.length === 0) props.onSubmit()
  }
  const recheck = (event: FormEvent): void => {
    const { name } = event.target as HTMLInputElement
    if (!Object.hasOwn(found, name)) return
    setFound(Object.fromEntries(Object.entries(found).filter(([each]) => each !== name)))
  }
  return (
    <form ref={form} className={props.className} onSubmit={submit} onInput={recheck} noValidate>
      <FormFaults value={{ ...found, ...lacks }}>{props.children}</FormFaults>
      {props.end !== undefined && refusal !== null && <RefusalNotice refusal={refusal} isAnswer />}
      {props.end}
    </form>
  )
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

function fieldsIn(form: HTMLFormElement | null): readonly Field[] {
  const isNamed = (element: Element): element is Field => 'name' in element && element.name !== ''
  return [...(form?.elements ?? [])].filter(isNamed)
}

function faultsIn(form: HTMLFormElement | null): Faults {
  const faults: Record<string, Fault> = {}
  for (const field of fieldsIn(form)) {
    const fault = faultIn({
      value: field.value,
      required: field.required,
      minLength: 'minLength' in field ? field.minLength : -1,
      pattern: 'pattern' in field ? field.pattern : '',
      isBroken: field.validity.badInput,
    })
    if (fault !== null) faults[field.name] = fault
  }
  return faults
}

/** Puts the focus on the first field of the page that bears one of the names; false when none does. */
function focusOn(form: HTMLFormElement | null, names: readonly string[]): boolean {
  const first = fieldsIn(form).find((field) => names.includes(field.name))
  first?.focus()
  return first !== undefined
}

/** The words beside a field; undefined when nothing is wrong with it. */
export function useFault(name: string): string | undefined {
  const t = useText(uiWords)
  const refusalText = useRefusalText()
  const fault = useContext(FormFaults)[name]
  if (fault === undefined) return undefined
  const { code, count } = fault
  return isRefusalCode(code) ? refusalText(code) : t(`fault_${code}`, { count })
}
