/** Lists of items and reconciliations in the database. The first page is fast however many items there are. */
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Act } from '#node/kernel/command.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { Schema } from '#node/kernel/schema.ts'
import type { Instant } from '#node/world.ts'
import type { Item } from '../items/item.ts'
import { itemOf } from '../items/item.store.ts'
import type { Difference } from './register.ts'

export interface ItemFilter {
  readonly partner?: string | undefined
  readonly direction?: 'sent' | 'received' | undefined
  readonly state?: string | undefined
  readonly marking?: string | undefined
  /** The beginning or the end of a control number or a register number; case is ignored. */
  readonly search?: string | undefined
}

export interface ItemPage {
  readonly rows: readonly Item[]
  readonly next: string | null
  /** For the first page only; null if there are more than `COUNT_MAX`. */
  readonly total: number | null
}

/** A complete control number, such as `JP-KR-2026-000123`. */
const CONTROL_NUMBER = /^[A-Z]{2}-[A-Z]{2}-\d{4}-\d{6,}$/

/** Counting stops here: over a million items it would take longer than the page. */
const COUNT_MAX = 1000

const enteredAt = sql<number>`coalesce(received_at, released_at)`

/** One page of items, newest first. `cursor` is the `next` of the page before. */
export async function listItems(
  reader: Reader,
  filter: ItemFilter,
  cursor: string | undefined,
  limit: number,
): Promise<ItemPage> {
  const after = parseCursor(cursor)
  let query = filtered(reader, filter).selectAll().select(enteredAt.as('entered_at'))
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
    rows: page.map(itemOf),
    next: more ? `${last.entered_at}_${last.id}` : null,
    total: after === null ? await countUpTo(reader, filter) : null,
  }
}

/** How many items a filter matches; null if more than `COUNT_MAX`. */
async function countUpTo(reader: Reader, filter: ItemFilter): Promise<number | null> {
  const found = filtered(reader, filter)
    .select('id')
    .orderBy(enteredAt, 'desc')
    .orderBy('id', 'desc')
    .limit(COUNT_MAX + 1)
  const { count } = await reader
    .selectFrom(found.as('found'))
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow()
  return Number(count) > COUNT_MAX ? null : Number(count)
}

function filtered(reader: Reader, filter: ItemFilter) {
  let query = reader.selectFrom('item')
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
  // A complete control number matches that item alone, and no longer number that begins with it.
  if (CONTROL_NUMBER.test(search)) return query.where('control', '=', search)
  if (search !== '') {
    const begins = prefixPattern(search)
    const ends = prefixPattern(Array.from(search).toReversed().join(''))
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

/** A LIKE pattern for texts with this prefix, taken literally. */
function prefixPattern(prefix: string): string {
  return `${prefix.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`
}

function parseCursor(cursor: string | undefined): { at: number; id: string } | null {
  const parts = /^(\d{1,15})_([0-9a-f]{32})$/.exec(cursor ?? '')
  return parts === null ? null : { at: Number(parts[1]), id: parts[2]! }
}

/** Every item of a link, or of all links (null), by control number; read in batches. */
export async function* everyItem(reader: Reader, partner: string | null): AsyncIterable<Item> {
  let last = ''
  for (;;) {
    let query = reader.selectFrom('item').selectAll().where('control', '>', last)
    if (partner !== null) {
      query = query.where((where) =>
        where.or([where('originator', '=', partner), where('recipient', '=', partner)]),
      )
    }
    const rows = await query.orderBy('control').limit(1000).execute()
    yield* rows.map(itemOf)
    if (rows.length < 1000) return
    last = rows.at(-1)!.control
  }
}

/** The last comparison of registers with a partner. */
export interface Reconciliation {
  readonly outcome: 'waiting' | 'agreed' | 'differs'
  readonly ours: RegisterSum
  readonly theirs: RegisterSum | null
  readonly differences: readonly Difference[]
  readonly at: Instant
}

/** The count and the digest of a register's lines. */
export interface RegisterSum {
  readonly count: number
  readonly root: string
}

/** The last comparison with every partner, by partner. */
export async function readReconciliations(reader: Reader): Promise<ReadonlyMap<string, Reconciliation>> {
  const rows = await reader.selectFrom('reconciliation').selectAll().execute()
  return new Map(rows.map((row) => [row.nation, reconciliationOf(row)]))
}

function reconciliationOf(row: Selectable<Schema['reconciliation']>): Reconciliation {
  return {
    outcome: row.outcome as Reconciliation['outcome'],
    ours: { count: row.our_count, root: row.our_root },
    theirs: row.their_root === null ? null : { count: row.their_count ?? 0, root: row.their_root },
    differences: JSON.parse(row.differences) as Difference[],
    at: row.at,
  }
}

/** Stores a comparison in place of the last one. */
export async function putReconciliation(
  { tx }: Pick<Act, 'tx'>,
  nation: string,
  { outcome, ours, theirs, differences, at }: Reconciliation,
): Promise<void> {
  const values = {
    outcome,
    our_count: ours.count,
    our_root: ours.root,
    their_count: theirs?.count ?? null,
    their_root: theirs?.root ?? null,
    differences: JSON.stringify(differences),
    at,
  }
  await tx
    .insertInto('reconciliation')
    .values({ nation, ...values })
    .onConflict((conflict) => conflict.column('nation').doUpdateSet(values))
    .execute()
}

/** Adds differences to the last comparison, up to a thousand; `isFirst` replaces the earlier ones. */
export async function addDifferences(
  { tx }: Pick<Act, 'tx'>,
  nation: string,
  found: readonly Difference[],
  isFirst: boolean,
): Promise<void> {
  const row = await tx
    .selectFrom('reconciliation')
    .select('differences')
    .where('nation', '=', nation)
    .forUpdate()
    .executeTakeFirst()
  const known = isFirst ? [] : (JSON.parse(row?.differences ?? '[]') as Difference[])
  await tx
    .updateTable('reconciliation')
    .set({ differences: JSON.stringify([...known, ...found].slice(0, 1000)) })
    .where('nation', '=', nation)
    .execute()
}
