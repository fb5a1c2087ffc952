/** Why an item could cross, who opened it or tried to, and what the gate decided about it. */
import type { ItemView } from '#api/exchange/shapes.ts'
import type { Citation } from '#api/refusals.ts'
import { useText } from '../i18n/index.ts'
import { useActName } from '../actName.ts'
import { useShortRefusal } from '../refusalText.ts'
import { Citations } from '../ui/CitationLink.tsx'
import { Moment } from '../ui/Moment.tsx'
import { useNamed } from '../ui/Named.tsx'
import { useAddressQuery } from '../ui/address.ts'
import { Icon } from '../ui/icons.tsx'
import { useWords } from './words.ts'
import classes from './Exchange.module.css'

export function WhyCrossed({ because }: { readonly because: readonly Citation[] }) {
  const t = useText('exchange')
  if (because.length === 0) return <p className={classes.alarm}>{t('whyNone')}</p>
  return (
    <>
      <p className={classes.quiet}>{t('whyCrossedLead')}</p>
      <Citations of={because} />
    </>
  )
}

export function Openings({ of }: { readonly of: ItemView['openings'] }) {
  const t = useText('exchange')
  const shortRefusal = useShortRefusal()
  const word = useWords()
  if (of.length === 0) return <p className={classes.quiet}>{t('openingsEmpty')}</p>
  return (
    <ul className={classes.lines}>
      {of.map((opening) => {
        const isRefused = opening.outcome === 'refused'
        return (
          <li key={`${opening.at}/${opening.office}/${opening.outcome}`}>
            <span className={isRefused ? classes.alarm : classes.held}>
              <Icon name={isRefused ? 'cross' : 'tick'} sizePx={16} /> {word('outcome', opening.outcome)}
            </span>
            <strong>{opening.office}</strong>
            <Moment at={opening.at} />
            {opening.code !== null && <span className={classes.alarm}>{shortRefusal(opening.code)}</span>}
          </li>
        )
      })}
    </ul>
  )
}

export function Decisions({ of }: { readonly of: ItemView['decisions'] }) {
  const t = useText('exchange')
  const actName = useActName()
  const named = useNamed()
  const query = useAddressQuery()
  if (of.length === 0) return <p className={classes.quiet}>{t('decisionsEmpty')}</p>
  return (
    <ul className={classes.lines}>
      {of.map((decision) => (
        <li key={decision.id}>
          <span className={decision.permitted ? classes.held : classes.alarm}>
            <Icon name={decision.permitted ? 'tick' : 'cross'} sizePx={16} />{' '}
            {t(decision.permitted ? 'permitted' : 'refused')}
          </span>
          <strong>{actName(decision.act)}</strong>
          <Moment at={decision.at} />
          <button
            type="button"
            className={classes.textButton}
            onClick={() => query.set({ decision: decision.id }, { push: true })}
            aria-label={named(t('explain'), actName(decision.act))}
          >
            {t('explain')}
          </button>
        </li>
      ))}
    </ul>
  )
}
