/** A recorded decision of the gate, explained: inputs, articles, and whether deciding it again gives the same. */
import { Modal } from '@mantine/core'
import { decisions } from '#api/decisions.ts'
import type { ReplyOf } from '#api/route.ts'
import { useActName } from '../actName.ts'
import { useText } from '../i18n/index.ts'
import { refusalOf, useRoute } from '../queries.ts'
import { Citations } from '../ui/CitationLink.tsx'
import { Moment } from '../ui/Moment.tsx'
import { PageShape } from '../ui/PageShape.tsx'
import { Reasons, RefusalNotice } from '../ui/RefusalNotice.tsx'
import { useAddressQuery } from '../ui/address.ts'
import { Icon } from '../ui/icons.tsx'
import { FactList } from './FactList.tsx'
import classes from './Exchange.module.css'

/** Opens on the decision that the address names; its articles stand open in place of it. */
export function DecisionDialog() {
  const t = useText('exchange')
  const actName = useActName()
  const query = useAddressQuery()
  const id = query.get('decision')
  const reply = useRoute(decisions.explain, { decision: id }, { enabled: id !== '' })
  if (id === '') return null
  const refusal = refusalOf(reply.error)
  return (
    <Modal
      // The article panel opens beside the page, where a dialog would hide it.
      opened={query.get('article') === ''}
      onClose={() => query.set({ decision: '' })}
      size="lg"
      title={t('decisionTitle', { act: reply.data === undefined ? '' : actName(reply.data.act) })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {refusal !== null && <RefusalNotice refusal={refusal} />}
      {refusal === null && reply.data === undefined && <PageShape />}
      {reply.data !== undefined && <Explained decision={reply.data} />}
    </Modal>
  )
}

function Explained({ decision }: { readonly decision: ReplyOf<typeof decisions.explain> }) {
  const t = useText('exchange')
  const { same } = decision.replay
  return (
    <div className={classes.form}>
      <p className={decision.permitted ? classes.held : classes.alarm}>
        <Icon name={decision.permitted ? 'tick' : 'stop'} />{' '}
        <strong>{t(decision.permitted ? 'verdictPermitted' : 'verdictRefused')}</strong>
      </p>
      {decision.reasons.length > 0 && <Reasons of={decision.reasons} />}
      <div role="status" className={same ? classes.held : classes.broken}>
        <span>
          <Icon name={same ? 'tick' : 'stop'} sizePx={16} /> {t(same ? 'replaySame' : 'replayDiffers')}
        </span>
      </div>
      <FactList
        facts={[
          [t('reliedOn'), <Citations key="because" of={decision.because} />],
          [t('decidedFor'), decision.actor],
          [t('decidedAt'), <Moment key="at" at={decision.at} />],
          [t('profile'), <code key="profile">{decision.profile ?? '–'}</code>],
          [t('policy'), <code key="policy">{decision.policy}</code>],
        ]}
      />
      <details>
        <summary>{t('inputs')}</summary>
        <pre className={classes.exact} tabIndex={0}>
          {JSON.stringify(decision.inputs, null, 2)}
        </pre>
      </details>
    </div>
  )
}
