/** What surrounds a matter between us and a partner: the link, the partner's profile, the assurances; read at once. */
import { sql } from 'kysely'
import { PARTNER_COLUMNS, partnerOf } from '#node/federation/federation.store.ts'
import type { PartnerRow } from '#node/federation/federation.store.ts'
import type { Partner } from '#node/federation/partner.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { View } from '#node/kernel/view.ts'
import type { Instant } from '#node/world.ts'
import { assuranceOf } from '../assurances/assurance.store.ts'
import type { Assurance } from '../assurances/assurance.ts'

/** Which surroundings: whose link, and what an assurance has to be about (Art. 7.5). */
export interface Place {
  readonly partner: string
  readonly instrument: string
  /** The receiving nation, which assures, and the providing one. */
  readonly receiver: string
  readonly provider: string
  readonly organisation: string
}

/** The place of a matter that goes from one of the two to the other, at `nation`. */
export function placeOf(
  matter: { readonly from: string; readonly to: string; readonly organisation: string },
  nation: string,
  instrument: string,
): Place {
  const { from, to, organisation } = matter
  return { partner: from === nation ? to : from, instrument, receiver: to, provider: from, organisation }
}

export interface Surroundings {
  readonly partner: Partner | null
  /** The profile that the partner says it compiled; null until it has said. */
  readonly partnerProfile: string | null
  /** The assurances that hold at the act's instant, the one that holds longest first. */
  readonly assurances: readonly Assurance[]
}

/** Reads surroundings in an act. */
export type ReadSurroundings = (place: Place) => Promise<Surroundings>

/** A reader that asks for each place once: an act has one instant, and within it nothing of this changes. */
export function surroundingsReader({ tx, world }: Pick<View, 'tx' | 'world'>): ReadSurroundings {
  const now = world.now()
  const known = new Map<string, Promise<Surroundings>>()
  return (place) => {
    const key = JSON.stringify(place)
    const found = known.get(key) ?? readSurroundings(tx, place, now)
    known.set(key, found)
    // Whoever awaits it hears of an error; it may have been asked for ahead, and nobody came to it.
    found.catch(() => {})
    return found
  }
}

interface AssuranceRow {
  readonly id: string
  readonly text: string
  readonly act: string
  readonly withdrawn_at: number | null
}

async function readSurroundings(reader: Reader, place: Place, now: Instant): Promise<Surroundings> {
  const { partner, instrument, receiver, provider, organisation } = place
  const { rows } = await sql<{
    partner: PartnerRow | null
    profile: string | null
    assurances: readonly AssuranceRow[] | null
  }>`select
      (select to_json(narrow) from (
        select ${sql.join(PARTNER_COLUMNS.map((column) => sql.ref(column)))}
        from partner where nation = ${partner}) as narrow) as partner,
      (select profile from partner_profile
        where nation = ${partner} and instrument = ${instrument}) as profile,
      (select json_agg(assurance order by valid_until desc) from assurance
        where by_nation = ${receiver} and to_nation = ${provider} and instrument = ${instrument}
          and organisation = ${organisation} and withdrawn_at is null
          and valid_from <= ${now} and valid_until > ${now}) as assurances`.execute(reader)
  const found = rows[0]!
  return {
    partner: found.partner === null ? null : await partnerOf(reader, found.partner),
    partnerProfile: found.profile,
    assurances: (found.assurances ?? []).map(assuranceOf),
  }
}
