/** What the gate needs about a partner and a matter: the link, the partner's profile, the assurances. */
import { sql } from 'kysely'
import { PARTNER_COLUMNS, partnerOf, readPartners } from '#node/federation/federation.store.ts'
import type { PartnerRow } from '#node/federation/federation.store.ts'
import type { PartnerFacts } from '#node/gate/crossing.view.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { View } from '#node/kernel/view.ts'
import { readPartnerProfiles } from '#node/law/law.store.ts'
import type { Instant } from '#node/world.ts'
import { assuranceOf, assurancesInForce } from '../assurances/assurance.store.ts'
import type { Assurance } from '../assurances/assurance.ts'

/** Identifies a context: the partner, and the assurances that count (Art. 7.5). */
export interface PartnerContextKey {
  readonly partner: string
  readonly instrument: string
  /** The nation that receives, and gives assurances. */
  readonly receiver: string
  readonly provider: string
  /** The organisation of the receiver. */
  readonly organisation: string
}

/** The key of a matter, as seen by `nation`. */
export function partnerContextKey(
  matter: { readonly from: string; readonly to: string; readonly organisation: string },
  nation: string,
  instrument: string,
): PartnerContextKey {
  const { from, to, organisation } = matter
  return { partner: from === nation ? to : from, instrument, receiver: to, provider: from, organisation }
}

export interface PartnerContext extends PartnerFacts {
  /** The assurances in force, the last to expire first. */
  readonly assurances: readonly Assurance[]
}

/** Reads a context within one act or view. */
export type ReadPartnerContext = (key: PartnerContextKey) => Promise<PartnerContext>

/** Builds a reader that queries every key once: within one act the context does not change. */
export function partnerContextReader({ tx, world }: Pick<View, 'tx' | 'world'>): ReadPartnerContext {
  const now = world.now()
  const known = new Map<string, Promise<PartnerContext>>()
  return (key) => {
    const text = JSON.stringify(key)
    const found = known.get(text) ?? readPartnerContext(tx, key, now)
    known.set(text, found)
    // Prevents an unhandled rejection of a prefetch that nobody awaits. Whoever awaits it still gets the error.
    found.catch(() => {})
    return found
  }
}

/** Builds a reader that queries all partners at its first key: for a view of many matters. */
export function allPartnerContexts({ tx, world }: Pick<View, 'tx' | 'world'>): ReadPartnerContext {
  const now = world.now()
  const readAll = () => Promise.all([readPartners(tx), readPartnerProfiles(tx), assurancesInForce(tx, now)])
  let reading: ReturnType<typeof readAll> | null = null
  return async ({ partner, instrument, receiver, provider, organisation }) => {
    const [partners, profiles, assurances] = await (reading ??= readAll())
    return {
      partner: partners.find(({ nation }) => nation === partner) ?? null,
      partnerProfile: profiles(partner, instrument),
      assurances: assurances.filter(
        ({ body }) =>
          body.by === receiver &&
          body.to === provider &&
          body.instrument === instrument &&
          body.organisation === organisation,
      ),
    }
  }
}

interface AssuranceRow {
  readonly id: string
  readonly text: string
  readonly signed_act: string
  readonly withdrawn_at: number | null
}

async function readPartnerContext(
  reader: Reader,
  key: PartnerContextKey,
  now: Instant,
): Promise<PartnerContext> {
  const { partner, instrument, receiver, provider, organisation } = key
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
