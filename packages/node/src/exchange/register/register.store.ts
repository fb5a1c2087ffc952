/** Items as lists: the register and the items page, first rows fast however many there are. */
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Schema } from '#node/kernel/schema.gen.ts'
import type { Item } from '../items/item.store.ts'

export interface ItemFilter {
  readonly partner?: string | undefined
  readonly direction?: 'sent' | 'received' | undefined
  readonly state?: string | undefined
  readonly marking?: string | undefined
  /** The beginning or the end of a control number or a register number, in either case of letters. */
  readonly search?: string | undefined
}

export interface ItemPage {
  readonly rows: readonly (Item & { readonly entered_at: number })[]
  readonly next: string | null
  /** Counted for the first page only. */
  readonly total: number | null
}

/** `JP-KR-2026-000123`, complete. */
const CONTROL_NUMBER = /^[A-Z]{2}-[A-Z]{2}-\d{4}-\d{6,}$/

/** Counting goes so far and no further: over a million items it would take longer than the page. */
const COUNT_MAX = 1000

const enteredAt = sql<number>`coalesce(received_at, released_at)`

/** One page, newest first. `cursor` is what the page before returned as `next`. */
export async function listItems(
  database: Kysely<Schema>,
  filter: ItemFilter,
  cursor: string | undefined,
  limit: number,
): Promise<ItemPage> {
  const after = parseCursor(cursor)
  let query = filtered(database, filter).selectAll().select(enteredAt.as('entered_at'))
  if (after !== null)
    query = query.where(sql<boolean>`(coalesce(received_at, released_at), id) < (${after.at}, ${after.id})`)
  const rows = await query
    .orderBy(enteredAt, 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const more = rows.length > limit && last !== undefined
  return {
    rows: page,
    next: more ? `${last.entered_at}_${last.id}` : null,
    total: after === null ? await countUpTo(database, filter) : null,
  }
}

/** How many items a filter finds; null when there are more than are counted. */
async function countUpTo(database: Kysely<Schema>, filter: ItemFilter): Promise<number | null> {
  const found = filtered(database, filter)
    .select('id')
    .orderBy(enteredAt, 'desc')
    .orderBy('id', 'desc')
    .limit(COUNT_MAX + 1)
  const { count } = await database
    .selectFrom(found.as('found'))
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow()
  return Number(count) > COUNT_MAX ? null : Number(count)
}

function filtered(database: Kysely<Schema>, filter: ItemFilter) {
  let query = database.selectFrom('item')
  if (filter.direction !== undefined) query = query.where('direction', '=', filter.direction)
  if (filter.state !== undefined) query = query.where('state', '=', filter.state)
  if (filter.marking !== undefined) {
    const { marking } = filter
    query = query.where((where) =>
      where.or([where('marking', '=', marking), where('receiver_marking', '=', marking)]),
    )
  }
  if (filter.partner !== undefined) {
    const { partner } = filter
    query = query.where((where) =>
      where.or([where('originator', '=', partner), where('recipient', '=', partner)]),
    )
  }
  const search = filter.search?.trim().toUpperCase() ?? ''
  // A whole control number is that item, and not those whose longer number begins with it.
  if (CONTROL_NUMBER.test(search)) return query.where('control', '=', search)
  if (search !== '') {
    const begins = beginning(search)
    const ends = beginning(Array.from(search).toReversed().join(''))
    query = query.where((where) =>
      where.or([
        where('control', 'like', begins),
        where('registered', 'like', begins),
        where(sql`reverse(control)`, 'like', ends),
        where(sql`reverse(registered)`, 'like', ends),
      ]),
    )
  }
  return query
}

/** The pattern of what begins with these characters, none of which has a meaning of its own. */
function beginning(characters: string): string {
  return `${characters.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`
}

function parseCursor(cursor: string | undefined): { at: number; id: string } | null {
  const parts = /^(\d{1,15})_([0-9a-f]{32})$/.exec(cursor ?? '')
  return parts === null ? null : { at: Number(parts[1]), id: parts[2]! }
}

/** Every item of a link in the order of control numbers, in pieces; for export and comparison. */
export async function* everyItem(database: Kysely<Schema>, partner: string | null): AsyncIterable<Item> {
  let last = ''
  for (;;) {
    let query = database.selectFrom('item').selectAll().where('control', '>', last)
    if (partner !== null) {
      query = query.where((where) =>
        where.or([where('originator', '=', partner), where('recipient', '=', partner)]),
      )
    }
    const rows = await query.orderBy('control').limit(1000).execute()
    yield* rows
    if (rows.length < 1000) return
    last = rows.at(-1)!.control
  }
}
