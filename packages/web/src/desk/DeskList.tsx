/** Entries of the desk, one per row: what to do, for which matter, its markings and its time. */
import type { DeskEntry } from '#api/console.ts'
import { desk } from '#words/pillars.ts'
import { roles as roleWords } from '#words/identity.ts'
import { useLanguage, useNames } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { HOME } from '../core/paths.ts'
import { detailPageOf } from '../slices.ts'
import { Moment, useNow } from '../ui/Moment.tsx'
import { PageLink } from '../ui/PageLink.tsx'
import { Stamps } from '../ui/Stamps.tsx'
import { Icon } from '../ui/icons.tsx'
import { deskWords } from './words.ts'
import { useNationName } from '../core/nations.ts'
import classes from './Desk.module.css'

interface Props {
  readonly entries: readonly DeskEntry[]
  readonly isPressing?: boolean
}

export function DeskList({ entries, isPressing = false }: Props) {
  const t = useText(deskWords)
  const [language] = useLanguage()
  const nationName = useNationName()
  const roleName = useNames(roleWords)
  const now = useNow()
  return (
    <ul className={classes.list}>
      {entries.map((entry) => {
        const isOverdue = entry.due !== null && new Date(entry.due) < now
        return (
          <li
            key={entry.id}
            data-entry={entry.id}
            className={classes.entry}
            data-pressing={isPressing || undefined}
          >
            <PageLink
              to={detailPageOf(entry.target.page)?.path(entry.target.id) ?? HOME}
              className={classes.what}
            >
              {desk[entry.what][language]}
            </PageLink>
            <span className={classes.reference}>
              {[entry.reference, entry.partner === null ? null : nationName(entry.partner)]
                .filter((word) => word !== null)
                .join(' · ')}
            </span>
            <span className={classes.stamps}>
              {entry.stamps !== undefined && <Stamps stamps={entry.stamps} small />}
            </span>
            <span className={classes.waits}>
              {entry.waitingOn !== null && t('waitsOn', { who: roleName(nationName(entry.waitingOn)) })}
            </span>
            <span className={classes.clock} data-overdue={isOverdue || undefined}>
              {isOverdue && (
                <strong>
                  <Icon name="clock" sizePx={14} /> {t('overdue')}{' '}
                </strong>
              )}
              {entry.due !== null && !isOverdue && `${t('due')} `}
              <Moment at={entry.due ?? entry.since} relative />
            </span>
          </li>
        )
      })}
    </ul>
  )
}
