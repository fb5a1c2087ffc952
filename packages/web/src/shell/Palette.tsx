/** Ctrl-K: any page at once, and any item, draft, agreement, person or link by words. */
import { Spotlight, createSpotlight } from '@mantine/spotlight'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { consoleApi } from '#api/console.ts'
import type { ReplyOf } from '#api/route.ts'
import { useHeldAgreements } from '../agreements/held.ts'
import { LANGUAGES, LANGUAGE_NAMES, nameIn, useLanguage, useText } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { useRoute } from '../queries.ts'
import { useCitationName } from '../ui/CitationLink.tsx'
import { useNamed } from '../ui/Named.tsx'
import { useGo } from '../ui/address.ts'
import { instrumentName } from '../ui/citation.ts'
import { Icon } from '../ui/icons.tsx'
import type { IconName } from '../ui/icons.tsx'
import { SHADES, useShade } from '../ui/shade.ts'
import { askedArticle } from './askedArticle.ts'
import { useOfferedPages } from './pages.ts'
import { useSignOut } from './session.ts'

type Hit = ReplyOf<typeof consoleApi.search>['hits'][number]

const SEARCH_DELAY_MS = 120

const [store, palette] = createSpotlight()

/** Opens the palette. */
export const openPalette = palette.open

const HIT_PATHS: Readonly<Record<Hit['page'], (id: string) => string>> = {
  item: paths.item,
  draft: paths.draft,
  agreement: (id) => paths.agreement(id),
  person: paths.person,
  link: (id) => paths.link(id),
  assurances: () => paths.assurances(),
}
const HIT_ICONS: Readonly<Record<Hit['page'], IconName>> = {
  item: 'items',
  draft: 'compose',
  agreement: 'agreements',
  person: 'people',
  link: 'links',
  assurances: 'register',
}

export function Palette() {
  const t = useText('shell')
  const offered = useOfferedPages()
  const go = useGo()
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words.trim(), SEARCH_DELAY_MS)
  const found = useRoute(consoleApi.search, { q: asked }, { enabled: asked !== '', keepsLast: true })
  const hits = useNamedHits(asked === '' ? [] : (found.data?.hits ?? []))
  const articles = useArticles(asked)
  const actions = useActions()
  const matches = (label: string): boolean => label.toLowerCase().includes(words.trim().toLowerCase())
  const pages = offered.filter((page) => matches(t(page.name)))
  const acts = actions.filter((action) => matches(action.label))
  const follow = (hit: NamedHit): void => {
    palette.close()
    go(HIT_PATHS[hit.page](hit.id))
  }
  // What is found arrives after the typing, when nothing may be selected yet: Enter then takes the first.
  const takeFirst = (event: KeyboardEvent): void => {
    const [first] = hits
    const isSelected = document.querySelector('[data-action][data-selected]') !== null
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || isSelected || first === undefined) return
    follow(first)
  }
  return (
    <Spotlight.Root
      store={store}
      shortcut="mod + K"
      query={words}
      onQueryChange={setWords}
      attributes={{ content: { 'aria-label': t('find') } }}
      centered={false}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      scrollable
      maxHeight={420}
    >
      <Spotlight.Search
        placeholder={t('findPlaceholder')}
        aria-label={t('findPlaceholder')}
        leftSection={<Icon name="find" />}
        onKeyDown={takeFirst}
      />
      <Spotlight.ActionsList>
        {pages.length > 0 && (
          <Spotlight.ActionsGroup label={t('findPages')}>
            {pages.map((page) => (
              <Spotlight.Action
                key={page.name}
                label={t(page.name)}
                leftSection={<Icon name={page.name} />}
                onClick={() => go(page.to)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {acts.length > 0 && (
          <Spotlight.ActionsGroup label={t('findActions')}>
            {acts.map((action) => (
              <Spotlight.Action key={action.label} label={action.label} onClick={action.act} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {articles.length > 0 && (
          <Spotlight.ActionsGroup label={t('findArticles')}>
            {articles.map((article) => (
              <Spotlight.Action
                key={article.to}
                label={article.label}
                description={article.heading}
                leftSection={<Icon name="book" />}
                onClick={() => go(article.to)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {hits.length > 0 && (
          <Spotlight.ActionsGroup label={t('findHits')}>
            {hits.map((hit) => (
              <Spotlight.Action
                key={`${hit.page}/${hit.id}`}
                label={hit.title}
                description={hit.detail}
                leftSection={<Icon name={HIT_ICONS[hit.page]} />}
                onClick={() => follow(hit)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {hits.length + articles.length + pages.length + acts.length === 0 && (
          <Spotlight.Empty>{t('findNothing')}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

/** What can be done from anywhere. */
function useActions(): readonly { readonly label: string; readonly act: () => void }[] {
  const t = useText('shell')
  const named = useNamed()
  const [, setLanguage] = useLanguage()
  const [, setShade] = useShade()
  const signOut = useSignOut()
  return [
    ...LANGUAGES.map((language) => ({
      label: named(t('language'), LANGUAGE_NAMES[language]),
      act: () => setLanguage(language),
    })),
    ...SHADES.map((shade) => ({ label: named(t('shade'), t(shade)), act: () => setShade(shade) })),
    { label: t('signOut'), act: () => signOut() },
  ]
}

interface NamedHit extends Hit {
  readonly title: string
}

/** Hits by their names in the reader's language. */
function useNamedHits(hits: readonly Hit[]): readonly NamedHit[] {
  const [language] = useLanguage()
  return hits.map((hit) => ({
    ...hit,
    title: typeof hit.title === 'string' ? hit.title : nameIn(hit.title, language),
    detail: hit.page === 'agreement' ? instrumentName(hit.id) : hit.detail,
  }))
}

interface ArticleHit {
  readonly label: string
  readonly heading: string
  readonly to: string
}

/** The article that is asked for, in every agreement whose text has it. */
function useArticles(asked: string): readonly ArticleHit[] {
  const [language] = useLanguage()
  const citationName = useCitationName()
  const article = askedArticle(asked)
  const held = useHeldAgreements(article !== null)
  if (article === null) return []
  const number = article.split('.')[0]
  return held.flatMap(({ instrument, texts }) => {
    const text = texts.find((each) => each.language === language) ?? texts[0]
    const found = text?.articles.find((each) => each.number === number)
    if (found === undefined) return []
    if (article !== number && found.paragraphs.every((each) => each.address !== article)) return []
    const label = citationName({ instrument, article })
    return [{ label, heading: found.heading, to: paths.agreement(instrument, { at: article }) }]
  })
}
