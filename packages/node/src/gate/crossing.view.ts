/**
 * Looks up the facts about the two nations that every question has: the governing instrument, the partner's profile,
 * the link.
 */
import { readPartner } from '#node/federation/federation.store.ts'
import type { Partner } from '#node/federation/partner.ts'
import type { View } from '#node/kernel/view.ts'
import { governing, instrumentNamed } from '#node/law/governing.ts'
import type { Governing, Law } from '#node/law/governing.ts'
import type { ReadLaw } from '#node/law/law.store.ts'
import { readPartnerProfile } from '#node/law/law.store.ts'
import type { Profile } from '#node/law/profile.ts'
import { agreementFacts } from './facts.ts'
import type { GateFacts } from './facts.ts'

/** Between which nations and on what; `instrument` is the id of the one to apply, by default the one that governs now. */
export interface Between extends Pick<GateFacts, 'from' | 'to' | 'subject'> {
  readonly instrument?: string | undefined
}

/** What the facts need about a partner. */
export interface PartnerFacts {
  /** Null if the partner is unknown. */
  readonly partner: Partner | null
  /** The hash of the profile that the partner declared; null until it has declared one. */
  readonly partnerProfile: string | null
}

export interface Crossing<About extends PartnerFacts = PartnerFacts> {
  readonly facts: Pick<GateFacts, 'nation' | 'from' | 'to' | 'subject' | 'agreement' | 'link'>
  /** The profile of the governing instrument; null if none governs. */
  readonly profile: Profile | null
  readonly law: Law
  readonly governed: Governing | null
  /** What was read about the partner. */
  readonly about: About
}

/** The facts of a crossing on a subject between us and a partner; `from` provides and `to` receives. */
export function crossingOf(
  view: View,
  services: { readonly readLaw: ReadLaw },
  between: Between,
): Promise<Crossing> {
  const { from, to } = between
  const partner = from === view.nation ? to : from
  return crossingWith(view, services, between, async (instrument) => ({
    partner: await readPartner(view.tx, partner),
    partnerProfile: instrument === null ? null : await readPartnerProfile(view.tx, partner, instrument),
  }))
}

/**
 * The same. `read` looks up the partner, given the id of the governing instrument or null, for a caller that reads more
 * about it in the same query.
 */
export async function crossingWith<About extends PartnerFacts>(
  view: View,
  services: { readonly readLaw: ReadLaw },
  { from, to, subject, instrument }: Between,
  read: (instrument: string | null) => Promise<About>,
): Promise<Crossing<About>> {
  const law = await services.readLaw(view.tx)
  const now = view.world.now()
  const governed =
    instrument === undefined ? governing(law, from, to, subject, now) : instrumentNamed(law, instrument, now)
  const about = await read(governed?.instrument.id ?? null)
  const agreement = agreementFacts(governed, about.partnerProfile)
  return {
    facts: { nation: view.nation, from, to, subject, agreement, link: linkState(about.partner) },
    profile: governed?.instrument.profile ?? null,
    law,
    governed,
    about,
  }
}

/** The link as the policies see it: `none` if the partner is unknown. */
function linkState(partner: Partner | null): GateFacts['link'] {
  return partner?.state ?? 'none'
}
