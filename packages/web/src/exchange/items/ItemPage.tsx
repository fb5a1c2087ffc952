/** An item: its markings, its custody in both nations with proofs, why it could cross, and the actions. */
import { useState } from 'react'
import { items } from '#api/exchange/items.ts'
import type { ItemView } from '#api/exchange/shapes.ts'
import type { ReplyOf } from '#api/route.ts'
import { itemStates } from '#words/exchange/states.ts'
import { useNames } from '../../core/language.ts'
import { useText } from '../../core/texts.ts'
import { refusalOf, useRoute } from '../../core/queries.ts'
import { PageFrame } from '../../ui/PageFrame.tsx'
import { Section } from '../../ui/Section.tsx'
import { Stamps } from '../../ui/Stamps.tsx'
import { usePathParam } from '../../ui/address.ts'
import { Icon } from '../../ui/icons.tsx'
import { AccessNeeds } from './AccessNeeds.tsx'
import { ContentViewer } from '../content/ContentViewer.tsx'
import { Custody } from './Custody.tsx'
import { ItemDialogs } from './ItemDialogs.tsx'
import type { ItemDialog } from './ItemDialogs.tsx'
import { ItemFacts } from './ItemFacts.tsx'
import { Decisions, Openings, WhyCrossed } from './ItemHistory.tsx'
import { openedContent } from '../content/content.ts'
import { useItemActions } from './itemActions.tsx'
import { useItemNeeds } from './itemNeeds.ts'
import { countBroken } from './proof.ts'
import { exchangeWords } from '../words.ts'
import { itemWords } from './words.ts'
import layout from '../../ui/Layout.module.css'
import classes from './Items.module.css'

export type Opened = ReplyOf<typeof items.open>

export function Page() {
  const t = useText(itemWords, exchangeWords)
  const id = usePathParam('item')
  const item = useRoute(items.get, { item: id })
  if (item.data === undefined) {
    return <PageFrame title={t('itemsTitle')} failure={refusalOf(item.error)} isLoading />
  }
  // Another item is another page: it does not keep the opened content.
  return <Passport key={id} item={item.data} />
}

function Passport({ item }: { readonly item: ItemView }) {
  const t = useText(itemWords, exchangeWords)
  const stateName = useNames(itemStates)
  const needs = useItemNeeds(item)
  const [dialog, setDialog] = useState<ItemDialog | null>(null)
  const [opened, setOpened] = useState<Opened | null>(null)
  const { actions, refusal } = useItemActions(item, setDialog)
  const content = opened === null ? null : openedContent(item, opened)
  return (
    <PageFrame
      title={item.control}
      aside={
        <>
          <span className={layout.state}>{stateName(item.state)}</span>
          <Stamps stamps={item.stamps} />
        </>
      }
      needs={needs}
      actions={actions}
      refusal={refusal}
    >
      <BrokenProofs count={countBroken(item.custody)} />
      {item.can.open !== true && item.direction === 'received' && (
        <AccessNeeds can={item.can.open} nation={item.stamps.recipient} onTry={() => setDialog('open')} />
      )}
      {content !== null && (
        <ContentViewer
          content={content}
          stamps={item.stamps}
          control={item.control}
          onClose={() => setOpened(null)}
        />
      )}
      <div className={classes.passport}>
        <Section title={t('custody')} count={item.custody.length}>
          <Custody item={item} />
        </Section>
        <div className={layout.stack}>
          <Section title={t('whyCrossed')}>
            <WhyCrossed because={item.because} />
          </Section>
          <Section title={t('facts')}>
            <ItemFacts item={item} />
          </Section>
        </div>
        <Section title={t('openings')} count={item.openings.length}>
          <Openings of={item.openings} />
        </Section>
        <Section title={t('decisions')} count={item.decisions.length}>
          <Decisions of={item.decisions} />
        </Section>
      </div>
      <ItemDialogs dialog={dialog} item={item} onOpened={setOpened} onClose={() => setDialog(null)} />
    </PageFrame>
  )
}

function BrokenProofs({ count }: { readonly count: number }) {
  const t = useText(itemWords, exchangeWords)
  if (count === 0) return null
  return (
    <div role="alert" className={layout.broken}>
      <strong>
        <Icon name="stop" /> {t('proofBroken')}
      </strong>
      <p>{t('proofBrokenNotice', { count })}</p>
    </div>
  )
}
