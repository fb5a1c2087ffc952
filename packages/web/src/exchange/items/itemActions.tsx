/** The actions on an item, with the reason if one is not permitted. */
import { useState } from 'react'
import { items } from '#api/exchange/items.ts'
import type { ItemView } from '#api/exchange/shapes.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { bytesAddress } from '../../core/client.ts'
import { useText } from '../../core/texts.ts'
import type { PageAction } from '../../ui/PageFrame.tsx'
import { useGo } from '../../ui/address.ts'
import { Icon } from '../../ui/icons.tsx'
import type { ItemDialog } from './ItemDialogs.tsx'
import { saveBytes } from '../../core/bytes.ts'
import { exchangeWords } from '../words.ts'
import { itemWords } from './words.ts'
import { paths } from '../slice.ts'

interface ItemActions {
  readonly actions: readonly PageAction[]
  /** Why the evidence file was refused. */
  readonly refusal: Refusal | null
}

export function useItemActions(item: ItemView, ask: (dialog: ItemDialog) => void): ItemActions {
  const t = useText(itemWords, exchangeWords)
  const go = useGo()
  const [isSaving, setSaving] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const { can } = item
  const save = async (opening?: 'included'): Promise<void> => {
    setSaving(true)
    const url = bytesAddress(items.exportEvidence, { item: item.id, opening })
    const saved = await saveBytes(url, `${item.control}.evidence`)
    setRefusal(isRefusal(saved) ? saved : null)
    setSaving(false)
  }
  const ofReceiver: PageAction[] = [
    {
      id: 'open',
      label: t('open'),
      can: can.open,
      onPress: () => ask('open'),
      primary: can.receipt !== true,
    },
    {
      id: 'receipt',
      label: t('signReceipt'),
      can: can.receipt,
      onPress: () => ask('receipt'),
      primary: can.receipt === true,
    },
  ]
  const ofSender: PageAction[] = [
    { id: 'withdraw', label: t('withdraw'), can: can.withdraw, onPress: () => ask('withdraw'), grave: true },
  ]
  const actions: PageAction[] = [
    ...(item.direction === 'received' ? ofReceiver : ofSender),
    {
      id: 'evidence',
      label: t('evidence'),
      can: can.evidence,
      onPress: () => void save(),
      isRunning: isSaving,
      icon: <Icon name="download" />,
    },
    {
      id: 'evidence-opening',
      label: t('evidenceWithOpening'),
      can: can.reveal,
      onPress: () => void save('included'),
      isRunning: isSaving,
      icon: <Icon name="download" />,
    },
    {
      id: 'forward',
      label: t('forward'),
      can: can.forward,
      onPress: () => go(paths.compose({ derivedFrom: item.control })),
    },
  ]
  return { actions, refusal }
}
