/** Looks up what the gate needs about a draft or an item: the law, the link, the assurances, the person. */
import type { Actor, Question } from '#node/gate/facts.ts'
import { crossingWith } from '#node/gate/crossing.view.ts'
import { NODE_ACTOR } from '#node/gate/facts.ts'
import type { Channel, Partner } from '#node/federation/partner.ts'
import type { View } from '#node/kernel/view.ts'
import { instrumentNamed } from '#node/law/governing.ts'
import type { Governing, Law } from '#node/law/governing.ts'
import { citationsOf } from '#node/law/profile.ts'
import type { Services } from '#node/services.ts'
import { assuredUntil } from '../assurances/assurance.ts'
import { THIRD_PARTY } from '../terms.ts'
import { itemFacts } from './facts.ts'
import type { Approvals, GatedMatter, ItemAction } from './facts.ts'
import { partnerContextKey, partnerContextReader } from './partnerContext.store.ts'
import type { ReadPartnerContext } from './partnerContext.store.ts'

/** A question to the gate, and what was looked up to build it. */
export interface Situation extends Question {
  readonly governed: Governing | null
  /** Until when an assurance of the receiver covers it; null if none does. */
  readonly assuredUntil: number | null
  readonly partner: Partner | null
}

export interface SituationOptions {
  readonly action: ItemAction
  readonly matter: GatedMatter
  /** The instrument that the matter names; by default the one that governs now. */
  readonly instrument?: string
  /** Who acts; by default the node itself. */
  readonly actor?: Actor | Promise<Actor>
  readonly channel?: Channel
  readonly approvals?: Approvals
  /** Shared by several questions of one act. */
  readonly read?: ReadPartnerContext
}

/** Looks up everything about an action on a matter, and builds the question. */
export async function situationOf(
  view: View,
  services: Pick<Services, 'readLaw' | 'nations'>,
  options: SituationOptions,
): Promise<Situation> {
  const { action, matter, instrument, channel = 'network' } = options
  const { from, to } = matter
  const asking = Promise.resolve(options.actor ?? NODE_ACTOR)
  // If the law cannot be read, nobody awaits this promise, which has failed as well.
  asking.catch(() => {})
  const read = options.read ?? partnerContextReader(view)
  const between = { from, to, subject: 'information', instrument }
  const crossing = await crossingWith(view, services, between, (governs) =>
    read(partnerContextKey(matter, view.nation, governs ?? '')),
  )
  const { law, governed, profile, about } = crossing
  const until = assuredUntil(about.assurances, matter.receiverMarking ?? '', matter.purpose)
  const facts = itemFacts({
    action,
    nations: services.nations,
    crossing: crossing.facts,
    channel,
    matter,
    actor: await asking,
    approvals: options.approvals ?? { count: 0, authorAmong: false },
    assurance: until !== null,
    receivedUnder: thirdPartyArticles(law, matter, view.world.now()),
  })
  return { facts, profile, governed, assuredUntil: until, partner: about.partner }
}

/** The third-party articles of the instrument under which content was received (Art. 6(a)). */
function thirdPartyArticles(law: Law, { receivedUnder }: GatedMatter, now: number) {
  const received = receivedUnder === null ? null : instrumentNamed(law, receivedUnder, now)
  return received === null ? [] : citationsOf(received.instrument.profile, THIRD_PARTY.kind)
}
