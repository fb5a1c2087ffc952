/**
 * A draft for release authorities: its content, the exact text that is signed, the signatures, and signing.
 */
import { useCallback, useState } from 'react'
import type { DraftView } from '#api/exchange/shapes.ts'
import { useText } from '../../core/texts.ts'
import { refusalIn } from '../../ui/ActionButton.tsx'
import { RefusalNotice } from '../../ui/RefusalNotice.tsx'
import { Section } from '../../ui/Section.tsx'
import { ApprovalList } from './ApprovalList.tsx'
import { ContentViewer } from '../content/ContentViewer.tsx'
import { ProposalText } from './ProposalText.tsx'
import { SignPanel } from './SignPanel.tsx'
import { VerdictPanel } from './VerdictPanel.tsx'
import { draftedContent } from '../content/content.ts'
import { useDigestHolds } from './digest.ts'
import { exchangeWords } from '../words.ts'
import { draftWords } from './words.ts'
import layout from '../../ui/Layout.module.css'
import classes from './Drafts.module.css'

export function ReviewDraft({ draft }: { readonly draft: DraftView }) {
  const t = useText(draftWords, exchangeWords)
  const [isRead, setRead] = useState(false)
  const onShown = useCallback(() => setRead(true), [])
  const holds = useDigestHolds(draft.proposal, draft.proposalDigest)
  const content = draftedContent(draft)
  const barred = refusalIn(draft.can.read)
  return (
    <div className={classes.compose}>
      <div className={layout.stack}>
        <Section title={t('content')}>
          {barred !== null && <RefusalNotice refusal={barred} />}
          {content !== null && (
            <ContentViewer
              content={content}
              stamps={draft.stamps}
              control={draft.control ?? ''}
              onShown={onShown}
            />
          )}
        </Section>
        <Section title={t('proposalTitle')}>
          <ProposalText draft={draft} holds={holds} />
        </Section>
        {draft.state === 'submitted' && <SignPanel draft={draft} isRead={isRead && holds === true} />}
        <Section title={t('approvalsTitle')} count={draft.approvals.length}>
          <ApprovalList of={draft.approvals} />
        </Section>
      </div>
      <VerdictPanel
        verdict={draft.verdict}
        originator={draft.stamps.originator}
        marking={draft.stamps.marking}
        control={draft.control ?? ''}
        open={[]}
      />
    </div>
  )
}
