/** Items and their openings in the database. */
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Sha384 } from '#wire/digest.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { Schema } from '#node/kernel/schema.ts'
import type { Item, Opening, StoredItemState } from './item.ts'

/** The columns of `item` by the fields of `Item`. */
const COLUMNS = {
  id: 'id',
  control: 'control',
  originator: 'originator',
  recipient: 'recipient',
  organisation: 'organisation',
  instrument: 'instrument',
  profile: 'profile',
  marking: 'marking',
  receiverMarking: 'receiver_marking',
  category: 'category',
  purpose: 'purpose',
  registered: 'registered',
  proposal: 'proposal',
  manifest: 'manifest',
  payloadDigest: 'payload_digest',
  payloadSizeBytes: 'payload_size_bytes',
  content: 'content',
  direction: 'direction',
  state: 'state',
  releasedAt: 'released_at',
  receivedAt: 'received_at',
  acceptedAt: 'accepted_at',
  receiptedAt: 'receipted_at',
  plainDigest: 'plain_digest',
} as const satisfies Readonly<Record<keyof Item, keyof Schema['item']>>

type Row = Selectable<Schema['item']>

/** An item from its row. */
export function itemOf(row: Row): Item {
  const entries = Object.entries(COLUMNS).map(([field, column]) => [field, row[column]])
  return Object.fromEntries(entries) as unknown as Item
}

function rowOf(item: Partial<Item>): Partial<Row> {
  const entries = Object.entries(item).map(([field, value]) => [COLUMNS[field as keyof Item], value])
  return Object.fromEntries(entries) as Partial<Row>
}

/** Adds an item at the end of the act. */
export function appendItem(act: Pick<Act, 'append'>, item: Item): void {
  act.append('item', rowOf(item) as Row)
}

export async function readItem(reader: Reader, id: string): Promise<Item | null> {
  const row = await reader.selectFrom('item').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : itemOf(row)
}

/** Items by their ids; unknown ids are left out. */
export async function readItems(reader: Reader, ids: readonly string[]): Promise<Map<string, Item>> {
  const rows = await reader
    .selectFrom('item')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, itemOf(row)]))
}

/** An item by its control number. */
export async function findItem(reader: Reader, control: string): Promise<Item | null> {
  const row = await reader.selectFrom('item').selectAll().where('control', '=', control).executeTakeFirst()
  return row === undefined ? null : itemOf(row)
}

/** Items by their control numbers; unknown numbers are left out. */
export async function findItems(reader: Reader, controls: readonly string[]): Promise<Map<string, Item>> {
  if (controls.length === 0) return new Map()
  const rows = await reader
    .selectFrom('item')
    .selectAll()
    .where('control', 'in', [...controls])
    .execute()
  return new Map(rows.map((row) => [row.control, itemOf(row)]))
}

type Change = Partial<
  Pick<Item, 'state' | 'registered' | 'receivedAt' | 'acceptedAt' | 'receiptedAt' | 'plainDigest'>
>

/** Changes an item now. */
export async function updateItem({ tx }: Pick<Act, 'tx'>, id: string, change: Change): Promise<void> {
  await tx.updateTable('item').set(rowOf(change)).where('id', '=', id).execute()
}

/** Which control numbers, matters and contents of these offers exist here already. */
export async function readTaken(
  reader: Reader,
  offers: readonly Item[],
): Promise<{ controls: ReadonlySet<string>; matters: ReadonlySet<string>; contents: ReadonlySet<string> }> {
  const { rows } = await sql<{ what: string; value: string }>`
    select 'control' as what, control as value from item
      where control in (${sql.join(offers.map(({ control }) => control))})
    union all select 'matter', id from matter where id in (${sql.join(offers.map(({ id }) => id))})
    union all select 'content', digest from blob
      where digest in (${sql.join(offers.map(({ payloadDigest }) => payloadDigest))})`.execute(reader)
  const of = (what: string) => new Set(rows.filter((row) => row.what === what).map((row) => row.value))
  return { controls: of('control'), matters: of('matter'), contents: of('content') }
}

/** Stores the receiver's acceptances at the end of the act. */
export function storeAccepted(
  act: Pick<Act, 'change' | 'tx'>,
  accepted: readonly Pick<Item, 'id' | 'registered' | 'acceptedAt' | 'state'>[],
): void {
  const rows = JSON.stringify(accepted.map(rowOf))
  const update = sql`update item
    set registered = accepted.registered, accepted_at = accepted.accepted_at, state = accepted.state
    from json_to_recordset(${rows}::json)
      as accepted (id text, registered text, accepted_at bigint, state text)
    where item.id = accepted.id`
  act.change(update.compile(act.tx), 'item')
}

/** The received items that wait for this content. */
export async function itemsArriving(reader: Reader, payloadDigest: Sha384): Promise<Item[]> {
  const rows = await reader
    .selectFrom('item')
    .selectAll()
    .where('payload_digest', '=', payloadDigest)
    .where('state', '=', 'arriving')
    .orderBy('id')
    .execute()
  return rows.map(itemOf)
}

/** Items of one direction in some states, newest first. */
export async function listByState(
  reader: Reader,
  direction: Item['direction'],
  states: readonly StoredItemState[],
  limit: number,
): Promise<Item[]> {
  const rows = await reader
    .selectFrom('item')
    .selectAll()
    .where('direction', '=', direction)
    .where('state', 'in', [...states])
    .orderBy(direction === 'sent' ? 'released_at' : 'received_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(itemOf)
}

/** How many offers every partner has not answered, by partner. */
export async function countUnanswered(reader: Reader): Promise<ReadonlyMap<string, number>> {
  const rows = await reader
    .selectFrom('item')
    .select((select) => ['recipient', select.fn.countAll<string>().as('count')])
    .where('direction', '=', 'sent')
    .where('state', '=', 'offered')
    .groupBy('recipient')
    .execute()
  return new Map(rows.map(({ recipient, count }) => [recipient, Number(count)]))
}

/** The control numbers of the received items with the same plain content. */
export async function receivedWithSameContent(
  reader: Reader,
  plainDigest: string,
): Promise<readonly string[]> {
  const rows = await reader
    .selectFrom('item')
    .select('control')
    .where('plain_digest', '=', plainDigest)
    .where('direction', '=', 'received')
    .orderBy('control')
    .execute()
  return rows.map((row) => row.control)
}

export async function insertOpening({ tx }: Pick<Act, 'tx'>, opening: Opening): Promise<void> {
  await tx.insertInto('opening').values(opening).execute()
}

/** The openings of an item, oldest first. */
export async function readOpenings(reader: Reader, item: string): Promise<Opening[]> {
  return (await openingsOf(reader, [item])).get(item) ?? []
}

/** The openings of several items, by item. */
export async function openingsOf(reader: Reader, items: readonly string[]): Promise<Map<string, Opening[]>> {
  if (items.length === 0) return new Map()
  const rows = await reader
    .selectFrom('opening')
    .selectAll()
    .where('item', 'in', [...items])
    .orderBy('at')
    .execute()
  return Map.groupBy(rows as Opening[], ({ item }) => item)
}
