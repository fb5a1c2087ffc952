/** Assurances before provision (Art. 7.5 in the Japan–Korea agreement): given, received, withdrawn. */
import { AssuranceText } from '#wire/kinds.ts'
import type { Tx } from '#node/kernel/database.ts'

export interface Assurance {
  readonly id: string
  readonly text: string
  readonly said: AssuranceText
  /** Signed act of the security officer who gave it. */
  readonly act: string
  readonly withdrawnAt: number | null
}

export async function insertAssurance(
  tx: Tx,
  assurance: Assurance & { readonly enteredIndex: number | null },
): Promise<boolean> {
  const { said } = assurance
  const inserted = await tx
    .insertInto('assurance')
    .values({
      id: assurance.id,
      by_nation: said.by,
      to_nation: said.to,
      instrument: said.instrument,
      organisation: said.organisation,
      text: assurance.text,
      act: assurance.act,
      valid_from: Date.parse(said.from),
      valid_until: Date.parse(said.until),
      withdrawn_at: null,
      entered_index: assurance.enteredIndex,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .execute()
  return inserted.length === 1
}

export async function readAssurance(tx: Tx, id: string): Promise<Assurance | null> {
  const row = await tx.selectFrom('assurance').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : assuranceOf(row)
}

export async function listAssurances(tx: Tx): Promise<Assurance[]> {
  const rows = await tx
    .selectFrom('assurance')
    .selectAll()
    .orderBy('valid_until', 'desc')
    .limit(500)
    .execute()
  return rows.map(assuranceOf)
}

export async function withdrawAssuranceRow(tx: Tx, id: string, at: number): Promise<boolean> {
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
  act: string
  withdrawn_at: number | null
}): Assurance {
  const said = AssuranceText.parse(JSON.parse(row.text))
  return { id: row.id, text: row.text, said, act: row.act, withdrawnAt: row.withdrawn_at }
}

/** The nations whose assurances to us began to hold after one instant and up to another, and hold still. */
export async function beganToHold(
  tx: Tx,
  provider: string,
  after: number,
  now: number,
): Promise<readonly string[]> {
  const rows = await tx
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
export async function nextToHold(tx: Tx, provider: string, after: number): Promise<number | null> {
  const row = await tx
    .selectFrom('assurance')
    .select((select) => select.fn.min('valid_from').as('at'))
    .where('to_nation', '=', provider)
    .where('withdrawn_at', 'is', null)
    .where('valid_from', '>', after)
    .executeTakeFirst()
  return row?.at ?? null
}

/** Until when one of the assurances that hold covers a marking and a purpose; null when none does. */
export function assuredUntil(
  assurances: readonly Assurance[],
  receiverMarking: string,
  purpose: string,
): number | null {
  const covering = assurances.find(
    ({ said }) => said.markings.includes(receiverMarking) && said.purposes.includes(purpose),
  )
  return covering === undefined ? null : Date.parse(covering.said.until)
}
