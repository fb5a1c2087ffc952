/** A recorded decision of the gate: the question, the inputs, the articles, and the result of its replay. */
import { decisions } from '#api/decisions.ts'
import type { ReplyOf } from '#api/route.ts'
import { gateActions, gateFacts } from '#words/pillars.ts'
import { useNames } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { refusalOf, useRoute } from '../core/queries.ts'
import { Citations } from '../ui/CitationLink.tsx'
import { FactList } from '../ui/FactList.tsx'
import { Moment } from '../ui/Moment.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import { Reasons } from '../ui/RefusalNotice.tsx'
import { Section } from '../ui/Section.tsx'
import { StateMark } from '../ui/StateMark.tsx'
import { usePathParam } from '../ui/address.ts'
import { Icon } from '../ui/icons.tsx'
import { inputRows } from './decisionInputs.ts'
import { decisionWords } from './words.ts'
import classes from './Decisions.module.css'

type Decision = ReplyOf<typeof decisions.explain>

export function Page() {
  const t = useText(decisionWords)
  const reply = useRoute(decisions.explain, { decision: usePathParam('decision') })
  const decision = reply.data
  return (
    <PageFrame
      title={t('title')}
      aside={
        decision !== undefined && (
          <StateMark icon={decision.permitted ? 'tick' : 'stop'} look={decision.permitted ? 'held' : 'alarm'}>
            {t(decision.permitted ? 'permitted' : 'refused')}
          </StateMark>
        )
      }
      needs={t('needs')}
      failure={refusalOf(reply.error)}
      isLoading={decision === undefined}
    >
      {decision !== undefined && <Explained decision={decision} />}
    </PageFrame>
  )
}

function Explained({ decision }: { readonly decision: Decision }) {
  const t = useText(decisionWords)
  const actionName = useNames(gateActions)
  return (
    <>
      <FactList
        isInline
        facts={[
          [t('action'), actionName(decision.action)],
          [t('actor'), decision.actor],
          [t('at'), <Moment key="at" at={decision.at} />],
          [
            t('id'),
            <span key="id" className="exact">
              {decision.id}
            </span>,
          ],
        ]}
      />
      <Section title={t('replay')}>
        <p className={classes.replay} data-same={decision.replay.same} role="status">
          <Icon name={decision.replay.same ? 'tick' : 'stop'} />{' '}
          {decision.replay.same ? t('replaySame') : t('replayDiffers')}
        </p>
      </Section>
      <Section title={decision.permitted ? t('relied') : t('why')}>
        {decision.permitted ? (
          <p>{decision.because.length === 0 ? t('noArticles') : <Citations of={decision.because} />}</p>
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
  const t = useText(decisionWords)
  const factName = useNames(gateFacts)
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
