/** What the form about an order holds, and what of it can be asked. Pure. */

/** Common codes of UN/ECE Recommendation 20. */
export const UNITS = ['LTR', 'KGM', 'TNE', 'MTQ', 'C62', 'HUR', 'DAY', 'KMT'] as const

export interface OrderQuestion {
  readonly partner: string
  readonly category: string
  readonly item: string
  /** A decimal number with a point. */
  readonly quantity: string
  readonly unit: string
}

/** Whether the gate can be asked: every field is filled in, in the form the node takes. */
export function isAskable(order: OrderQuestion): boolean {
  return (
    /^[A-Z]{2}$/.test(order.partner) &&
    order.category !== '' &&
    order.item.trim() !== '' &&
    order.item.length <= 200 &&
    isQuantity(order.quantity) &&
    UNITS.some((unit) => unit === order.unit)
  )
}

/** `19800`, `12.5`: up to twelve digits, and six decimals after a point. */
export function isQuantity(text: string): boolean {
  return /^\d{1,12}(\.\d{1,6})?$/.test(text)
}
