/** Supplies and services: asks whether an order would be permitted. */
import { z } from 'zod'
import { route } from './route.ts'
import { NationCode, VerdictShape } from './shapes.ts'

export const logistics = {
  checkOrder: route({
    name: 'logistics.checkOrder',
    method: 'POST',
    path: '/api/orders/check',
    summary: 'Asks the gate whether an order for supplies or services is permitted today.',
    access: 'person',
    input: z.object({
      partner: NationCode,
      category: z.string().max(60),
      item: z.string().min(1).max(200),
      quantity: z.string().regex(/^\d{1,12}(\.\d{1,6})?$/),
      unit: z.string().regex(/^[A-Z0-9]{2,3}$/),
    }),
    reply: VerdictShape,
    refusals: [],
  }),
} as const
