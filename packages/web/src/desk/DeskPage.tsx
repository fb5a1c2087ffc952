/** The desk: what needs me now, what waits for others, what is for information. Keys: j, k, Enter, e. */
import { Button } from '@mantine/core'
import { useRef } from 'react'
import { consoleApi } from '#api/console.ts'
import { textIn, useText } from '../core/texts.ts'
import { refusalOf, useRoute } from '../core/queries.ts'
import { useSession } from '../core/session.ts'
import { useLanguage } from '../core/language.ts'
import { startsOf } from '../slices.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import { PageLink } from '../ui/PageLink.tsx'
import { Section } from '../ui/Section.tsx'
import { useKeys } from '../ui/keys.ts'
import { DeskList } from './DeskList.tsx'
import { useSeen } from './seen.ts'
import { deskWords } from './words.ts'
import classes from './Desk.module.css'

export function Page() {
  const t = useText(deskWords)
  const desk = useRoute(consoleApi.desk, {})
  const [seen, markSeen] = useSeen()
  const session = useSession()
  const [language] = useLanguage()
  const starts = session.state === 'somebody' ? startsOf(session.me.person.roles) : []
  const lists = useRef<HTMLDivElement>(null)
  const information = (desk.data?.information ?? []).filter((entry) => !seen.has(entry.id))
  const needsMe = desk.data?.needsMe ?? []
  const known = needsMe.length === 0 ? t('needsNone') : t('needs', { count: needsMe.length })
  const needs = desk.data === undefined ? undefined : known

  const move = (by: number): void => {
    const links = [...(lists.current?.querySelectorAll<HTMLElement>('[data-entry] a') ?? [])]
    const at = links.findIndex((link) => link === document.activeElement)
    links[at === -1 ? 0 : Math.max(0, Math.min(links.length - 1, at + by))]?.focus()
  }
  const markFocused = (): void => {
    const id = document.activeElement?.closest<HTMLElement>('[data-entry]')?.dataset['entry']
    if (id === undefined || !information.some((entry) => entry.id === id)) return
    move(1)
    markSeen([id])
  }
  useKeys({ j: () => move(1), k: () => move(-1), e: markFocused })

  return (
    <PageFrame
      title={t('title')}
      needs={needs}
      failure={refusalOf(desk.error)}
      isLoading={desk.data === undefined}
    >
      <div ref={lists} className={classes.lists}>
        <Section title={t('needsMe')} count={needsMe.length}>
          {needsMe.length === 0 ? (
            <EmptyState
              step={starts.map(({ to, label }) => (
                <PageLink key={to} to={to}>
                  {textIn(label, language)}
                </PageLink>
              ))}
            >
              {t('needsMeEmpty')}
            </EmptyState>
          ) : (
            <DeskList entries={needsMe} isPressing />
          )}
        </Section>
        <Section title={t('waiting')} count={desk.data?.waiting.length ?? 0}>
          {(desk.data?.waiting.length ?? 0) === 0 ? (
            <p className={classes.quiet}>{t('waitingEmpty')}</p>
          ) : (
            <DeskList entries={desk.data?.waiting ?? []} />
          )}
        </Section>
        <Section
          title={t('information')}
          count={information.length}
          end={
            information.length > 0 && (
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => markSeen(information.map((entry) => entry.id))}
              >
                {t('seenAll')}
              </Button>
            )
          }
        >
          {information.length === 0 ? (
            <p className={classes.quiet}>{t('informationEmpty')}</p>
          ) : (
            <DeskList entries={information} />
          )}
        </Section>
        <p className={classes.keys}>{t('keys')}</p>
      </div>
    </PageFrame>
  )
}
