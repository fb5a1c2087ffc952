/** Why an item could cross, who opened it or tried to, and the gate's decisions about it. */
import type { ItemView } from '#api/exchange/shapes.ts'
import type { Citation } from '#api/refusals.ts'
import { openingOutcomes } from '#words/exchange/states.ts'
import { gateActions } from '#words/pillars.ts'
import { useNames } from '../../core/language.ts'
import { useText } from '../../core/texts.ts'
import { useShortRefusal } from '../../core/refusalText.ts'
import { Citations } from '../../ui/CitationLink.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { useNamed } from '../../ui/Named.tsx'
import { PageLink } from '../../ui/PageLink.tsx'
import { paths as decisionPaths } from '../../decisions/slice.ts'
import { Icon } from '../../ui/icons.tsx'
import { exchangeWords } from '../words.ts'
import { itemWords } from './words.ts'
import layout from '../../ui/Layout.module.css'

export function WhyCrossed({ because }: { readonly because: readonly Citation[] }) {
  const t = useText(itemWords, exchangeWords)
  if (because.length === 0) return <p className={layout.alarm}>{t('whyNone')}</p>
  return (
    <>
      <p className={layout.quiet}>{t('whyCrossedLead')}</p>
      <Citations of={because} />
    </>
  )
}

export function Openings({ of }: { readonly of: ItemView['openings'] }) {
  const t = useText(itemWords, exchangeWords)
  const shortRefusal = useShortRefusal()
  const outcomeName = useNames(openingOutcomes)
  if (of.length === 0) return <p className={layout.quiet}>{t('openingsEmpty')}</p>
  return (
    <ul className={layout.lines}>
      {of.map((opening) => {
        const isRefused = opening.outcome === 'refused'
        return (
          <li key={`${opening.at}/${opening.office}/${opening.outcome}`}>
            <span className={isRefused ? layout.alarm : layout.held}>
              <Icon name={isRefused ? 'cross' : 'tick'} sizePx={16} /> {outcomeName(opening.outcome)}
            </span>
            <strong>{opening.office}</strong>
            <Moment at={opening.at} />
            {opening.code !== null && <span className={layout.alarm}>{shortRefusal(opening.code)}</span>}
          </li>
        )
      })}
    </ul>
  )
}

export function Decisions({ of }: { readonly of: ItemView['decisions'] }) {
  const t = useText(itemWords, exchangeWords)
  const actionName = useNames(gateActions)
  const named = useNamed()
  if (of.length === 0) return <p className={layout.quiet}>{t('decisionsEmpty')}</p>
  return (
    <ul className={layout.lines}>
      {of.map((decision) => (
        <li key={decision.id}>
          <span className={decision.permitted ? layout.held : layout.alarm}>
            <Icon name={decision.permitted ? 'tick' : 'cross'} sizePx={16} />{' '}
            {t(decision.permitted ? 'permitted' : 'refused')}
          </span>
          <strong>{actionName(decision.action)}</strong>
          <Moment at={decision.at} />
          <PageLink
            to={decisionPaths.decision(decision.id)}
            title={named(t('explain'), actionName(decision.action))}
          >
            {t('explain')}
          </PageLink>
        </li>
      ))}
    </ul>
  )
}
