/** The nations that the node knows: their names, our own, and the partners. */
import { consoleApi } from '#api/console.ts'
import { nameIn, useLanguage } from './language.ts'
import { useRoute } from './queries.ts'

/** Returns a nation's name by its code; the code itself if the node has sent no name. */
export function useNationName(): (code: string) => string {
  const [language] = useLanguage()
  const shell = useRoute(consoleApi.shell, {})
  return (code) => {
    const name = nameIn(shell.data?.names[code], language)
    return name === '' ? code : name
  }
}

/** This nation's code; empty until the node has sent it. */
export function useOwnNation(): string {
  return useRoute(consoleApi.shell, {}).data?.nation ?? ''
}

export interface NationChoice {
  readonly value: string
  readonly label: string
}

/** The partners as choices of a form or filter; null until the node has sent them. */
export function usePartnerChoices(): readonly NationChoice[] | null {
  const nationName = useNationName()
  const shell = useRoute(consoleApi.shell, {})
  if (shell.data === undefined) return null
  return shell.data.partners.map(({ nation }) => ({ value: nation, label: nationName(nation) }))
}

/**
 * The markings of every nation, highest level first, for display only; empty until the node has sent them.
 */
export function useLadder(): readonly (readonly string[])[] {
  return useRoute(consoleApi.shell, {}).data?.ladder ?? []
}
