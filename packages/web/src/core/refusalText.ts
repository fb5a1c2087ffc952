/** Refusals in the reader's language. */
import type { RefusalCode } from '#api/refusals.ts'
import { refusals, wordsOf } from '#words/pillars.ts'
import { useLanguage } from './language.ts'

/** True if a code is a refusal code. */
export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusals, code)
}

/** Returns the sentence of a code: what is wrong and what to do. */
export function useRefusalText(): (code: RefusalCode) => string {
  const [language] = useLanguage()
  return (code) => refusals[code][language]
}

/** Returns the short form of a code, for lists; the code itself if this build has no words for it. */
export function useShortRefusal(): (code: string) => string {
  const [language] = useLanguage()
  return (code) => wordsOf(refusals, code)?.short?.[language] ?? code
}
