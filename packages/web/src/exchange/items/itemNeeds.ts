/** The sentence that says what the reader has to do with an item, or for whom it waits. */
import type { ItemView } from '#api/exchange/shapes.ts'
import { useText } from '../../core/texts.ts'
import { exchangeWords } from '../words.ts'
import { itemWords } from './words.ts'
import { useNationName } from '../../core/nations.ts'

export function useItemNeeds(item: ItemView): string {
  const t = useText(itemWords, exchangeWords)
  const nationName = useNationName()
  const nation = nationName(item.stamps.recipient)
  if (item.can.receipt === true) return t('itemNeedsReceipt')
  if (item.state === 'arriving') return t('itemArriving')
  if (item.can.open === true && item.receiptedAt === null) return t('itemNeedsOpen')
  if (item.direction === 'sent' && item.state === 'offered') return t('itemWaitsAccept', { nation })
  if (item.direction === 'sent' && item.state === 'accepted') return t('itemWaitsOpen', { nation })
  return t('itemNothing')
}
