/** Items, their openings, and what the partner declared and assured. */
import { sql } from 'kysely'
import type { Tx } from '../kernel/database.ts'

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

export async function insertItem(tx: Tx, item: Item): Promise<void> {
  await tx.insertInto('item').values(item).execute()
}

export async function readItem(tx: Tx, id: string): Promise<Item | null> {
  return (await tx.selectFrom('item').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
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

/** The next running number for a control number; gaps are allowed, doubles are not. */
export async function nextControlNumber(tx: Tx): Promise<number> {
  const row = await sql<{ number: number }>`select nextval('control_number')::bigint as number`.execute(tx)
  return row.rows[0]!.number
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
