/** Items that cross: custody, opening, receipt, evidence. */
import { z } from 'zod'
import { route } from '../route.ts'
import { NationCode, PageQuery, pageOf } from '../shapes.ts'
import { GATE_CODES_OF_OPEN } from './gateCodes.ts'
import { ItemRowShape, ItemShape, NumberSearch, OpenedShape } from './shapes.ts'

const Matter = { item: z.string().max(64) }

export const items = {
  list: route({
    name: 'exchange.items.list',
    method: 'GET',
    path: '/api/items',
    summary: 'Items sent and received, newest first.',
    access: 'person',
    input: z.object({
      ...PageQuery,
      direction: z.enum(['sent', 'received']).optional(),
      state: z.string().max(40).optional(),
      partner: NationCode.optional(),
      marking: z.string().max(40).optional(),
      search: NumberSearch.optional(),
    }),
    reply: pageOf(ItemRowShape),
    refusals: ['not_permitted'],
  }),
  get: route({
    name: 'exchange.items.get',
    method: 'GET',
    path: '/api/items/:item',
    summary: 'One item: markings, custody with each proof checked, articles relied on.',
    access: 'person',
    input: z.object(Matter),
    reply: ItemShape,
    refusals: ['not_permitted', 'not_found'],
  }),
  open: route({
    name: 'exchange.items.open',
    method: 'POST',
    path: '/api/items/:item/open',
    summary:
      'Opens the content if office, clearance and need-to-know permit it; the attempt is recorded either way.',
    access: 'person',
    input: z.object({ ...Matter, purpose: z.string().max(60) }),
    reply: OpenedShape,
    refusals: ['not_found', 'wrong_state', ...GATE_CODES_OF_OPEN],
  }),
  readContent: route({
    name: 'exchange.items.readContent',
    method: 'GET',
    path: '/api/items/:item/content',
    summary: 'The bytes of the caller’s own opening, as inert data; supports `Range`.',
    access: 'person',
    input: z.object({ ...Matter, opening: z.string().max(64) }),
    reply: z.unknown(),
    bytes: 'reply',
    refusals: ['not_found', 'opening_expired', ...GATE_CODES_OF_OPEN],
  }),
  receipt: route({
    name: 'exchange.items.receipt',
    method: 'POST',
    path: '/api/items/:item/receipt',
    summary: 'Signs the receipt as the final recipient; it returns to the originator.',
    access: 'person',
    input: z.object(Matter),
    reply: ItemShape,
    refusals: ['not_permitted', 'not_found', 'not_opened_yet', 'already_done'],
  }),
  withdraw: route({
    name: 'exchange.items.withdraw',
    method: 'POST',
    path: '/api/items/:item/withdraw',
    summary: 'Withdraws an item, as its originator, before it is accepted.',
    access: 'person',
    input: z.object(Matter),
    reply: ItemShape,
    refusals: ['not_permitted', 'not_found', 'wrong_state'],
  }),
  exportEvidence: route({
    name: 'exchange.items.exportEvidence',
    method: 'GET',
    path: '/api/items/:item/evidence',
    summary: 'One file that proves the life of the item offline, and with the opening also its content.',
    access: 'person',
    input: z.object({ ...Matter, opening: z.literal('included').optional() }),
    reply: z.unknown(),
    bytes: 'reply',
    refusals: ['not_permitted', 'not_found', 'wrong_state', 'not_yet_cosigned', ...GATE_CODES_OF_OPEN],
  }),
} as const
