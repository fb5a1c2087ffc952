/** The rows of the palette: actions, results of the slices' searches, and results of the node's search. */
import type { consoleApi } from '#api/console.ts'
import type { Me } from '#api/identity.ts'
import type { ReplyOf } from '#api/route.ts'
import { pages } from '#words/pillars.ts'
import { LANGUAGES } from '#words/word.ts'
import { LANGUAGE_NAMES, nameIn, useLanguage } from '../core/language.ts'
import { useSignOut } from '../core/session.ts'
import { textIn, useText } from '../core/texts.ts'
import { SLICES, startsOf, detailPageOf } from '../slices.ts'
import { useNamed } from '../ui/Named.tsx'
import { useGo } from '../ui/address.ts'
import type { IconName } from '../ui/icons.tsx'
import { THEMES, useTheme } from '../ui/theme.ts'
import { uiWords } from '../ui/words.ts'
import { shellWords } from './words.ts'

interface Action {
  readonly label: string
  readonly run: () => void
}

/** The actions that are available on every page. */
export function useActions(me: Me): readonly Action[] {
  const t = useText(shellWords, uiWords)
  const named = useNamed()
  const go = useGo()
  const [language, setLanguage] = useLanguage()
  const [, setTheme] = useTheme()
  const signOut = useSignOut()
  return [
    ...startsOf(me.person.roles).map(({ label, to }) => ({
      label: textIn(label, language),
      run: () => go(to),
    })),
    ...LANGUAGES.map((next) => ({
      label: named(t('language'), LANGUAGE_NAMES[next]),
      run: () => setLanguage(next),
    })),
    ...THEMES.map((theme) => ({ label: named(t('theme'), t(theme)), run: () => setTheme(theme) })),
    { label: t('signOut'), run: () => signOut() },
  ]
}

export interface Row {
  readonly label: string
  readonly detail: string
  readonly icon: IconName
  readonly to: string
}

export interface FinderRows {
  readonly label: string
  readonly rows: readonly Row[]
}

const FINDERS = SLICES.flatMap(({ finder }) => (finder === undefined ? [] : [finder]))

/** The results of the slices' searches. */
export function useFinderRows(words: string): readonly FinderRows[] {
  const [language] = useLanguage()
  // The list of finders is constant, so these hooks run in a fixed order.
  return FINDERS.map(({ label, icon, useFound }) => ({
    label: textIn(label, language),
    rows: useFound(words).map((row) => ({ ...row, icon })),
  }))
}

/**
 * The results of the node's search, in the reader's language, without those that have no page in this build.
 */
export function useHits(hits: ReplyOf<typeof consoleApi.search>['hits']): readonly Row[] {
  const [language] = useLanguage()
  return hits.flatMap(({ page, id, title, detail }) => {
    const found = detailPageOf(page)
    if (found === null) return []
    const label = typeof title === 'string' ? title : nameIn(title, language)
    return [
      { label, detail: [pages[page][language], detail].join(' · '), icon: found.icon, to: found.path(id) },
    ]
  })
}
