/** Sentences on orders: whether one is permitted. */
import { logistics as api } from '#api/logistics.ts'
import { isRefusal } from '#api/refusals.ts'
import { PARTNER, form } from '../form.ts'
import type { Answers, Form, Scene } from '../form.ts'
import { because, reasonLine, refusalLines } from '../words.ts'

interface Order {
  readonly quantity: string
  readonly unit: string
  readonly category: string
  readonly partner: string
  readonly item: string
}

export const logistics: readonly Form[] = [
  form(
    'order QUANTITY UNIT of CATEGORY from PARTNER : ITEM',
    `order (?<quantity>[\\d.]+) (?<unit>[A-Z0-9]{2,3}) of (?<category>[a-z_]+) from ${PARTNER} : (?<item>.+)`,
    order,
  ),
]

async function order({ quantity, unit, category, partner, item }: Order, { stage }: Scene): Promise<Answers> {
  const input = { partner, category, item, quantity, unit }
  const verdict = await stage.speaker().call(api.checkOrder, input)
  if (isRefusal(verdict)) return refusalLines(verdict)
  if (verdict.permitted) return ['permitted', ...because(verdict.because)]
  return verdict.refusals.map(reasonLine)
}
