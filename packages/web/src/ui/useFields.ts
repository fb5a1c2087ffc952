/** What is written in the fields of a form, by name. */
import { useState } from 'react'

interface Typed {
  readonly currentTarget: { readonly value: string }
}

/** The fields as they are, and for each a handler of what is typed there. */
export function useFields<Name extends string>(
  empty: Readonly<Record<Name, string>>,
): readonly [Readonly<Record<Name, string>>, (name: Name) => (event: Typed) => void] {
  const [fields, setFields] = useState(empty)
  const put = (name: Name) => (event: Typed) => {
    const { value } = event.currentTarget
    setFields((before) => ({ ...before, [name]: value }))
  }
  return [fields, put]
}
