/** Instruments as rows: what was loaded, their facts, and every profile that was ever compiled. Rule AGR-21. */
import type { Kysely } from 'kysely'
import type { Tx } from '#node/kernel/database.ts'
import type { Schema } from '#node/kernel/schema.gen.ts'
import type { Instant } from '#node/world.ts'
import { parseJson } from './instrument.ts'
import type { Instrument } from './instrument.ts'
import { compileProfile } from './profile.ts'
import { fact, instrumentTerms } from './term.ts'
import type { InstrumentText } from './text.ts'

/**
 * Writes an instrument where it differs from what is stored; true when something changed. Facts are added, and
 * one that a new release corrects is corrected; none is ever removed. Old profiles stay for old decisions.
 */
export async function putInstrument(tx: Tx, instrument: Instrument, at: Instant): Promise<boolean> {
  const { id, terms, profile } = instrument
  const row = {
    id,
    subject: terms.subject,
    terms: JSON.stringify(terms),
    texts: JSON.stringify(instrument.texts),
    profile_hash: profile.hash,
  }
  await tx
    .insertInto('profile')
    .values({ hash: profile.hash, instrument: id, text: profile.text })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute()
  const before = await tx.selectFrom('instrument').selectAll().where('id', '=', id).executeTakeFirst()
  const same =
    before !== undefined && Object.entries(row).every(([key, value]) => before[key as 'id'] === value)
  if (!same) {
    await tx
      .insertInto('instrument')
      .values({ ...row, loaded_at: at })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...row, loaded_at: at }))
      .execute()
  }
  return (await putFacts(tx, instrument, at)) || !same
}

async function putFacts(tx: Tx, instrument: Instrument, at: Instant): Promise<boolean> {
  const rows = await tx
    .selectFrom('instrument_fact')
    .selectAll()
    .where('instrument', '=', instrument.id)
    .execute()
  const before = new Map(rows.map((row) => [row.id, row.fact]))
  const changed = instrument.facts.filter((each) => before.get(each.id) !== JSON.stringify(each))
  for (const each of changed) {
    const values = { date: each.date, kind: each.kind, fact: JSON.stringify(each), loaded_at: at }
    await tx
      .insertInto('instrument_fact')
      .values({ instrument: instrument.id, id: each.id, ...values })
      .onConflict((conflict) => conflict.columns(['instrument', 'id']).doUpdateSet(values))
      .execute()
  }
  return changed.length > 0
}

/** All stored instruments in order of their ids, with profiles compiled anew and checked against the row. */
export async function listInstruments(query: Kysely<Schema>): Promise<readonly Instrument[]> {
  const rows = await query.selectFrom('instrument').selectAll().orderBy('id').execute()
  const facts = await query.selectFrom('instrument_fact').selectAll().orderBy('date').orderBy('id').execute()
  return rows.map((row) => {
    const terms = parseJson(`instrument ${row.id}`, row.terms, instrumentTerms)
    const profile = compileProfile(terms)
    if (profile.hash !== row.profile_hash)
      throw new Error(`instrument ${row.id}: its profile is not the stored one`)
    return {
      id: row.id,
      terms,
      texts: JSON.parse(row.texts) as InstrumentText[],
      facts: facts
        .filter((each) => each.instrument === row.id)
        .map((each) => parseJson(`fact ${each.id}`, each.fact, fact)),
      profile,
    }
  })
}

/** One stored instrument, or null. */
export async function getInstrument(query: Kysely<Schema>, id: string): Promise<Instrument | null> {
  const all = await listInstruments(query)
  return all.find((each) => each.id === id) ?? null
}
