/** Items: what has crossed, its custody, its opening and receipt, its evidence. */
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
    summary: 'The passport of an item: markings, custody with each proof checked, articles relied on.',
    access: 'person',
    input: z.object(Matter),
    reply: ItemShape,
    refusals: ['not_permitted', 'not_found'],
  }),
  open: route({
    name: 'exchange.items.open',
    method: 'POST',
    path: '/api/items/:item/open',
    summary: 'Opens the content, if clearance and need-to-know allow it; the attempt is recorded either way.',
    access: 'person',
    input: z.object({ ...Matter, purpose: z.string().max(60) }),
    reply: OpenedShape,
    refusals: ['not_permitted', 'not_found', 'wrong_state', ...GATE_CODES_OF_OPEN],
  }),
  readContent: route({
    name: 'exchange.items.readContent',
    method: 'GET',
    path: '/api/items/:item/content',
    summary: 'The bytes of an opening of the same person, as inert data; `Range` is honoured.',
    access: 'person',
    input: z.object({ ...Matter, opening: z.string().max(64) }),
    reply: z.unknown(),
    bytes: 'reply',
    refusals: ['not_found', ...GATE_CODES_OF_OPEN],
  }),
  receipt: route({
    name: 'exchange.items.receipt',
    method: 'POST',
    path: '/api/items/:item/receipt',
    summary: 'The final recipient signs the receipt, which returns to the originator.',
    access: 'person',
    input: z.object(Matter),
    reply: ItemShape,
    refusals: ['not_permitted', 'not_found', 'wrong_state', 'already_done'],
  }),
  withdraw: route({
    name: 'exchange.items.withdraw',
    method: 'POST',
    path: '/api/items/:item/withdraw',
    summary: 'The originator takes back an item that has not yet been accepted.',
    access: 'person',
    input: z.object(Matter),
    reply: ItemShape,
    refusals: ['not_permitted', 'not_found', 'wrong_state', 'already_done'],
  }),
  exportEvidence: route({
    name: 'exchange.items.exportEvidence',
    method: 'GET',
    path: '/api/items/:item/evidence',
    summary:
      'One file that proves the life of the item, offline; with the opening also which content it was.',
    access: 'person',
    input: z.object({ ...Matter, opening: z.literal('included').optional() }),
    reply: z.unknown(),
    bytes: 'reply',
    refusals: ['not_permitted', 'not_found', 'not_yet_cosigned', ...GATE_CODES_OF_OPEN],
  }),
} as const
