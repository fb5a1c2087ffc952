/** Instruments, their facts, all profiles ever compiled, and the declarations of nations. Rules AGR-21 to AGR-23. */
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
 * Stores an instrument; true if anything changed. Facts are added or corrected, never removed. Old profiles stay, for
 * the replay of old decisions.
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
  const changed = instrument.facts.filter((known) => before.get(known.id) !== JSON.stringify(known))
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

/**
 * Gives the law a new version, so that the next act reads it again. Random, so that a rolled-back version never recurs.
 */
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
 * Builds a cached reader of the law: every call reads the version, and only a new version reads the instruments.
 * INVARIANT: a change of an instrument or a fact calls `renewVersion` in the same transaction.
 */
export function createLawReader(kinds: readonly TermKind[]): ReadLaw {
  let cached: { readonly version: string; readonly law: Law } | null = null
  return async (reader) => {
    const row = await reader.selectFrom('law').select('version').executeTakeFirst()
    const version = row?.version ?? 'none'
    if (cached?.version === version) return cached.law
    const law = { instruments: await listInstruments(reader, kinds) }
    cached = { version, law }
    return law
  }
}

/** All stored instruments by id. Profiles are recompiled and checked against the stored hash. */
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
      throw new Error(`INVARIANT: the profile of instrument ${row.id} compiles to its stored hash`)
    return {
      id: row.id,
      terms,
      texts: JSON.parse(row.texts) as InstrumentText[],
      facts: facts
        .filter(({ instrument }) => instrument === row.id)
        .map(({ id, fact: text }) => parseJson(`fact ${id}`, text, fact)),
      profile,
    }
  })
}

/** The text of a profile that this node has compiled; null if the hash is unknown. */
export async function readProfileText(reader: Reader, hash: string): Promise<string | null> {
  const row = await reader.selectFrom('profile').select('text').where('hash', '=', hash).executeTakeFirst()
  return row?.text ?? null
}

/** The profile that a partner declared for an instrument; null until it has declared one. */
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

/** Reads all declarations of partners; returns a lookup by nation and instrument. */
export async function readPartnerProfiles(
  reader: Reader,
): Promise<(nation: string, instrument: string) => string | null> {
  const rows = await reader
    .selectFrom('partner_profile')
    .select(['nation', 'instrument', 'profile'])
    .execute()
  return (nation, instrument) =>
    rows.find((row) => row.nation === nation && row.instrument === instrument)?.profile ?? null
}

/** A profile that one nation declared to the other. */
interface Declaration {
  readonly nation: string
  readonly instrument: string
  readonly profile: string
  readonly at: Instant
}

/** Stores a partner's declaration in place of its last one. */
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

/** The profiles that we last declared to a partner, by instrument. */
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

/** Stores our declaration to a partner in place of the last one. */
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
