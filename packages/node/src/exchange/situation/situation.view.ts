/** Gathers what the gate has to know of a draft or an item: the law, the link, the partner's word, the person. */
import type { Question } from '#node/gate/ask.commands.ts'
import { linkState } from '#node/gate/crossing.view.ts'
import type { Actor } from '#node/gate/facts.ts'
import { NODE_ACTOR } from '#node/gate/facts.ts'
import type { Channel, Partner } from '#node/federation/partner.ts'
import type { View } from '#node/kernel/view.ts'
import { governing, instrumentNamed } from '#node/law/governing.ts'
import type { Governing, Law } from '#node/law/governing.ts'
import { citationsOf } from '#node/law/profile.ts'
import type { Services } from '#node/services.ts'
import { assuredUntil } from '../assurances/assurance.ts'
import { THIRD_PARTY } from '../terms.ts'
import { itemFacts } from './facts.ts'
import type { Approvals, GatedMatter, ItemAct } from './facts.ts'
import { placeOf, surroundingsReader } from './surroundings.store.ts'
import type { ReadSurroundings } from './surroundings.store.ts'

/** A question for the gate, and what was looked up for it. */
export interface Situation extends Question {
  readonly governed: Governing | null
  /** Until when the receiver's assurance covers it; null when none does. */
  readonly assuredUntil: number | null
  readonly partner: Partner | null
}

export interface SituationOptions {
  readonly act: ItemAct
  readonly matter: GatedMatter
  /** The instrument the matter already names; otherwise the one that governs today. */
  readonly instrument?: string
  /** Who asks, which may still be being looked up; the node itself when absent. */
  readonly actor?: Actor | Promise<Actor>
  readonly channel?: Channel
  readonly approvals?: Approvals
  /** Shared by the questions of one act. */
  readonly read?: ReadSurroundings
}

/** Looks up what governs a matter between us and a partner, and builds the question. */
export async function situationOf(
  view: View,
  services: Pick<Services, 'readLaw' | 'nations'>,
  options: SituationOptions,
): Promise<Situation> {
  const { matter } = options
  const asking = Promise.resolve(options.actor ?? NODE_ACTOR)
  // Where the law cannot be read, nobody comes to the person any more, whose reading has failed as well.
  asking.catch(() => {})
  const law = await services.readLaw(view.tx)
  const now = view.world.now()
  const governed =
    options.instrument === undefined
      ? governing(law, matter.from, matter.to, 'information', now)
      : instrumentNamed(law, options.instrument, now)
  const read = options.read ?? surroundingsReader(view)
  const [around, actor] = await Promise.all([
    read(placeOf(matter, view.nation, governed?.instrument.id ?? '')),
    asking,
  ])
  const until = assuredUntil(around.assurances, matter.receiverMarking ?? '', matter.purpose)
  const facts = itemFacts({
    act: options.act,
    nation: view.nation,
    nations: services.nations,
    governed,
    partnerProfile: around.partnerProfile,
    link: linkState(around.partner),
    matter,
    actor,
    assurance: until !== null,
    receivedUnder: thirdPartyArticles(law, matter, now),
    ...(options.channel === undefined ? {} : { channel: options.channel }),
    ...(options.approvals === undefined ? {} : { approvals: options.approvals }),
  })
  const profile = governed?.instrument.profile ?? null
  return { facts, profile, governed, assuredUntil: until, partner: around.partner }
}

/** The articles that keep received content from going further, of the instrument it was received under (Art. 6(a)). */
function thirdPartyArticles(law: Law, { receivedUnder }: GatedMatter, now: number) {
  const received = receivedUnder === null ? null : instrumentNamed(law, receivedUnder, now)
  return received === null ? [] : citationsOf(received.instrument.profile, THIRD_PARTY.kind)
}
