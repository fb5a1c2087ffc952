/** Items, their openings, and what the partner declared and assured. */
import { sql } from 'kysely'
import type { Act } from '#node/kernel/command.ts'
import type { Tx } from '#node/kernel/database.ts'

/** An item as a row; `state` is the fold of its statements, or `arriving` while its content is not here. */
export interface Item {
  readonly id: string
  readonly control: string
  readonly originator: string
  readonly recipient: string
  readonly organisation: string
  readonly instrument: string
  readonly profile: string
  readonly marking: string
  readonly receiver_marking: string
  readonly category: string
  readonly purpose: string
  readonly registered: string | null
  readonly proposal: string
  readonly manifest: string
  readonly payload_digest: string
  readonly payload_size_bytes: number
  readonly content: string | null
  readonly direction: string
  readonly state: string
  readonly released_at: number | null
  readonly received_at: number | null
  readonly accepted_at: number | null
  readonly opened_at: number | null
  readonly plain_digest: string | null
}

export async function readItem(tx: Tx, id: string): Promise<Item | null> {
  return (await tx.selectFrom('item').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** Items by their ids; what is not there is left out. */
export async function readItems(tx: Tx, ids: readonly string[]): Promise<Map<string, Item>> {
  const rows = await tx
    .selectFrom('item')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** An item by its control number. */
export async function findItem(tx: Tx, control: string): Promise<Item | null> {
  return (await tx.selectFrom('item').selectAll().where('control', '=', control).executeTakeFirst()) ?? null
}

export async function updateItem(
  tx: Tx,
  id: string,
  change: Partial<
    Pick<Item, 'state' | 'registered' | 'received_at' | 'accepted_at' | 'opened_at' | 'plain_digest'>
  >,
): Promise<void> {
  await tx.updateTable('item').set(change).where('id', '=', id).execute()
}

/** What of some offers is here already: their control numbers, their matters, their content. */
export async function readTaken(
  tx: Tx,
  offers: readonly Item[],
): Promise<{ controls: ReadonlySet<string>; matters: ReadonlySet<string>; contents: ReadonlySet<string> }> {
  const { rows } = await sql<{ what: string; value: string }>`
    select 'control' as what, control as value from item
      where control in (${sql.join(offers.map((each) => each.control))})
    union all select 'matter', id from matter where id in (${sql.join(offers.map((each) => each.id))})
    union all select 'content', digest from blob
      where digest in (${sql.join(offers.map((each) => each.payload_digest))})`.execute(tx)
  const of = (what: string) => new Set(rows.filter((row) => row.what === what).map((row) => row.value))
  return { controls: of('control'), matters: of('matter'), contents: of('content') }
}

/** Stores what the receiver said of items that it accepted. */
export function storeAccepted(
  act: Pick<Act, 'change' | 'tx'>,
  accepted: readonly Pick<Item, 'id' | 'registered' | 'accepted_at' | 'state'>[],
): void {
  const stored = sql`update item set registered = said.registered, accepted_at = said.accepted_at, state = said.state
    from json_to_recordset(${JSON.stringify(accepted)}::json)
      as said (id text, registered text, accepted_at bigint, state text)
    where item.id = said.id`
  act.change(stored.compile(act.tx), 'item')
}

/** Received items that wait for one piece of content. */
export async function itemsArriving(tx: Tx, payloadDigest: string): Promise<Item[]> {
  return tx
    .selectFrom('item')
    .selectAll()
    .where('payload_digest', '=', payloadDigest)
    .where('state', '=', 'arriving')
    .orderBy('id')
    .execute()
}

export interface Opening {
  readonly id: string
  readonly item: string
  readonly person: string
  readonly office: string
  readonly outcome: 'opened' | 'refused' | 'receipted'
  readonly code: string | null
  readonly decision: string | null
  readonly at: number
}

export async function insertOpening(tx: Tx, opening: Opening): Promise<void> {
  await tx.insertInto('opening').values(opening).execute()
}

export async function readOpenings(tx: Tx, item: string): Promise<Opening[]> {
  const rows = await tx.selectFrom('opening').selectAll().where('item', '=', item).orderBy('at').execute()
  return rows as Opening[]
}

/** The next running numbers for control numbers; gaps are allowed, doubles are not. */
export async function nextControlNumbers(tx: Tx, count: number): Promise<readonly number[]> {
  const { rows } = await sql<{ number: number }>`
    select nextval('control_number')::bigint as number from generate_series(1, ${count}::int)`.execute(tx)
  return rows.map((row) => row.number)
}

/** The profile that a partner says it compiled for an instrument; null until it has said. */
export async function readPartnerProfile(tx: Tx, nation: string, instrument: string): Promise<string | null> {
  const row = await tx
    .selectFrom('partner_profile')
    .select('profile')
    .where('nation', '=', nation)
    .where('instrument', '=', instrument)
    .executeTakeFirst()
  return row?.profile ?? null
}

export async function putPartnerProfile(
  tx: Tx,
  declared: { nation: string; instrument: string; profile: string; at: number },
): Promise<void> {
  const { nation, instrument, profile, at } = declared
  await tx
    .insertInto('partner_profile')
    .values({ nation, instrument, profile, declared_at: at })
    .onConflict((conflict) =>
      conflict.columns(['nation', 'instrument']).doUpdateSet({ profile, declared_at: at }),
    )
    .execute()
}
