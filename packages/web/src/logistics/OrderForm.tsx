/** The form that asks whether an order would be permitted. It places no order. */
import { Button, NativeSelect, TextInput } from '@mantine/core'
import type { logistics } from '#api/logistics.ts'
import { categories as categoryWords } from '#words/pillars.ts'
import { useNames } from '../core/language.ts'
import { useNationName } from '../core/nations.ts'
import { useText } from '../core/texts.ts'
import { Form } from '../ui/Form.tsx'
import type { RouteForm } from '../ui/form.ts'
import { UNITS } from './units.ts'
import { logisticsWords } from './words.ts'
import classes from './Orders.module.css'

/** The fields of the question. */
export type OrderQuestion = Record<'partner' | 'category' | 'item' | 'quantity' | 'unit', string>

interface Props {
  readonly form: RouteForm<typeof logistics.checkOrder, OrderQuestion>
  readonly partners: readonly string[]
  readonly categories: readonly string[]
  readonly onPartner: (partner: string) => void
  readonly onAsk: () => void
}

export function OrderForm({ form, partners, categories, onPartner, onAsk }: Props) {
  const t = useText(logisticsWords)
  const categoryName = useNames(categoryWords)
  const nationName = useNationName()
  return (
    <Form className={classes.form} refusal={form.refusal} onSubmit={onAsk}>
      <NativeSelect
        {...form.field('partner')}
        label={t('partner')}
        onChange={(event) => onPartner(event.currentTarget.value)}
        data={partners.map((value) => ({ value, label: nationName(value) }))}
      />
      <NativeSelect
        {...form.field('category')}
        label={t('category')}
        data={categories.map((value) => ({ value, label: categoryName(value) }))}
      />
      <TextInput {...form.field('item')} label={t('item')} description={t('itemHelp')} />
      <div className={classes.amount}>
        <TextInput
          {...form.field('quantity')}
          label={t('quantity')}
          description={t('quantityHelp')}
          inputMode="decimal"
        />
        <NativeSelect
          {...form.field('unit')}
          label={t('unit')}
          description={t('unitHelp')}
          data={UNITS.map((value) => ({ value, label: `${value} · ${t(`unit_${value}`)}` }))}
        />
      </div>
      <Button type="submit" variant="filled" w="fit-content" loading={form.command.isRunning}>
        {t('ask')}
      </Button>
    </Form>
  )
}
