/** Assurances before provision, given and received (EXC-50 to EXC-52; Art. 7.5). */
import { useState } from 'react'
import { assurances } from '#api/exchange/assurances.ts'
import { useText } from '../../core/texts.ts'
import { refusalOf, useRoute } from '../../core/queries.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PageFrame } from '../../ui/PageFrame.tsx'
import { Section } from '../../ui/Section.tsx'
import { AssuranceList } from './AssuranceList.tsx'
import { GiveAssuranceForm } from './GiveAssuranceForm.tsx'
import { RegisterTabs } from '../register/RegisterTabs.tsx'
import { exchangeWords } from '../words.ts'
import { assuranceWords } from './words.ts'
import { useOwnNation } from '../../core/nations.ts'

export function Page() {
  const t = useText(assuranceWords, exchangeWords)
  const own = useOwnNation()
  const reply = useRoute(assurances.list, {})
  const [isGiving, setGiving] = useState(false)
  const rows = reply.data?.rows ?? []
  const given = rows.filter((row) => row.by === own)
  const received = rows.filter((row) => row.by !== own)
  return (
    <PageFrame
      title={t('assurances')}
      aside={<RegisterTabs />}
      needs={t('assurancesLead')}
      failure={refusalOf(reply.error)}
      isLoading={reply.data === undefined}
      actions={
        reply.data === undefined
          ? []
          : [
              {
                id: 'give',
                label: t('give'),
                can: reply.data.canGive,
                onPress: () => setGiving(true),
                primary: true,
              },
            ]
      }
    >
      {isGiving && <GiveAssuranceForm onClose={() => setGiving(false)} />}
      <Section title={t('given')} count={given.length}>
        {given.length === 0 ? <EmptyState>{t('givenEmpty')}</EmptyState> : <AssuranceList of={given} />}
      </Section>
      <Section title={t('receivedFrom')} count={received.length}>
        {received.length === 0 ? (
          <EmptyState>{t('receivedEmpty')}</EmptyState>
        ) : (
          <AssuranceList of={received} />
        )}
      </Section>
    </PageFrame>
  )
}
