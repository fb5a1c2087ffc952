/** What an entry of a log says, in words, by the kind of its statement. */
import { kinds } from '#words/pillars.ts'
import { useNames } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { linkWords } from './words.ts'

/** Gives the name of a kind; the node says `unreadable` of an entry that is no statement. */
export function useEntryName(): (kind: string) => string {
  const t = useText(linkWords)
  const kindName = useNames(kinds)
  return (kind) => (kind === 'unreadable' ? t('unreadable') : kindName(kind))
}
