/** The command palette (Ctrl-K): pages, actions, and the results of the node's and the slices' searches. */
import { Spotlight, createSpotlight } from '@mantine/spotlight'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { consoleApi } from '#api/console.ts'
import type { Me } from '#api/identity.ts'
import { useLanguage } from '../core/language.ts'
import { useRoute } from '../core/queries.ts'
import { textIn, useText } from '../core/texts.ts'
import { NAVIGATION } from '../slices.ts'
import { useGo } from '../ui/address.ts'
import { Icon } from '../ui/icons.tsx'
import { useActions, useFinderRows, useHits } from './paletteRows.ts'
import { shellWords } from './words.ts'

const SEARCH_DELAY_MS = 120

const [store, palette] = createSpotlight()

/** Opens the palette. */
export const openPalette = palette.open

export function Palette({ me }: { readonly me: Me }) {
  const t = useText(shellWords)
  const [language] = useLanguage()
  const go = useGo()
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words.trim(), SEARCH_DELAY_MS)
  const found = useRoute(consoleApi.search, { q: asked }, { enabled: asked !== '', keepsLast: true })
  const hits = useHits(asked === '' ? [] : (found.data?.hits ?? []))
  const finderRows = useFinderRows(asked)
  const matches = (label: string): boolean => label.toLowerCase().includes(words.trim().toLowerCase())
  const pages = NAVIGATION.map((page) => ({ ...page, label: textIn(page.label, language) })).filter((page) =>
    matches(page.label),
  )
  const actions = useActions(me).filter((action) => matches(action.label))
  const isEmpty = [pages, actions, hits, ...finderRows.map(({ rows }) => rows)].every(
    (rows) => rows.length === 0,
  )
  // Results arrive after the input, when nothing is selected; Enter then chooses the first.
  const takeFirst = (event: KeyboardEvent): void => {
    const [first] = hits
    const isSelected = document.querySelector('[data-action][data-selected]') !== null
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || isSelected || first === undefined) return
    palette.close()
    go(first.to)
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
            {pages.map(({ to, label, icon }) => (
              <Spotlight.Action
                key={to}
                label={label}
                leftSection={<Icon name={icon} />}
                onClick={() => go(to)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {actions.length > 0 && (
          <Spotlight.ActionsGroup label={t('findActions')}>
            {actions.map(({ label, run }) => (
              <Spotlight.Action key={label} label={label} onClick={run} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {[...finderRows, { label: t('findHits'), rows: hits }].map(
          (find) =>
            find.rows.length > 0 && (
              <Spotlight.ActionsGroup key={find.label} label={find.label}>
                {find.rows.map(({ to, label, detail, icon }) => (
                  <Spotlight.Action
                    key={to}
                    label={label}
                    description={detail}
                    leftSection={<Icon name={icon} />}
                    onClick={() => go(to)}
                  />
                ))}
              </Spotlight.ActionsGroup>
            ),
        )}
        {isEmpty && <Spotlight.Empty>{t('findNothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}
