/** Assurances, one a row: for whom, for what, until when, whether it is in force; withdrawing one of ours. */
import { useState } from 'react'
import { assurances } from '#api/exchange/assurances.ts'
import { isRefusal } from '#api/refusals.ts'
import type { ReplyOf } from '#api/route.ts'
import { useText } from '../i18n/index.ts'
import { useAct } from '../queries.ts'
import { useNationName } from '../shell/nationName.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Moment } from '../ui/Moment.tsx'
import { useNamed } from '../ui/Named.tsx'
import { Icon } from '../ui/icons.tsx'
import { ActDialog } from '../ui/ActDialog.tsx'
import { useOwnNation } from './partners.ts'
import { useOrganisationName } from './organisations.ts'
import { useWords } from './words.ts'
import classes from './Exchange.module.css'

type Assurance = ReplyOf<typeof assurances.list>['rows'][number]

export function AssuranceList({ of }: { readonly of: readonly Assurance[] }) {
  const [withdrawing, setWithdrawing] = useState<Assurance | null>(null)
  return (
    <>
      <ul className={classes.cards}>
        {of.map((assurance) => (
          <AssuranceCard
            key={assurance.id}
            assurance={assurance}
            onWithdraw={() => setWithdrawing(assurance)}
          />
        ))}
      </ul>
      {withdrawing !== null && (
        <WithdrawDialog assurance={withdrawing} onClose={() => setWithdrawing(null)} />
      )}
    </>
  )
}

interface CardProps {
  readonly assurance: Assurance
  readonly onWithdraw: () => void
}

function AssuranceCard({ assurance, onWithdraw }: CardProps) {
  const t = useText('exchange')
  const word = useWords()
  const nationName = useNationName()
  const own = useOwnNation()
  const organisationName = useOrganisationName(assurance.instrument)
  const partner = assurance.by === own ? assurance.to : assurance.by
  return (
    <li className={classes.card} data-quiet={!assurance.inForce || undefined}>
      <div className={classes.cardHead}>
        <strong>{organisationName(assurance.organisation)}</strong>
        <span className={classes.quiet}>{nationName(partner)}</span>
        <Standing assurance={assurance} />
        {assurance.by === own && (
          <ActionButton can={assurance.can.withdraw} onAct={onWithdraw} size="compact-sm" grave>
            {t('withdraw')}
          </ActionButton>
        )}
      </div>
      <dl className={classes.facts}>
        <dt>{t('markings')}</dt>
        {/* What may be provided, not what is shown: no stamps of the screen. */}
        <dd>{assurance.markings.join(' · ')}</dd>
        <dt>{t('purposes')}</dt>
        <dd>{assurance.purposes.map((purpose) => word('purpose', purpose)).join(' · ')}</dd>
        <dt>{t('validFrom')}</dt>
        <dd>
          <Moment at={assurance.from} />
        </dd>
        <dt>{t('until')}</dt>
        <dd>
          <Moment at={assurance.until} relative />
        </dd>
        <dt>{t('signedBy')}</dt>
        <dd>{assurance.office}</dd>
      </dl>
    </li>
  )
}

function Standing({ assurance }: { readonly assurance: Assurance }) {
  const t = useText('exchange')
  if (assurance.inForce) {
    return (
      <span className={classes.standingHeld}>
        <Icon name="tick" sizePx={16} /> {t('inForce')}
      </span>
    )
  }
  if (assurance.withdrawnAt === null) return <span className={classes.standing}>{t('notInForce')}</span>
  return (
    <span className={classes.standing}>
      {t('withdrawnAt')} <Moment at={assurance.withdrawnAt} />
    </span>
  )
}

interface WithdrawProps {
  readonly assurance: Assurance
  readonly onClose: () => void
}

function WithdrawDialog({ assurance, onClose }: WithdrawProps) {
  const t = useText('exchange')
  const named = useNamed()
  const act = useAct(assurances.withdraw)
  const organisationName = useOrganisationName(assurance.instrument)
  const withdraw = async (): Promise<void> => {
    if (!isRefusal(await act.run({ assurance: assurance.id }))) onClose()
  }
  return (
    <ActDialog
      title={named(t('withdrawAssurance'), organisationName(assurance.organisation))}
      lead={t('withdrawAssuranceLead')}
      word={t('withdraw')}
      grave
      isRunning={act.isRunning}
      refusal={act.refusal}
      onAct={() => void withdraw()}
      onClose={onClose}
    />
  )
}
