/** The form that asks whether an order would be permitted; it orders nothing. */
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useWords } from '../agreements/words.ts'
import { useText } from '../i18n/index.ts'
import { useNationName } from '../shell/nationName.ts'
import { UNITS, isAskable, isQuantity } from './order.ts'
import type { OrderQuestion } from './order.ts'
import classes from './Orders.module.css'

interface Props {
  readonly order: OrderQuestion
  readonly partners: readonly string[]
  readonly categories: readonly string[]
  readonly isAsking: boolean
  readonly onChange: (order: OrderQuestion) => void
  readonly onAsk: () => void
}

export function OrderForm({ order, partners, categories, isAsking, onChange, onAsk }: Props) {
  const t = useText('logistics')
  const words = useWords()
  const nationName = useNationName()
  const isQuantityWrong = order.quantity !== '' && !isQuantity(order.quantity)
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (isAskable(order)) onAsk()
      }}
    >
      <NativeSelect
        label={t('partner')}
        value={order.partner}
        onChange={(event) => onChange({ ...order, partner: event.currentTarget.value })}
        data={partners.map((value) => ({ value, label: nationName(value) }))}
      />
      <NativeSelect
        label={t('category')}
        value={order.category}
        onChange={(event) => onChange({ ...order, category: event.currentTarget.value })}
        data={categories.map((value) => ({ value, label: words.word(value) }))}
      />
      <TextInput
        label={t('item')}
        description={t('itemHelp')}
        value={order.item}
        maxLength={200}
        required
        onChange={(event) => onChange({ ...order, item: event.currentTarget.value })}
      />
      <div className={classes.amount}>
        <TextInput
          label={t('quantity')}
          inputMode="decimal"
          value={order.quantity}
          maxLength={19}
          required
          error={isQuantityWrong ? t('quantityHelp') : undefined}
          onChange={(event) => onChange({ ...order, quantity: event.currentTarget.value.trim() })}
        />
        <NativeSelect
          label={t('unit')}
          value={order.unit}
          onChange={(event) => onChange({ ...order, unit: event.currentTarget.value })}
          data={UNITS.map((value) => ({ value, label: `${value} · ${t(`unit_${value}`)}` }))}
        />
      </div>
      <Button type="submit" variant="filled" w="fit-content" loading={isAsking} disabled={!isAskable(order)}>
        {t('ask')}
      </Button>
    </form>
  )
}
