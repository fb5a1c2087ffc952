/** Matters and the statements about them. */
import type { Tx } from '../kernel/database.ts'
import { orderOf } from '#wire/matter.ts'
import type { Ordered } from '#wire/matter.ts'

/** A matter locked for an act, with what is needed to add a statement of ours. */
export interface LockedMatter {
  readonly id: string
  readonly home: string
  readonly partner: string
  readonly ownCount: number
  readonly partnerCount: number
  /** Statements of the other side about it that this node has applied. */
  readonly seen: number
}

export interface NewTold {
  readonly kind: string
  readonly statement: string
  readonly bytes: Uint8Array
  readonly log: string
  readonly index: number | null
  readonly at: number
}

/** A statement about a matter as it is kept. */
export interface KeptStatement {
  readonly kind: string
  readonly statement: string
  readonly bytes: Uint8Array
  readonly log: string
  readonly index: number | null
  readonly at: number
}

/** Opens a matter. Its home is the node that opens it. */
export async function openMatter(
  tx: Tx,
  matter: { id: string; kind: string; home: string; partner: string; state: string; at: number },
): Promise<void> {
  await tx
    .insertInto('matter')
    .values({
      id: matter.id,
      kind: matter.kind,
      home: matter.home,
      partner: matter.partner,
      state: matter.state,
      own_count: 0,
      partner_count: 0,
      updated_at: matter.at,
    })
    .execute()
}

/** Locks a matter until the act ends, so that statements about it have one order here. */
export async function lockMatter(tx: Tx, id: string): Promise<LockedMatter> {
  const row = await tx
    .selectFrom('matter')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return {
    id: row.id,
    home: row.home,
    partner: row.partner,
    ownCount: row.own_count,
    partnerCount: row.partner_count,
    seen: row.partner_count,
  }
}

/** Adds a statement of our own about a locked matter. */
export async function tellMatter(tx: Tx, matter: LockedMatter, told: NewTold): Promise<void> {
  const byHome = matter.home !== matter.partner
  await insertTold(tx, matter.id, byHome, matter.ownCount, matter.partnerCount, told)
  await tx
    .updateTable('matter')
    .set({ own_count: matter.ownCount + 1, updated_at: told.at })
    .where('id', '=', matter.id)
    .execute()
}

/** Adds a statement of the partner about a locked matter; `seen` is what the partner says it had applied. */
export async function hearMatter(tx: Tx, matter: LockedMatter, seen: number, told: NewTold): Promise<void> {
  const byHome = matter.home === matter.partner
  await insertTold(tx, matter.id, byHome, matter.partnerCount, Math.min(seen, matter.ownCount), told)
  await tx
    .updateTable('matter')
    .set({ partner_count: matter.partnerCount + 1, updated_at: told.at })
    .where('id', '=', matter.id)
    .execute()
}

async function insertTold(
  tx: Tx,
  matter: string,
  byHome: boolean,
  ordinal: number,
  seen: number,
  told: NewTold,
): Promise<void> {
  await tx
    .insertInto('matter_statement')
    .values({
      matter,
      by_home: byHome,
      ordinal,
      seen,
      kind: told.kind,
      statement: told.statement,
      log: told.log,
      log_index: told.index,
      bytes: told.bytes,
      at: told.at,
    })
    .execute()
}

/** The statements about a matter in the order that both nodes agree on. */
export async function readMatter(tx: Tx, id: string): Promise<Ordered<KeptStatement>[]> {
  const rows = await tx.selectFrom('matter_statement').selectAll().where('matter', '=', id).execute()
  return orderOf(
    rows.map((row) => ({
      byHome: row.by_home,
      ordinal: row.ordinal,
      seen: row.seen,
      statement: {
        kind: row.kind,
        statement: row.statement,
        bytes: row.bytes,
        log: row.log,
        index: row.log_index,
        at: row.at,
      },
    })),
  )
}

/** Sets the state that the fold of a matter's statements arrived at. */
export async function setMatterState(tx: Tx, id: string, state: string): Promise<void> {
  await tx.updateTable('matter').set({ state }).where('id', '=', id).execute()
}
