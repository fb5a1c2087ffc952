/** Assurances in the database, those given and those received. */
import { AssuranceText } from '#wire/exchange/assurance.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { Instant } from '#node/world.ts'
import type { Assurance } from './assurance.ts'

/**
 * Adds an assurance; false if its id is taken. `enteredIndex` is its index in the partner's log; null for one of ours.
 */
export async function insertAssurance(
  { tx }: Pick<Act, 'tx'>,
  { id, body, text, signedAct }: Assurance,
  enteredIndex: number | null,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('assurance')
    .values({
      id,
      by_nation: body.by,
      to_nation: body.to,
      instrument: body.instrument,
      organisation: body.organisation,
      text,
      signed_act: signedAct,
      valid_from: Date.parse(body.from),
      valid_until: Date.parse(body.until),
      withdrawn_at: null,
      entered_index: enteredIndex,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .execute()
  return inserted.length === 1
}

export async function readAssurance(reader: Reader, id: string): Promise<Assurance | null> {
  const row = await reader.selectFrom('assurance').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : assuranceOf(row)
}

/** Assurances, the last to expire first. */
export async function listAssurances(reader: Reader): Promise<Assurance[]> {
  const rows = await reader
    .selectFrom('assurance')
    .selectAll()
    .orderBy('valid_until', 'desc')
    .limit(500)
    .execute()
  return rows.map(assuranceOf)
}

/** The assurances in force, the last to expire first. */
export async function assurancesInForce(reader: Reader, now: Instant): Promise<Assurance[]> {
  const rows = await reader
    .selectFrom('assurance')
    .selectAll()
    .where('withdrawn_at', 'is', null)
    .where('valid_from', '<=', now)
    .where('valid_until', '>', now)
    .orderBy('valid_until', 'desc')
    .execute()
  return rows.map(assuranceOf)
}

/** Withdraws an assurance; false if it was already withdrawn. */
export async function withdrawAssuranceRow(
  { tx }: Pick<Act, 'tx'>,
  id: string,
  at: Instant,
): Promise<boolean> {
  const changed = await tx
    .updateTable('assurance')
    .set({ withdrawn_at: at })
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .returning('id')
    .execute()
  return changed.length === 1
}

/** An assurance from its row; its text was verified when it was stored. */
export function assuranceOf(row: {
  id: string
  text: string
  signed_act: string
  withdrawn_at: number | null
}): Assurance {
  const body = AssuranceText.parse(JSON.parse(row.text))
  return { id: row.id, text: row.text, body, signedAct: row.signed_act, withdrawnAt: row.withdrawn_at }
}

/**
 * The nations with an assurance to `provider` that came into force after `after`, at the latest at `now`, and still is.
 */
export async function newAssurers(
  reader: Reader,
  provider: string,
  after: Instant,
  now: Instant,
): Promise<readonly string[]> {
  const rows = await reader
    .selectFrom('assurance')
    .select('by_nation')
    .distinct()
    .where('to_nation', '=', provider)
    .where('withdrawn_at', 'is', null)
    .where('valid_from', '>', after)
    .where('valid_from', '<=', now)
    .where('valid_until', '>', now)
    .orderBy('by_nation')
    .execute()
  return rows.map((row) => row.by_nation)
}

/** When the next assurance to us begins to hold after an instant; null when none is known. */
export async function nextToHold(reader: Reader, provider: string, after: Instant): Promise<Instant | null> {
  const row = await reader
    .selectFrom('assurance')
    .select((select) => select.fn.min('valid_from').as('at'))
    .where('to_nation', '=', provider)
    .where('withdrawn_at', 'is', null)
    .where('valid_from', '>', after)
    .executeTakeFirst()
  return row?.at ?? null
}
