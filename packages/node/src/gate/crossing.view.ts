/** What every question says of the two nations: the instrument that governs, what the partner declared, the link. */
import { readPartner } from '#node/federation/federation.store.ts'
import type { Partner } from '#node/federation/partner.ts'
import type { View } from '#node/kernel/view.ts'
import { agreementFacts, governing } from '#node/law/governing.ts'
import type { ReadLaw } from '#node/law/law.store.ts'
import { readPartnerProfile } from '#node/law/law.store.ts'
import type { Profile } from '#node/law/profile.ts'
import type { GateFacts } from './facts.ts'

export interface Crossing {
  readonly facts: Pick<GateFacts, 'nation' | 'from' | 'to' | 'subject' | 'agreement' | 'link'>
  /** The profile of the instrument that governs; null where none does. */
  readonly profile: Profile | null
}

/** How things stand today between us and a partner on a subject; `from` provides and `to` receives. */
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

/** The link as the rules see it; to a partner that was closed or never met there is none. */
export function linkState(partner: Partner | null): GateFacts['link'] {
  return partner === null || partner.state === 'closed' ? 'none' : partner.state
}
