/** Orders: not in this version, and the page says so; it asks the gate whether one would be permitted today. */
import { useState } from 'react'
import { consoleApi } from '#api/console.ts'
import { logistics } from '#api/logistics.ts'
import { useText } from '../core/texts.ts'
import { refusalOf, useAct, useRoute } from '../core/queries.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import { RefusalNotice } from '../ui/RefusalNotice.tsx'
import { Section } from '../ui/Section.tsx'
import { useAddressQuery } from '../ui/address.ts'
import { OrderAnswer } from './OrderAnswer.tsx'
import { OrderForm } from './OrderForm.tsx'
import { useOrderCategories } from './categories.ts'
import type { OrderQuestion } from './order.ts'
import classes from './Orders.module.css'
import { logisticsWords } from './words.ts'

export function Page() {
  const t = useText(logisticsWords)
  const shell = useRoute(consoleApi.shell, {})
  const categories = useOrderCategories()
  const partners = shell.data?.partners.map((partner) => partner.nation) ?? []
  return (
    <PageFrame
      title={t('title')}
      needs={t('notHere')}
      failure={refusalOf(shell.error)}
      isLoading={shell.data === undefined || categories.length === 0}
    >
      {partners.length === 0 ? (
        <EmptyState>{t('noPartners')}</EmptyState>
      ) : (
        <Question nation={shell.data?.nation ?? ''} partners={partners} categories={categories} />
      )}
    </PageFrame>
  )
}

interface Props {
  readonly nation: string
  readonly partners: readonly string[]
  readonly categories: readonly string[]
}

function Question({ nation, partners, categories }: Props) {
  const t = useText(logisticsWords)
  const query = useAddressQuery()
  const check = useAct(logistics.checkOrder)
  const partner = partners.find((each) => each === query.get('partner')) ?? partners[0] ?? ''
  const [typed, setTyped] = useState({ category: '', item: '', quantity: '', unit: 'LTR' })
  const fallback = categories.includes('petroleum') ? 'petroleum' : (categories[0] ?? '')
  const order: OrderQuestion = { ...typed, category: typed.category || fallback, partner }
  const [asked, setAsked] = useState<OrderQuestion | null>(null)
  const isStale = asked !== null && JSON.stringify(asked) !== JSON.stringify(order)
  const ask = (): void => {
    setAsked(order)
    void check.run({ ...order, item: order.item.trim() })
  }
  return (
    <div className={classes.page}>
      <Section title={t('askTitle')}>
        <OrderForm
          order={order}
          partners={partners}
          categories={categories}
          isAsking={check.isRunning}
          refusal={check.refusal}
          onChange={({ partner: chosen, ...rest }) => {
            setTyped(rest)
            if (chosen !== partner) query.set({ partner: chosen })
          }}
          onAsk={ask}
        />
      </Section>
      <Section title={t('answerTitle')}>
        <Answer check={check} asked={asked} nation={nation} isStale={isStale} />
      </Section>
    </div>
  )
}

interface AnswerProps {
  readonly check: ReturnType<typeof useAct<typeof logistics.checkOrder>>
  readonly asked: OrderQuestion | null
  readonly nation: string
  readonly isStale: boolean
}

function Answer({ check, asked, nation, isStale }: AnswerProps) {
  const t = useText(logisticsWords)
  if (check.refusal !== null) return <RefusalNotice refusal={check.refusal} isAnswer />
  if (check.reply === null || asked === null) return <p className={classes.waits}>{t('answerWaits')}</p>
  return (
    <>
      {isStale && <p className={classes.waits}>{t('stale')}</p>}
      <OrderAnswer verdict={check.reply} from={asked.partner} to={nation} />
    </>
  )
}
