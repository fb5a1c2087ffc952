/** What the palette offers: actions, what slices find in the browser, and what the node has found. */
import type { consoleApi } from '#api/console.ts'
import type { Me } from '#api/identity.ts'
import type { ReplyOf } from '#api/route.ts'
import { pages } from '#words/pillars.ts'
import { LANGUAGES } from '#words/word.ts'
import { LANGUAGE_NAMES, nameIn, useLanguage } from '../core/language.ts'
import { useSignOut } from '../core/session.ts'
import { textIn, useText } from '../core/texts.ts'
import { SLICES, startsOf, thingOf } from '../slices.ts'
import { useNamed } from '../ui/Named.tsx'
import { useGo } from '../ui/address.ts'
import type { IconName } from '../ui/icons.tsx'
import { SHADES, useShade } from '../ui/shade.ts'
import { uiWords } from '../ui/words.ts'
import { shellWords } from './words.ts'

interface Action {
  readonly label: string
  readonly act: () => void
}

/** What can be done from anywhere. */
export function useActions(me: Me): readonly Action[] {
  const t = useText(shellWords, uiWords)
  const named = useNamed()
  const go = useGo()
  const [language, setLanguage] = useLanguage()
  const [, setShade] = useShade()
  const signOut = useSignOut()
  return [
    ...startsOf(me.person.roles).map(({ label, to }) => ({
      label: textIn(label, language),
      act: () => go(to),
    })),
    ...LANGUAGES.map((next) => ({
      label: named(t('language'), LANGUAGE_NAMES[next]),
      act: () => setLanguage(next),
    })),
    ...SHADES.map((shade) => ({ label: named(t('shade'), t(shade)), act: () => setShade(shade) })),
    { label: t('signOut'), act: () => signOut() },
  ]
}

export interface Row {
  readonly label: string
  readonly detail: string
  readonly icon: IconName
  readonly to: string
}

export interface Find {
  readonly label: string
  readonly rows: readonly Row[]
}

const FINDERS = SLICES.flatMap(({ finder }) => (finder === undefined ? [] : [finder]))

/** What the slices find for some words. */
export function useFinds(words: string): readonly Find[] {
  const [language] = useLanguage()
  // The finders never change, so these calls keep their order.
  return FINDERS.map(({ label, icon, useFound }) => ({
    label: textIn(label, language),
    rows: useFound(words).map((row) => ({ ...row, icon })),
  }))
}

/**
 * What the node has found, by its names in the reader's language; things that this build does not show are
 * left out.
 */
export function useHits(hits: ReplyOf<typeof consoleApi.search>['hits']): readonly Row[] {
  const [language] = useLanguage()
  return hits.flatMap(({ page, id, title, detail }) => {
    const thing = thingOf(page)
    if (thing === null) return []
    const label = typeof title === 'string' ? title : nameIn(title, language)
    return [
      { label, detail: [pages[page][language], detail].join(' · '), icon: thing.icon, to: thing.path(id) },
    ]
  })
}
