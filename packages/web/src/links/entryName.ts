/** The name of a log entry, by the kind of its statement. */
import { kinds } from '#words/pillars.ts'
import { useNames } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { linkWords } from './words.ts'

/** Returns the name of a kind; `unreadable` is the node's code for an entry that is not a statement. */
export function useEntryName(): (kind: string) => string {
  const t = useText(linkWords)
  const kindName = useNames(kinds)
  return (kind) => (kind === 'unreadable' ? t('unreadable') : kindName(kind))
}
