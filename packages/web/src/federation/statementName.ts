/** What a statement of a log says, in words, by its kind. */
import { useText } from '../i18n/index.ts'
import { texts } from '../i18n/texts.ts'
import type { TextKey } from '../i18n/texts.ts'

type Key = TextKey<'federation'>

function isKey(key: string): key is Key {
  return key in texts.en.federation
}

/** Gives the words of a code that may be newer than this console: the code itself then. */
export function useNamed(): (key: string, code: string) => string {
  const t = useText('federation')
  return (key, code) => (isKey(key) ? t(key) : code)
}

/** Gives the name of a kind of statement. */
export function useStatementName(): (kind: string) => string {
  const named = useNamed()
  return (kind) => (kind === 'unreadable' || kind.includes('.') ? named(kind, kind) : kind)
}
