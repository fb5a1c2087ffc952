/** Assurances, one per row: recipient, scope, end, status; ours can be withdrawn. */
import { useState } from 'react'
import { assurances } from '#api/exchange/assurances.ts'
import { isRefusal } from '#api/refusals.ts'
import type { ReplyOf } from '#api/route.ts'
import { purposes } from '#words/pillars.ts'
import { useNames } from '../../core/language.ts'
import { useText } from '../../core/texts.ts'
import { useCommand } from '../../core/queries.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { useNamed } from '../../ui/Named.tsx'
import { Icon } from '../../ui/icons.tsx'
import { CommandDialog } from '../../ui/CommandDialog.tsx'
import { useOrganisationName } from '../../law/organisations.ts'
import { exchangeWords } from '../words.ts'
import { assuranceWords } from './words.ts'
import { useNationName, useOwnNation } from '../../core/nations.ts'
import layout from '../../ui/Layout.module.css'
import classes from './Assurances.module.css'

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
  const t = useText(assuranceWords, exchangeWords)
  const purposeName = useNames(purposes)
  const nationName = useNationName()
  const own = useOwnNation()
  const organisationName = useOrganisationName(assurance.instrument)
  const partner = assurance.by === own ? assurance.to : assurance.by
  return (
    <li className={classes.card} data-quiet={!assurance.inForce || undefined}>
      <div className={classes.cardHead}>
        <strong>{organisationName(assurance.organisation)}</strong>
        <span className={layout.quiet}>{nationName(partner)}</span>
        <Standing assurance={assurance} />
        {assurance.by === own && (
          <ActionButton can={assurance.can.withdraw} onPress={onWithdraw} size="compact-sm" grave>
            {t('withdraw')}
          </ActionButton>
        )}
      </div>
      <FactList
        facts={[
          // These markings are only named; nothing shown has them, so the banner does not count them.
          [t('markings'), assurance.markings.join(' · ')],
          [t('purposes'), assurance.purposes.map(purposeName).join(' · ')],
          [t('validFrom'), <Moment key="from" at={assurance.from} />],
          [t('until'), <Moment key="until" at={assurance.until} relative />],
          [t('signedBy'), assurance.office],
        ]}
      />
    </li>
  )
}

function Standing({ assurance }: { readonly assurance: Assurance }) {
  const t = useText(assuranceWords, exchangeWords)
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
  const t = useText(assuranceWords, exchangeWords)
  const named = useNamed()
  const command = useCommand(assurances.withdraw)
  const organisationName = useOrganisationName(assurance.instrument)
  const withdraw = async (): Promise<void> => {
    if (!isRefusal(await command.run({ assurance: assurance.id }))) onClose()
  }
  return (
    <CommandDialog
      title={named(t('withdrawAssurance'), organisationName(assurance.organisation))}
      lead={t('withdrawAssuranceLead')}
      word={t('withdraw')}
      signs="assurance.withdraw"
      grave
      isRunning={command.isRunning}
      refusal={command.refusal}
      onPress={() => void withdraw()}
      onClose={onClose}
    />
  )
}
