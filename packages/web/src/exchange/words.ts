/** The words for the codes of the exchange; a code that this build does not know stands as it is written. */
import { exchange as english } from '../i18n/en/exchange.ts'
import { useText } from '../i18n/index.ts'
import type { TextKey } from '../i18n/texts.ts'

export type WordKind = 'category' | 'purpose' | 'state' | 'draft' | 'step' | 'check' | 'outcome' | 'verdict'

/** Gives the word for a code of a kind: `word('category', 'missile_launch')`. */
export function useWords(): (kind: WordKind, code: string) => string {
  const t = useText('exchange')
  return (kind, code) => {
    const key = `${kind}_${code}`
    return Object.hasOwn(english, key) ? t(key as TextKey<'exchange'>) : code
  }
}

/** The codes of a kind that have words, for the choices of a filter. */
export function codesOf(kind: WordKind): readonly string[] {
  const head = `${kind}_`
  return Object.keys(english)
    .filter((key) => key.startsWith(head))
    .map((key) => key.slice(head.length))
}
