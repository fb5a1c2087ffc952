/** The gate's answer to an order: permitted or not, with every reason and its articles. */
import { useEffect, useRef } from 'react'
import type { Verdict } from '#api/shapes.ts'
import { useText } from '../core/texts.ts'
import { Citations } from '../ui/CitationLink.tsx'
import { PageLink } from '../ui/PageLink.tsx'
import { Reasons } from '../ui/RefusalNotice.tsx'
import { instrumentName } from '../ui/citation.ts'
import { Icon } from '../ui/icons.tsx'
import { logisticsWords } from './words.ts'
import { useNationName } from '../core/nations.ts'
import { paths as agreementPaths } from '../agreements/slice.ts'
import classes from './Orders.module.css'

interface Props {
  readonly verdict: Verdict
  /** The provider, and the nation that orders. */
  readonly from: string
  readonly to: string
}

export function OrderAnswer({ verdict, from, to }: Props) {
  const t = useText(logisticsWords)
  const nationName = useNationName()
  const { permitted, instrument } = verdict
  const answer = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // On a phone the answer is below the form. Newer browsers return a promise, which React would call.
    answer.current?.scrollIntoView({ block: 'nearest' })
  }, [verdict])
  const nations = { from: nationName(from), to: nationName(to) }
  const hasNone = verdict.refusals.some((reason) => reason.code === 'no_agreement_in_force')
  return (
    <div ref={answer} className={classes.answer} data-permitted={permitted} role="status">
      <p className={classes.verdict}>
        <Icon name={permitted ? 'tick' : 'stop'} /> {permitted ? t('permitted') : t('refused')}
      </p>
      <p className={classes.sentence}>
        {permitted ? t('permittedText', nations) : t('refusedText', nations)}
      </p>
      {hasNone && <p>{t('noInstrument')}</p>}
      {!permitted && <Reasons of={verdict.refusals} />}
      {permitted && verdict.because.length > 0 && (
        <p className={classes.relied}>
          {t('relied')}: <Citations of={verdict.because} />
        </p>
      )}
      {instrument === null ? (
        <PageLink to={agreementPaths.agreements()}>{t('seeAgreements')}</PageLink>
      ) : (
        <p>
          {t('instrument')}:{' '}
          <PageLink to={agreementPaths.agreement(instrument)}>{instrumentName(instrument)}</PageLink>
        </p>
      )}
    </div>
  )
}
