/** What a statement of a log says, in words, by its kind. */
import { kinds, wordsOf } from '#words/pillars.ts'
import { useLanguage, useText } from '../i18n/index.ts'

/** Gives the name of a kind of statement; the kind itself where this build has none. */
export function useStatementName(): (kind: string) => string {
  const t = useText('federation')
  const [language] = useLanguage()
  return (kind) => (kind === 'unreadable' ? t('unreadable') : (wordsOf(kinds, kind)?.[language] ?? kind))
}
