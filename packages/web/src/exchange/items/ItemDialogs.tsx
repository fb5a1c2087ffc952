/** The dialogs of an item: opening for a purpose, signing the receipt, withdrawing. */
import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { drafts } from '#api/exchange/drafts.ts'
import { items } from '#api/exchange/items.ts'
import type { ItemView } from '#api/exchange/shapes.ts'
import { isRefusal } from '#api/refusals.ts'
import { purposes as purposeWords } from '#words/pillars.ts'
import { useNames } from '../../core/language.ts'
import { useText } from '../../core/texts.ts'
import { useCommand, useRoute } from '../../core/queries.ts'
import { useSession } from '../../core/session.ts'
import { CommandDialog } from '../../ui/CommandDialog.tsx'
import type { Opened } from './ItemPage.tsx'
import { exchangeWords } from '../words.ts'
import { itemWords } from './words.ts'
import { useNationName } from '../../core/nations.ts'
import layout from '../../ui/Layout.module.css'

export type ItemDialog = 'open' | 'receipt' | 'withdraw'

interface Props {
  readonly dialog: ItemDialog | null
  readonly item: ItemView
  readonly onOpened: (opened: Opened) => void
  readonly onClose: () => void
}

export function ItemDialogs({ dialog, item, onOpened, onClose }: Props) {
  switch (dialog) {
    case null:
      return null
    case 'open':
      return <OpenDialog item={item} onOpened={onOpened} onClose={onClose} />
    case 'receipt':
      return <ReceiptDialog item={item} onClose={onClose} />
    case 'withdraw':
      return <WithdrawDialog item={item} onClose={onClose} />
  }
}

type OpenProps = Omit<Props, 'dialog'>

function OpenDialog({ item, onOpened, onClose }: OpenProps) {
  const t = useText(itemWords, exchangeWords)
  const purposeName = useNames(purposeWords)
  const command = useCommand(items.open)
  const [purpose, setPurpose] = useState(item.purpose)
  const choices = useRoute(drafts.choices, { partner: item.stamps.originator })
  const known = (choices.data?.purposes ?? []).filter((choice) => choice.permitted).map((choice) => choice.id)
  const purposes = known.includes(item.purpose) ? known : [item.purpose, ...known]
  const open = async (): Promise<void> => {
    const reply = await command.run({ item: item.id, purpose })
    if (isRefusal(reply)) return
    onOpened(reply)
    onClose()
  }
  return (
    <CommandDialog
      title={t('openTitle', { control: item.control })}
      lead={t('openLead')}
      word={t('open')}
      isRunning={command.isRunning}
      refusal={command.refusal}
      onPress={() => void open()}
      onClose={onClose}
    >
      <NativeSelect
        label={t('openPurpose')}
        description={t('openPurposeHelp', { purpose: purposeName(item.purpose) })}
        value={purpose}
        onChange={(event) => setPurpose(event.currentTarget.value)}
        data={purposes.map((id) => ({ value: id, label: purposeName(id) }))}
      />
    </CommandDialog>
  )
}

interface DialogProps {
  readonly item: ItemView
  readonly onClose: () => void
}

function ReceiptDialog({ item, onClose }: DialogProps) {
  const t = useText(itemWords, exchangeWords)
  const session = useSession()
  const command = useCommand(items.receipt)
  const office = session.state === 'somebody' ? session.me.person.office : ''
  const sign = async (): Promise<void> => {
    if (!isRefusal(await command.run({ item: item.id }))) onClose()
  }
  return (
    <CommandDialog
      title={t('receiptTitle', { control: item.control })}
      lead={t('receiptLead', { office })}
      word={t('signReceipt')}
      signs="exchange.receipt"
      isRunning={command.isRunning}
      refusal={command.refusal}
      onPress={() => void sign()}
      onClose={onClose}
    >
      <code className={layout.digest}>{item.proposalDigest}</code>
    </CommandDialog>
  )
}

function WithdrawDialog({ item, onClose }: DialogProps) {
  const t = useText(itemWords, exchangeWords)
  const nationName = useNationName()
  const command = useCommand(items.withdraw)
  const withdraw = async (): Promise<void> => {
    if (!isRefusal(await command.run({ item: item.id }))) onClose()
  }
  return (
    <CommandDialog
      title={t('withdrawTitle', { control: item.control })}
      lead={t('withdrawLead', { nation: nationName(item.stamps.recipient) })}
      word={t('withdraw')}
      grave
      isRunning={command.isRunning}
      refusal={command.refusal}
      onPress={() => void withdraw()}
      onClose={onClose}
    />
  )
}
