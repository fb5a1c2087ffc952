/** The form that asks whether an order would be permitted; it orders nothing. */
import { Button } from '@mantine/core'
import type { Refusal } from '#api/refusals.ts'
import { categories as categoryWords } from '#words/pillars.ts'
import { useNames } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { Form } from '../ui/Form.tsx'
import { SelectField, TextField } from '../ui/fields.tsx'
import { UNITS, isAskable, isQuantity } from './order.ts'
import type { OrderQuestion } from './order.ts'
import classes from './Orders.module.css'
import { logisticsWords } from './words.ts'
import { useNationName } from '../core/nations.ts'

interface Props {
  readonly order: OrderQuestion
  readonly partners: readonly string[]
  readonly categories: readonly string[]
  readonly isAsking: boolean
  /** What the node answered last; it is said beside the form too. */
  readonly refusal: Refusal | null
  readonly onChange: (order: OrderQuestion) => void
  readonly onAsk: () => void
}

export function OrderForm({ order, partners, categories, isAsking, refusal, onChange, onAsk }: Props) {
  const t = useText(logisticsWords)
  const categoryName = useNames(categoryWords)
  const nationName = useNationName()
  const isQuantityWrong = order.quantity !== '' && !isQuantity(order.quantity)
  return (
    <Form
      className={classes.form}
      refusal={refusal}
      onSubmit={() => {
        if (isAskable(order)) onAsk()
      }}
    >
      <SelectField
        name="partner"
        label={t('partner')}
        value={order.partner}
        onChange={(event) => onChange({ ...order, partner: event.currentTarget.value })}
        data={partners.map((value) => ({ value, label: nationName(value) }))}
      />
      <SelectField
        name="category"
        label={t('category')}
        value={order.category}
        onChange={(event) => onChange({ ...order, category: event.currentTarget.value })}
        data={categories.map((value) => ({ value, label: categoryName(value) }))}
      />
      <TextField
        name="item"
        label={t('item')}
        description={t('itemHelp')}
        value={order.item}
        maxLength={200}
        required
        onChange={(event) => onChange({ ...order, item: event.currentTarget.value })}
      />
      <div className={classes.amount}>
        <TextField
          name="quantity"
          label={t('quantity')}
          inputMode="decimal"
          value={order.quantity}
          maxLength={19}
          pattern="\d{1,12}(\.\d{1,6})?"
          required
          error={isQuantityWrong ? t('quantityHelp') : undefined}
          onChange={(event) => onChange({ ...order, quantity: event.currentTarget.value.trim() })}
        />
        <SelectField
          name="unit"
          label={t('unit')}
          value={order.unit}
          onChange={(event) => onChange({ ...order, unit: event.currentTarget.value })}
          data={UNITS.map((value) => ({ value, label: `${value} · ${t(`unit_${value}`)}` }))}
        />
      </div>
      <Button type="submit" variant="filled" w="fit-content" loading={isAsking}>
        {t('ask')}
      </Button>
    </Form>
  )
}
