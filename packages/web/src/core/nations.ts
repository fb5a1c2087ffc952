/** The nations that this node knows: their names, which one is ours, and which are partners. */
import { consoleApi } from '#api/console.ts'
import { nameIn, useLanguage } from './language.ts'
import { useRoute } from './queries.ts'

/** Gives a nation's name by its code; the code itself if the node has not sent a name. */
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

/** Every partner as a choice of a form or filter; null until the node has sent them. */
export function usePartnerChoices(): readonly NationChoice[] | null {
  const nationName = useNationName()
  const shell = useRoute(consoleApi.shell, {})
  if (shell.data === undefined) return null
  return shell.data.partners.map(({ nation }) => ({ value: nation, label: nationName(nation) }))
}

/**
 * The markings of every nation, the highest level first; empty until the node has sent them. It permits
 * nothing.
 */
export function useLadder(): readonly (readonly string[])[] {
  return useRoute(consoleApi.shell, {}).data?.ladder ?? []
}
