/** A new report, and the drafts that the reader wrote or can approve. */
import { drafts } from '#api/exchange/drafts.ts'
import { useText } from '../../core/texts.ts'
import { PageFrame } from '../../ui/PageFrame.tsx'
import { Section } from '../../ui/Section.tsx'
import { refusalOf, useRoute } from '../../core/queries.ts'
import { useAddressQuery } from '../../ui/address.ts'
import { RefusalNotice } from '../../ui/RefusalNotice.tsx'
import { DraftList } from './DraftList.tsx'
import { ReportEditor } from './ReportEditor.tsx'
import { exchangeWords } from '../words.ts'
import { draftWords } from './words.ts'

export function Page() {
  const t = useText(draftWords, exchangeWords)
  const query = useAddressQuery()
  const preset = { partner: query.get('partner'), derivedFrom: query.get('derivedFrom') }
  const listed = useRoute(drafts.list, {})
  const open = (listed.data?.rows ?? []).filter((draft) => ['writing', 'submitted'].includes(draft.state))
  const refusal = refusalOf(listed.error)
  return (
    <PageFrame title={t('composeTitle')} needs={t('composeLead')}>
      <ReportEditor key={`${preset.partner}/${preset.derivedFrom}`} draft={null} preset={preset} />
      <Section title={t('drafts')} count={open.length}>
        {refusal === null ? <DraftList of={open} /> : <RefusalNotice refusal={refusal} />}
      </Section>
    </PageFrame>
  )
}
