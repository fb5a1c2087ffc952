/** Refusals in the reader's language. */
import type { RefusalCode } from '#api/refusals.ts'
import { refusals, wordsOf } from '#words/pillars.ts'
import { useLanguage } from './language.ts'

/** True if a code is one of a refusal. */
export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusals, code)
}

/** Gives the sentence of a code: what is wrong, and what to do about it. */
export function useRefusalText(): (code: RefusalCode) => string {
  const [language] = useLanguage()
  return (code) => refusals[code][language]
}

/** Gives the few words for a code that a list shows; the code itself where this build has none. */
export function useShortRefusal(): (code: string) => string {
  const [language] = useLanguage()
  return (code) => wordsOf(refusals, code)?.short?.[language] ?? code
}
