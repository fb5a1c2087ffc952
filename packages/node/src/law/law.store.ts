/** Instruments as rows: what was loaded, their facts, every profile ever compiled, and what nations declare. Rules AGR-21 to AGR-23. */
import { encodeHex } from '#wire/digest.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { Instant } from '#node/world.ts'
import type { Law } from './governing.ts'
import { parseJson } from './instrument.ts'
import type { Instrument } from './instrument.ts'
import { compileProfile } from './profile.ts'
import { fact, instrumentTerms } from './term.ts'
import type { TermKind } from './termKind.ts'
import type { InstrumentText } from './text.ts'

type Writing = Pick<Act, 'tx'>

/**
 * Writes an instrument where it differs from what is stored; true when something changed. Facts are added, and
 * one that a new release corrects is corrected; none is ever removed. Old profiles stay for old decisions.
 */
export async function putInstrument({ tx }: Writing, instrument: Instrument, at: Instant): Promise<boolean> {
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
  return (await putFacts({ tx }, instrument, at)) || !same
}

async function putFacts({ tx }: Writing, instrument: Instrument, at: Instant): Promise<boolean> {
  const rows = await tx
    .selectFrom('instrument_fact')
    .selectAll()
    .where('instrument', '=', instrument.id)
    .execute()
  const before = new Map(rows.map((row) => [row.id, row.fact]))
  const changed = instrument.facts.filter((each) => before.get(each.id) !== JSON.stringify(each))
  for (const { id, date, kind, ...rest } of changed) {
    const values = { date, kind, fact: JSON.stringify({ id, date, kind, ...rest }), loaded_at: at }
    await tx
      .insertInto('instrument_fact')
      .values({ instrument: instrument.id, id, ...values })
      .onConflict((conflict) => conflict.columns(['instrument', 'id']).doUpdateSet(values))
      .execute()
  }
  return changed.length > 0
}

/** Gives the law a new version, so that the next act reads it anew. Random: one that was rolled back never comes again. */
export async function renewVersion({ tx, world }: Pick<Act, 'tx' | 'world'>): Promise<void> {
  const version = encodeHex(world.random(16))
  await tx
    .insertInto('law')
    .values({ id: 1, version })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ version }))
    .execute()
}

/** Reads the law inside an act or a view. */
export type ReadLaw = (reader: Reader) => Promise<Law>

/**
 * A reader of the law that keeps what it read last: every act asks for the version, and only a change is read whole.
 * INVARIANT: whatever changes an instrument or a fact calls `renewVersion` in the same transaction.
 */
export function createLawReader(kinds: readonly TermKind[]): ReadLaw {
  let kept: { readonly version: string; readonly law: Law } | null = null
  return async (reader) => {
    const row = await reader.selectFrom('law').select('version').executeTakeFirst()
    const version = row?.version ?? 'none'
    if (kept?.version === version) return kept.law
    const law = { instruments: await listInstruments(reader, kinds) }
    kept = { version, law }
    return law
  }
}

/** All stored instruments in order of their ids, with profiles compiled anew and checked against the row. */
export async function listInstruments(
  reader: Reader,
  kinds: readonly TermKind[],
): Promise<readonly Instrument[]> {
  const [rows, facts] = await Promise.all([
    reader.selectFrom('instrument').selectAll().orderBy('id').execute(),
    reader.selectFrom('instrument_fact').selectAll().orderBy('date').orderBy('id').execute(),
  ])
  const schema = instrumentTerms(kinds)
  return rows.map((row) => {
    const terms = parseJson(`instrument ${row.id}`, row.terms, schema)
    const profile = compileProfile(terms, kinds)
    if (profile.hash !== row.profile_hash)
      throw new Error(`INVARIANT: instrument ${row.id} compiles to the profile that is stored with it`)
    return {
      id: row.id,
      terms,
      texts: JSON.parse(row.texts) as InstrumentText[],
      facts: facts
        .filter(({ instrument }) => instrument === row.id)
        .map((each) => parseJson(`fact ${each.id}`, each.fact, fact)),
      profile,
    }
  })
}

/** The text of a profile that was ever compiled here; null where its hash is unknown. */
export async function readProfileText(reader: Reader, hash: string): Promise<string | null> {
  const row = await reader.selectFrom('profile').select('text').where('hash', '=', hash).executeTakeFirst()
  return row?.text ?? null
}

/** The profile that a partner says it compiled for an instrument; null until it has said. */
export async function readPartnerProfile(
  reader: Reader,
  nation: string,
  instrument: string,
): Promise<string | null> {
  const row = await reader
    .selectFrom('partner_profile')
    .select('profile')
    .where('nation', '=', nation)
    .where('instrument', '=', instrument)
    .executeTakeFirst()
  return row?.profile ?? null
}

/** Which profile of an instrument one nation declared to the other, and when. */
interface Declaration {
  readonly nation: string
  readonly instrument: string
  readonly profile: string
  readonly at: Instant
}

/** Stores what a partner declared; the last word stands. */
export async function putPartnerProfile({ tx }: Writing, declared: Declaration): Promise<void> {
  const { nation, instrument, profile, at } = declared
  await tx
    .insertInto('partner_profile')
    .values({ nation, instrument, profile, declared_at: at })
    .onConflict((conflict) =>
      conflict.columns(['nation', 'instrument']).doUpdateSet({ profile, declared_at: at }),
    )
    .execute()
}

/** The profiles that we declared to a partner last, by instrument. */
export async function readOurDeclarations(
  reader: Reader,
  nation: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await reader
    .selectFrom('our_profile')
    .select(['instrument', 'profile'])
    .where('nation', '=', nation)
    .execute()
  return new Map(rows.map(({ instrument, profile }) => [instrument, profile]))
}

/** Stores what we declared to a partner. */
export async function putOurDeclaration({ tx }: Writing, declared: Declaration): Promise<void> {
  const { nation, instrument, profile, at } = declared
  await tx
    .insertInto('our_profile')
    .values({ nation, instrument, profile, declared_at: at })
    .onConflict((conflict) =>
      conflict.columns(['nation', 'instrument']).doUpdateSet({ profile, declared_at: at }),
    )
    .execute()
}
