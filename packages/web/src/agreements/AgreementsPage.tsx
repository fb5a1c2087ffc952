/** The agreements of this node: parties, subject, status on a day and why, and whether the profiles match. */
import type { z } from 'zod'
import { agreements } from '#api/agreements.ts'
import type { AgreementRowShape } from '#api/agreements.ts'
import type { Immutable } from '#api/route.ts'
import { nameIn, useLanguage } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { refusalOf, useRoute } from '../core/queries.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import { PageLink } from '../ui/PageLink.tsx'
import { Section } from '../ui/Section.tsx'
import { useAddressQuery } from '../ui/address.ts'
import { useKeys } from '../ui/keys.ts'
import { DayField } from './DayField.tsx'
import { ProfileMatch } from './ProfileMatch.tsx'
import { StatusFacts, StatusMark } from './StatusMark.tsx'
import { isDay, today } from './day.ts'
import { agreementWords } from './words.ts'
import { useNationName } from '../core/nations.ts'
import { paths } from './slice.ts'
import classes from './Agreements.module.css'

type Row = Immutable<z.infer<typeof AgreementRowShape>>

const SUBJECTS = ['information', 'logistics'] as const

/** Moves to the next or previous agreement on the page. */
function moveFocus(by: number): void {
  const links = [...document.querySelectorAll<HTMLElement>('[data-agreement]')]
  const at = links.findIndex((link) => link.contains(document.activeElement))
  links[at === -1 ? 0 : Math.max(0, Math.min(links.length - 1, at + by))]?.querySelector('a')?.focus()
}

export function Page() {
  const t = useText(agreementWords)
  const query = useAddressQuery()
  const asked = query.get('on')
  const day = isDay(asked) ? asked : today()
  const reply = useRoute(agreements.list, { on: day }, { keepsLast: true })
  const rows = reply.data?.rows ?? []
  const inForce = rows.filter((row) => row.status.state === 'in_force').length
  useKeys({ j: () => moveFocus(1), k: () => moveFocus(-1) })
  return (
    <PageFrame
      title={t('title')}
      needs={reply.data === undefined ? undefined : t('lead', { count: inForce })}
      failure={refusalOf(reply.error)}
      isLoading={reply.data === undefined}
    >
      <DayField day={day} onDay={(next) => query.set({ on: next === today() ? '' : next })} />
      {rows.length === 0 && <EmptyState>{t('empty')}</EmptyState>}
      {SUBJECTS.map((subject) => {
        const those = rows.filter((row) => row.subject === subject)
        if (those.length === 0) return null
        return (
          <Section key={subject} title={t(subject)} count={those.length}>
            <ul className={classes.list}>
              {those.map((row) => (
                <Agreement key={row.instrument} row={row} day={asked === '' ? undefined : day} />
              ))}
            </ul>
          </Section>
        )
      })}
    </PageFrame>
  )
}

interface RowProps {
  readonly row: Row
  /** The chosen day; undefined for today. */
  readonly day: string | undefined
}

function Agreement({ row, day }: RowProps) {
  const t = useText(agreementWords)
  const [language] = useLanguage()
  const nationName = useNationName()
  return (
    <li className={classes.row} data-agreement={row.instrument}>
      <div className={classes.rowHead}>
        <PageLink
          to={paths.agreement(row.instrument, day === undefined ? {} : { on: day })}
          className={classes.rowTitle}
        >
          {nameIn(row.title, language)}
        </PageLink>
        <span className={classes.quiet}>{row.parties.map(nationName).join(' – ')}</span>
      </div>
      <div className={classes.rowStatus}>
        <StatusMark state={row.status.state} />
        <StatusFacts status={row.status} />
      </div>
      <ProfileMatch ours={row.profile} theirs={row.partnerProfile} />
      {row.illustrative && row.status.state !== 'not_concluded' && (
        <p className={classes.illustrative}>
          <strong>{t('illustrativeShort')}.</strong> {t('illustrative')}
        </p>
      )}
    </li>
  )
}
