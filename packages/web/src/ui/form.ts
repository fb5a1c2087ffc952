/**
 * A form that calls a route. Its fields are checked by the contract of the route. Errors found here or by the
 * node are shown beside the field in the reader's language, and the first such field gets the focus.
 */
import { useForm } from '@mantine/form'
import { useId } from 'react'
import { flushSync } from 'react-dom'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { ReplyOf, Route } from '#api/route.ts'
import type { CallInput } from '../core/client.ts'
import { useCommand } from '../core/queries.ts'
import type { Command } from '../core/queries.ts'
import { isRefusalCode, useRefusalText } from '../core/refusalText.ts'
import { useText } from '../core/texts.ts'
import { faultOf, faultsIn, isRequired } from './fault.ts'
import type { Fault, FieldValue } from './fault.ts'
import { uiWords } from './words.ts'

/** The props of a field of the component library. */
export interface FieldProps<Value extends FieldValue> {
  readonly name: string
  readonly 'data-path': string
  readonly required: boolean
  readonly error: string | undefined
  readonly value: Value
  /** Takes an event of an input, or the value itself. */
  readonly onChange: (change: unknown) => void
}

export interface RouteForm<R extends Route, Values> {
  readonly values: Values
  readonly command: Command<R>
  /** Why the node refused; without the place if a field shows the error. */
  readonly refusal: Refusal | null
  field<Name extends keyof Values & string>(name: Name): FieldProps<Values[Name] & FieldValue>
  set(changes: Partial<Values>): void
  /** Calls the route if no field has an error. Null if one has, or if the node refuses. */
  submit(): Promise<ReplyOf<R> | null>
}

interface Options<R extends Route, Values> {
  readonly initial: Values
  /** The input of the call; its fields have the names of the form's fields. */
  readonly input: (values: Values) => CallInput<R>
  /** Further errors, in words, that the contract does not find. */
  readonly faults?: (values: Values) => Readonly<Record<string, string>>
  /** A secret field, emptied when the node refuses. */
  readonly secret?: keyof Values & string
}

export function useRouteForm<R extends Route, Values extends Record<string, FieldValue>>(
  route: R,
  { initial, input, faults, secret }: Options<R, Values>,
): RouteForm<R, Values> {
  // The library finds fields by the name of their form, in which it allows no underlines.
  const form = useForm<Values>({ name: useId().replaceAll('_', ''), initialValues: initial })
  const command = useCommand(route)
  const faultText = useFaultText()

  const say = (errors: Readonly<Record<string, string>>): void => {
    // The error is on the page before the focus moves, so that screen readers read it with the field.
    flushSync(() => form.setErrors(errors))
    const first = Object.keys(initial).find((name) => Object.hasOwn(errors, name))
    if (first !== undefined) form.getInputNode(first)?.focus()
  }
  const submit = async (): Promise<ReplyOf<R> | null> => {
    const found = { ...faultsIn(route, form.values, input(form.values)), ...brokenDates(form, initial) }
    const errors: Record<string, string> = { ...textsOf(found, faultText), ...faults?.(form.values) }
    say(errors)
    if (Object.keys(errors).length > 0) return null
    const reply = await command.run(input(form.values))
    if (!isRefusal(reply)) return reply
    if (secret !== undefined) form.setValues({ [secret]: '' } as unknown as Partial<Values>)
    const told = faultOf(reply)
    if (told !== null) say({ [told.field]: faultText(told.fault) })
    return null
  }
  return {
    values: form.values,
    command,
    refusal: withoutPlace(command.refusal, initial),
    field: (name) => {
      // `data-path`, by which the library finds the field, is among them.
      const { error, ...props } = form.getInputProps(name)
      const own = {
        name,
        required: isRequired(route, name),
        error: typeof error === 'string' ? error : undefined,
      }
      return {
        'data-path': '',
        ...props,
        ...own,
        value: form.values[name] as Values[typeof name] & FieldValue,
      }
    },
    set: (changes) => form.setValues(changes),
    submit,
  }
}

/** Returns the text of an error. */
export function useFaultText(): (fault: Fault) => string {
  const t = useText(uiWords)
  const refusalText = useRefusalText()
  return ({ code, count }) => (isRefusalCode(code) ? refusalText(code) : t(`fault_${code}`, { count }))
}

function textsOf(
  faults: Readonly<Record<string, Fault>>,
  faultText: (fault: Fault) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(faults).map(([name, fault]) => [name, faultText(fault)]))
}

/** A partly typed date has no value; only the browser knows that the field is not empty. */
function brokenDates(
  form: { readonly getInputNode: (path: string) => HTMLElement | null },
  initial: Readonly<Record<string, FieldValue>>,
): Record<string, Fault> {
  const broken = Object.keys(initial).filter((name) => {
    const node = form.getInputNode(name)
    return node instanceof HTMLInputElement && node.validity.badInput
  })
  return Object.fromEntries(broken.map((name) => [name, { code: 'malformed', count: 0 }]))
}

function withoutPlace(
  refusal: Refusal | null,
  initial: Readonly<Record<string, FieldValue>>,
): Refusal | null {
  if (refusal === null) return null
  const told = faultOf(refusal)
  if (told === null || !Object.hasOwn(initial, told.field)) return refusal
  const { place: _place, ...rest } = refusal
  return rest
}
