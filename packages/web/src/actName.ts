/** The names of the acts that the gate decides on, in the reader's language. */
import { gateActs, wordsOf } from '#words/pillars.ts'
import { useLanguage } from './i18n/index.ts'

/** Gives the name of an act; the code itself where this build has none. */
export function useActName(): (act: string) => string {
  const [language] = useLanguage()
  return (act) => wordsOf(gateActs, act)?.[language] ?? act
}
