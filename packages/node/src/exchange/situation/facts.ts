/** What the gate has to know of an exchange, gathered from values; nothing is looked up here (GATE-2). */
import { citationsOf } from '#node/law/instrument.ts'
import type { GateAct, GateFacts } from '#node/gate/facts.ts'
import type { Governing, Law } from '#node/law/governing.ts'
import { instrumentNamed, markingRank } from '#node/law/governing.ts'
import type { Instant } from '#node/world.ts'

/** A matter as far as the gate cares. */
export interface GatedMatter {
  readonly from: string
  readonly to: string
  readonly originator: string
  readonly marking: string
  readonly receiverMarking: string | null
  readonly category: string
  readonly purpose: string
  readonly organisation: string
  /** The instrument under which content was received that this one contains; null when it is our own. */
  readonly receivedUnder: string | null
}

export interface Asked {
  readonly act: GateAct
  readonly nation: string
  readonly now: Instant
  readonly governed: Governing | null
  readonly partnerProfile: string | null
  readonly link: GateFacts['link']
  readonly channel?: GateFacts['channel']
  readonly matter: GatedMatter
  readonly actor?: GateFacts['actor']
  readonly approvals?: GateFacts['approvals']
  readonly assurance: boolean
}

/** The node itself as an actor: it has no roles and opens nothing. */
export const NODE_ACTOR: GateFacts['actor'] = { roles: [], clearance: null, needToKnow: false, author: false }

/** Builds the facts of one question. */
export function exchangeFacts(law: Law, asked: Asked): GateFacts {
  const { matter, governed } = asked
  const bears = asked.nation === matter.from ? matter.marking : (matter.receiverMarking ?? matter.marking)
  const received =
    matter.receivedUnder === null ? null : instrumentNamed(law, matter.receivedUnder, asked.now)
  return {
    act: asked.act,
    nation: asked.nation,
    from: matter.from,
    to: matter.to,
    subject: 'information',
    agreement:
      governed === null
        ? null
        : {
            instrument: governed.instrument.id,
            profile: governed.instrument.profile.hash,
            state: governed.status.state,
            partnerProfile: asked.partnerProfile,
          },
    link: asked.link,
    channel: asked.channel ?? 'network',
    actor: asked.actor ?? NODE_ACTOR,
    matter: {
      originator: matter.originator,
      marking: matter.marking,
      markingRank: markingRank(law, asked.nation, bears),
      receiverMarking: matter.receiverMarking,
      category: matter.category,
      purpose: matter.purpose,
      organisation: matter.organisation,
      thirdParty: matter.receivedUnder !== null,
      originatorConsent: false,
      receivedUnder: received === null ? [] : citationsOf(received.instrument.profile, 'third_party'),
    },
    approvals: asked.approvals ?? { count: 0, authorAmong: false },
    assurance: asked.assurance,
  }
}
