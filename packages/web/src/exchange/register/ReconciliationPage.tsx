/**
 * Our register for each link beside the partner's, as both sides stated them (EXC-80 to EXC-84; Art. 6(f)).
 */
import { register } from '#api/exchange/register.ts'
import type { ReplyOf } from '#api/route.ts'
import { useText } from '../../core/texts.ts'
import { refusalOf, useCommand, useRoute } from '../../core/queries.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { PageFrame } from '../../ui/PageFrame.tsx'
import { RefusalNotice } from '../../ui/RefusalNotice.tsx'
import { Section } from '../../ui/Section.tsx'
import { Icon } from '../../ui/icons.tsx'
import type { IconName } from '../../ui/icons.tsx'
import { Differences } from './Differences.tsx'
import { RegisterTabs } from './RegisterTabs.tsx'
import { registerWords } from './words.ts'
import { useNationName, useOwnNation } from '../../core/nations.ts'
import layout from '../../ui/Layout.module.css'
import classes from './Register.module.css'

export type Reconciliation = ReplyOf<typeof register.listReconciliations>['rows'][number]

const ICONS: Readonly<Record<Reconciliation['outcome'], IconName>> = {
  never: 'more',
  waiting: 'clock',
  agreed: 'tick',
  differs: 'stop',
}

export function Page() {
  const t = useText(registerWords)
  const reply = useRoute(register.listReconciliations, {})
  const rows = reply.data?.rows ?? []
  return (
    <PageFrame
      title={t('reconciliation')}
      aside={<RegisterTabs />}
      needs={t('reconciliationLead')}
      failure={refusalOf(reply.error)}
      isLoading={reply.data === undefined}
    >
      {rows.length === 0 && <EmptyState>{t('reconciliationEmpty')}</EmptyState>}
      {rows.map((row) => (
        <PartnerPanel key={row.partner} row={row} />
      ))}
    </PageFrame>
  )
}

function PartnerPanel({ row }: { readonly row: Reconciliation }) {
  const t = useText(registerWords)
  const nationName = useNationName()
  const own = useOwnNation()
  const command = useCommand(register.reconcile)
  return (
    <Section
      title={nationName(row.partner)}
      end={
        <ActionButton
          can={row.can.reconcile}
          size="compact-sm"
          isRunning={command.isRunning}
          onPress={() => void command.run({ partner: row.partner })}
        >
          {t('reconcile')}
        </ActionButton>
      }
    >
      {command.refusal !== null && <RefusalNotice refusal={command.refusal} isAnswer />}
      <p className={classes.outcome} data-outcome={row.outcome} role="status">
        <Icon name={ICONS[row.outcome]} /> <strong>{t(`outcome_${row.outcome}`)}</strong>
        {row.at !== null && (
          <span className={layout.quiet}>
            {t('comparedAt')} <Moment at={row.at} relative />
          </span>
        )}
      </p>
      {row.outcome !== 'never' && (
        <div className={classes.sides}>
          <Side title={t('oursOf', { nation: nationName(own) })} of={row.ours} />
          <Side title={t('theirsOf', { nation: nationName(row.partner) })} of={row.theirs} />
        </div>
      )}
      {row.outcome === 'differs' && <Differences of={row.differences} />}
    </Section>
  )
}

function Side({ title, of }: { readonly title: string; readonly of: Reconciliation['ours'] }) {
  const t = useText(registerWords)
  return (
    <div className={classes.side}>
      <h3>{title}</h3>
      {of === null ? (
        <p className={layout.quiet}>{t('notStated')}</p>
      ) : (
        <FactList
          facts={[
            [t('copies'), of.count],
            [t('root'), <code key="root">{of.root}</code>],
          ]}
        />
      )}
    </div>
  )
}
