/** The register of copies, and its reconciliation with a partner's. */
import { z } from 'zod'
import { route } from '../route.ts'
import { NationCode, PageQuery, pageOf } from '../shapes.ts'
import { NumberSearch, ReconciliationShape, RegisterRowShape } from './shapes.ts'

export const register = {
  list: route({
    name: 'exchange.register.list',
    method: 'GET',
    path: '/api/register',
    summary: 'The register: every copy, its markings and its holder.',
    access: 'person',
    input: z.object({
      ...PageQuery,
      partner: NationCode.optional(),
      direction: z.enum(['sent', 'received']).optional(),
      search: NumberSearch.optional(),
    }),
    reply: pageOf(RegisterRowShape),
    refusals: ['not_permitted'],
  }),
  export: route({
    name: 'exchange.register.export',
    method: 'GET',
    path: '/api/register.csv',
    summary: 'The register as CSV.',
    access: 'person',
    input: z.object({ partner: NationCode.optional() }),
    reply: z.unknown(),
    bytes: 'reply',
    refusals: ['not_permitted'],
  }),
  listReconciliations: route({
    name: 'exchange.register.listReconciliations',
    method: 'GET',
    path: '/api/reconciliations',
    summary: 'The latest reconciliation with each partner.',
    access: 'person',
    input: z.object({}),
    reply: z.object({ rows: z.array(ReconciliationShape) }),
    refusals: ['not_permitted'],
  }),
  reconcile: route({
    name: 'exchange.register.reconcile',
    method: 'POST',
    path: '/api/reconciliations/:partner',
    summary: 'States our register to a partner and asks for theirs.',
    access: 'person',
    input: z.object({ partner: NationCode }),
    reply: ReconciliationShape,
    refusals: ['not_permitted', 'link_frozen', 'link_not_open'],
  }),
} as const
