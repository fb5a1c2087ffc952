/** The names of nations, in the reader's language, as the node gives them. */
import { consoleApi } from '#api/console.ts'
import { nameIn, useLanguage } from '../i18n/index.ts'
import { useRoute } from '../queries.ts'

/** Gives a nation's name by its code; the code itself where the node has not said. */
export function useNationName(): (code: string) => string {
  const [language] = useLanguage()
  const shell = useRoute(consoleApi.shell, {})
  return (code) => {
    const name = nameIn(shell.data?.names[code], language)
    return name === '' ? code : name
  }
}
