/**
 * Orders are not in this version, and the page says so. It asks the gate whether one would be permitted
 * today.
 */
import { useState } from 'react'
import { consoleApi } from '#api/console.ts'
import { logistics } from '#api/logistics.ts'
import type { Verdict } from '#api/shapes.ts'
import { useText } from '../core/texts.ts'
import { refusalOf, useRoute } from '../core/queries.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import { Section } from '../ui/Section.tsx'
import { useRouteForm } from '../ui/form.ts'
import { useAddressQuery } from '../ui/address.ts'
import { OrderAnswer } from './OrderAnswer.tsx'
import { OrderForm } from './OrderForm.tsx'
import type { OrderQuestion } from './OrderForm.tsx'
import { useOrderCategories } from './categories.ts'
import { logisticsWords } from './words.ts'
import classes from './Orders.module.css'

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
  const form = useRouteForm<typeof logistics.checkOrder, OrderQuestion>(logistics.checkOrder, {
    initial: {
      partner: partners.find((nation) => nation === query.get('partner')) ?? partners[0] ?? '',
      category: categories.includes('petroleum') ? 'petroleum' : (categories[0] ?? ''),
      item: '',
      quantity: '',
      unit: 'LTR',
    },
    input: ({ item, quantity, ...chosen }) => ({ ...chosen, item: item.trim(), quantity: quantity.trim() }),
  })
  const [asked, setAsked] = useState<OrderQuestion | null>(null)
  const isStale = asked !== null && JSON.stringify(asked) !== JSON.stringify(form.values)
  const ask = async (): Promise<void> => {
    const question = form.values
    if ((await form.submit()) !== null) setAsked(question)
  }
  return (
    <div className={classes.page}>
      <Section title={t('askTitle')}>
        <OrderForm
          form={form}
          partners={partners}
          categories={categories}
          onPartner={(partner) => {
            form.set({ partner })
            query.set({ partner })
          }}
          onAsk={() => void ask()}
        />
      </Section>
      <Section title={t('answerTitle')}>
        <Answer verdict={form.command.reply} asked={asked} nation={nation} isStale={isStale} />
      </Section>
    </div>
  )
}

interface AnswerProps {
  readonly verdict: Verdict | null
  readonly asked: OrderQuestion | null
  readonly nation: string
  readonly isStale: boolean
}

function Answer({ verdict, asked, nation, isStale }: AnswerProps) {
  const t = useText(logisticsWords)
  if (verdict === null || asked === null) return <p className={classes.waits}>{t('answerWaits')}</p>
  return (
    <>
      {isStale && <p className={classes.waits}>{t('stale')}</p>}
      <OrderAnswer verdict={verdict} from={asked.partner} to={nation} />
    </>
  )
}
