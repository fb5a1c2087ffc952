/** A name and its value, separated by the colon of the reader's language. */
import type { ReactNode } from 'react'
import { useText } from '../core/texts.ts'
import { uiWords } from './words.ts'

interface Props {
  readonly name: string
  readonly children: ReactNode
}

/** Marks the place of the children in the text; no text contains it. */
const PLACE = '\u0000'

export function Named({ name, children }: Props) {
  const t = useText(uiWords)
  const [before, after] = t('named', { name, value: PLACE }).split(PLACE)
  return (
    <>
      {before}
      {children}
      {after}
    </>
  )
}

/** The same as a string: `named('Log', 'jp-kr')`. */
export function useNamed(): (name: string, value: string) => string {
  const t = useText(uiWords)
  return (name, value) => t('named', { name, value })
}
