/** A recorded decision of the gate, explained: what was asked, what was known, the articles, and its replay now. */
import { decisions } from '#api/decisions.ts'
import type { ReplyOf } from '#api/route.ts'
import { useActName } from '../actName.ts'
import { useText } from '../i18n/index.ts'
import { refusalOf, useRoute } from '../queries.ts'
import { Citations } from '../ui/CitationLink.tsx'
import { Moment } from '../ui/Moment.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import { Reasons } from '../ui/RefusalNotice.tsx'
import { Section } from '../ui/Section.tsx'
import { usePathParam } from '../ui/address.ts'
import { Icon } from '../ui/icons.tsx'
import { inputRows, useFactName } from './decisionInputs.ts'
import classes from './Links.module.css'

type Decision = ReplyOf<typeof decisions.explain>

export function Page() {
  const t = useText('federation')
  const reply = useRoute(decisions.explain, { decision: usePathParam('decision') })
  const decision = reply.data
  return (
    <PageFrame
      title={t('decisionTitle')}
      aside={
        decision !== undefined && (
          <span className={classes.state} data-state={decision.permitted ? 'open' : 'frozen'}>
            <Icon name={decision.permitted ? 'tick' : 'stop'} sizePx={15} />{' '}
            {decision.permitted ? t('decisionPermitted') : t('decisionRefused')}
          </span>
        )
      }
      needs={t('decisionNeeds')}
      failure={refusalOf(reply.error)}
      isLoading={decision === undefined}
    >
      {decision !== undefined && <Explained decision={decision} />}
    </PageFrame>
  )
}

function Explained({ decision }: { readonly decision: Decision }) {
  const t = useText('federation')
  const actName = useActName()
  return (
    <>
      <dl className={classes.facts}>
        <div>
          <dt>{t('decisionAct')}</dt>
          <dd>{actName(decision.act)}</dd>
        </div>
        <div>
          <dt>{t('decisionActor')}</dt>
          <dd>{decision.actor}</dd>
        </div>
        <div>
          <dt>{t('decisionAt')}</dt>
          <dd>
            <Moment at={decision.at} />
          </dd>
        </div>
        <div>
          <dt>{t('decisionId')}</dt>
          <dd className="exact">{decision.id}</dd>
        </div>
      </dl>
      <Section title={t('replay')}>
        <p className={classes.replay} data-same={decision.replay.same} role="status">
          <Icon name={decision.replay.same ? 'tick' : 'stop'} />{' '}
          {decision.replay.same ? t('replaySame') : t('replayDiffers')}
        </p>
      </Section>
      <Section title={decision.permitted ? t('decisionRelied') : t('decisionWhy')}>
        {decision.permitted ? (
          <p>
            {decision.because.length === 0 ? t('decisionNoArticles') : <Citations of={decision.because} />}
          </p>
        ) : (
          <Reasons of={decision.reasons} />
        )}
      </Section>
      <Section title={t('inputs')}>
        <Inputs decision={decision} />
      </Section>
    </>
  )
}

function Inputs({ decision }: { readonly decision: Decision }) {
  const t = useText('federation')
  const factName = useFactName()
  const shown = (value: string | number | boolean | null): string => {
    if (value === null) return t('none')
    return typeof value === 'boolean' ? t(value ? 'yes' : 'no') : String(value)
  }
  return (
    <table className={classes.inputs}>
      <thead>
        <tr>
          <th scope="col">{t('fact')}</th>
          <th scope="col">{t('value')}</th>
        </tr>
      </thead>
      <tbody>
        {inputRows(decision.inputs).map((row) => (
          <tr key={row.path}>
            <th scope="row">{factName(row.path)}</th>
            <td>{shown(row.value)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{t('profile')}</th>
          <td className="exact">{decision.profile ?? t('none')}</td>
        </tr>
        <tr>
          <th scope="row">{t('policy')}</th>
          <td className="exact">{decision.policy}</td>
        </tr>
      </tbody>
    </table>
  )
}
