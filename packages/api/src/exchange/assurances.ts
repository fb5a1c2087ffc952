/** Assurances before provision: given to partners, and received from them. */
import { z } from 'zod'
import { route } from '../route.ts'
import { CanShape, Instant, NationCode } from '../shapes.ts'
import { GATE_CODES_OF_ASSURE } from './gateCodes.ts'
import { AssuranceShape } from './shapes.ts'

export const assurances = {
  list: route({
    name: 'exchange.assurances.list',
    method: 'GET',
    path: '/api/assurances',
    summary: 'Assurances before provision, given and received.',
    access: 'person',
    input: z.object({}),
    reply: z.object({ rows: z.array(AssuranceShape), canGive: CanShape }),
    refusals: [],
  }),
  give: route({
    name: 'exchange.assurances.give',
    method: 'POST',
    path: '/api/assurances',
    summary: 'Assures clearance, official purpose and equivalent protection, as the receiving side.',
    access: 'person',
    input: z.object({
      partner: NationCode,
      organisation: z.string().max(80),
      markings: z.array(z.string().max(40)).min(1).max(8),
      purposes: z.array(z.string().max(60)).min(1).max(16),
      until: Instant,
    }),
    reply: AssuranceShape,
    refusals: ['not_found', ...GATE_CODES_OF_ASSURE],
  }),
  withdraw: route({
    name: 'exchange.assurances.withdraw',
    method: 'POST',
    path: '/api/assurances/:assurance/withdraw',
    summary: 'Withdraws an assurance; nothing more is provided under it.',
    access: 'person',
    input: z.object({ assurance: z.string().max(64) }),
    reply: AssuranceShape,
    refusals: ['not_permitted', 'not_found', 'already_done'],
  }),
} as const
