/**
 * Looks up the facts about the two nations that every question has: the governing instrument, the partner's profile,
 * the link.
 */
import { readPartner } from '#node/federation/federation.store.ts'
import type { Partner } from '#node/federation/partner.ts'
import type { View } from '#node/kernel/view.ts'
import { governing } from '#node/law/governing.ts'
import type { ReadLaw } from '#node/law/law.store.ts'
import { readPartnerProfile } from '#node/law/law.store.ts'
import type { Profile } from '#node/law/profile.ts'
import { agreementFacts } from './facts.ts'
import type { GateFacts } from './facts.ts'

export interface Crossing {
  readonly facts: Pick<GateFacts, 'nation' | 'from' | 'to' | 'subject' | 'agreement' | 'link'>
  /** The profile of the governing instrument; null if none governs. */
  readonly profile: Profile | null
}

/** The facts of a crossing on a subject between us and a partner; `from` provides and `to` receives. */
export async function crossingOf(
  view: View,
  services: { readonly readLaw: ReadLaw },
  { from, to, subject }: Pick<GateFacts, 'from' | 'to' | 'subject'>,
): Promise<Crossing> {
  const { nation, tx, world } = view
  const partner = from === nation ? to : from
  const governed = governing(await services.readLaw(tx), from, to, subject, world.now())
  const profile = governed?.instrument.profile ?? null
  const declared = profile === null ? null : await readPartnerProfile(tx, partner, profile.instrument)
  const link = linkState(await readPartner(tx, partner))
  return {
    facts: { nation, from, to, subject, agreement: agreementFacts(governed, declared), link },
    profile,
  }
}

/** The link as the policies see it: `none` if the partner is unknown. */
export function linkState(partner: Partner | null): GateFacts['link'] {
  return partner?.state ?? 'none'
}
