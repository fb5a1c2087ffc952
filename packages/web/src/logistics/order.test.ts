/** When the gate can be asked about an order. */
import { expect, test } from 'vitest'
import { logistics } from '#api/logistics.ts'
import { UNITS, isAskable, isQuantity } from './order.ts'

const order = { partner: 'KR', category: 'petroleum', item: 'F-76', quantity: '20000', unit: 'LTR' }

test('a whole form can be asked; one with anything missing or malformed cannot', () => {
  expect(isAskable(order)).toBe(true)
  for (const change of [
    { partner: '' },
    { category: '' },
    { item: '  ' },
    { item: 'x'.repeat(201) },
    { quantity: '1,5' },
    { quantity: '-1' },
    { unit: 'BARREL' },
  ]) {
    expect(isAskable({ ...order, ...change }), JSON.stringify(change)).toBe(false)
  }
})

test('what the form takes for askable, the contract takes too', () => {
  for (const unit of UNITS)
    expect(logistics.checkOrder.input.safeParse({ ...order, unit }).success).toBe(true)
  for (const quantity of ['0', '12.5', '999999999999.999999', '1.', '.5', '1e3', '', '1234567890123']) {
    expect(logistics.checkOrder.input.safeParse({ ...order, quantity }).success, quantity).toBe(
      isQuantity(quantity),
    )
  }
})
