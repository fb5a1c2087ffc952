/** Storage of matters and the statements about them. */
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import { orderOf } from '#wire/matter.ts'
import type { Ordered, Told } from '#wire/matter.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Reader, Tx } from '#node/kernel/database.ts'
import type { Schema } from '#node/kernel/schema.ts'

/** A matter that an act has locked or is creating. */
export interface HeldMatter {
  readonly id: string
  readonly kind: string
  readonly home: string
  readonly partner: string
  /** The number of our statements, and of the partner's statements that this node has applied. */
  readonly ownCount: number
  readonly partnerCount: number
}

/** A stored statement about a matter. */
export interface KeptStatement {
  readonly kind: string
  readonly statement: string
  readonly bytes: Uint8Array
  readonly log: string
  readonly index: number | null
  readonly at: number
  /** For our own statement: when it entered the log, and when the partner's node cosigned it; null before. */
  readonly placedAt?: number | null
  readonly cosignedAt?: number | null
}

/** A new matter. Add its first statements, then store it with `enterMatter`. */
export function newMatter(matter: Pick<HeldMatter, 'id' | 'kind' | 'home' | 'partner'>): HeldMatter {
  return { ...matter, ownCount: 0, partnerCount: 0 }
}

/** Locks a matter until the act ends, so that statements about it are ordered on this node. */
export async function lockMatter(tx: Tx, id: string): Promise<HeldMatter> {
  const row = await tx
    .selectFrom('matter')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return heldMatter(row)
}

/** Locks several matters in a fixed order, which avoids deadlocks between acts. */
export async function lockMatters(tx: Tx, ids: readonly string[]): Promise<Map<string, HeldMatter>> {
  const rows = await tx
    .selectFrom('matter')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.id, heldMatter(row)]))
}

function heldMatter(row: Selectable<Schema['matter']>): HeldMatter {
  const { id, kind, home, partner, own_count: ownCount, partner_count: partnerCount } = row
  return { id, kind, home, partner, ownCount, partnerCount }
}

/** Adds a statement of ours to a held matter. The caller stores the returned matter. */
export function tellMatter(act: Act, matter: HeldMatter, told: KeptStatement): HeldMatter {
  const byHome = matter.home !== matter.partner
  appendStatement(act, matter.id, told, { byHome, ordinal: matter.ownCount, seen: matter.partnerCount })
  return { ...matter, ownCount: matter.ownCount + 1 }
}

/** Adds a statement of the partner. `seen` is how many of our statements the partner says it had applied. */
export function hearMatter(act: Act, matter: HeldMatter, seen: number, kept: KeptStatement): HeldMatter {
  appendStatement(act, matter.id, kept, heardAbout(matter, seen, kept))
  return { ...matter, partnerCount: matter.partnerCount + 1 }
}

/** A partner's statement as the next about a matter, for the fold. */
export function heardAbout(
  { home, partner, ownCount, partnerCount }: HeldMatter,
  seen: number,
  statement: KeptStatement,
): Told<KeptStatement> {
  return { byHome: home === partner, ordinal: partnerCount, seen: Math.min(seen, ownCount), statement }
}

function appendStatement(
  act: Act,
  matter: string,
  told: KeptStatement,
  position: { readonly byHome: boolean; readonly ordinal: number; readonly seen: number },
): void {
  act.append('matter_statement', {
    matter,
    by_home: position.byHome,
    ordinal: position.ordinal,
    seen: position.seen,
    kind: told.kind,
    statement: told.statement,
    log: told.log,
    log_index: told.index,
    bytes: told.bytes,
    at: told.at,
  })
}

/** Stores a new matter. */
export function enterMatter(act: Act, matter: HeldMatter, state: string): void {
  act.append('matter', {
    id: matter.id,
    kind: matter.kind,
    home: matter.home,
    partner: matter.partner,
    state,
    own_count: matter.ownCount,
    partner_count: matter.partnerCount,
    updated_at: act.world.now(),
  })
}

/** Stores the statement counts of a locked matter. */
export async function storeMatter(act: Act, matter: HeldMatter): Promise<void> {
  await act.tx
    .updateTable('matter')
    .set({ own_count: matter.ownCount, partner_count: matter.partnerCount, updated_at: act.world.now() })
    .where('id', '=', matter.id)
    .execute()
}

/** Stores the statement counts of several locked matters, and the states that their folds returned. */
export function storeMatters(act: Act, matters: readonly HeldMatter[], states: readonly string[]): void {
  const rows = matters.map(({ id, ownCount, partnerCount }, index) => ({
    id,
    own_count: ownCount,
    partner_count: partnerCount,
    state: states[index],
  }))
  const stored = sql`update matter set own_count = held.own_count, partner_count = held.partner_count,
      state = held.state, updated_at = ${act.world.now()}
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as held (id text, own_count bigint, partner_count bigint, state text)
    where matter.id = held.id`
  act.change(stored.compile(act.tx), 'matter')
}

/** The statements about a matter in the order common to both nodes, including those of this act. */
export async function readMatter(
  act: Pick<Act, 'tx' | 'flush'>,
  id: string,
): Promise<Ordered<KeptStatement>[]> {
  await act.flush()
  return readOrdered(act.tx, id)
}

/** The stored statements about a matter in the order common to both nodes. */
export async function readOrdered(reader: Reader, id: string): Promise<Ordered<KeptStatement>[]> {
  return orderOf((await readTold(reader, [id])).get(id) ?? [])
}

/** The matters with statements in a log from index `from`, or with pending statements. */
export async function unheardMatters(reader: Reader, log: string, from: number): Promise<Set<string>> {
  const rows = await reader
    .selectFrom('matter_statement')
    .select('matter')
    .where('log', '=', log)
    .where((where) => where.or([where('log_index', '>=', from), where('log_index', 'is', null)]))
    .execute()
  return new Set(rows.map((row) => row.matter))
}

/** The kind and matter of the statement at an index of a log; null if it is about no matter. */
export async function statementAt(
  reader: Reader,
  log: string,
  index: number,
): Promise<{ readonly kind: string; readonly matter: string } | null> {
  const row = await reader
    .selectFrom('matter_statement')
    .select(['matter', 'kind'])
    .where('log', '=', log)
    .where('log_index', '=', index)
    .executeTakeFirst()
  return row ?? null
}

/** The stored statements about several matters, unordered. */
export async function readTold(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, Told<KeptStatement>[]>> {
  const rows = await reader
    .selectFrom('matter_statement')
    .selectAll()
    .where('matter', 'in', [...ids])
    .execute()
  const told = Map.groupBy(rows, (row) => row.matter)
  return new Map([...told].map(([matter, statements]) => [matter, statements.map(toldOf)]))
}

function toldOf(row: Selectable<Schema['matter_statement']>): Told<KeptStatement> {
  const { by_home: byHome, ordinal, seen, kind, statement, bytes, log, log_index: index, at } = row
  const { placed_at: placedAt, cosigned_at: cosignedAt } = row
  const kept = { kind, statement, bytes, log, index, at, placedAt, cosignedAt }
  return { byHome, ordinal, seen, statement: kept }
}

/** Stores the state that the fold of a matter returned. */
export async function setMatterState({ tx }: Pick<Act, 'tx'>, id: string, state: string): Promise<void> {
  await tx.updateTable('matter').set({ state }).where('id', '=', id).execute()
}
