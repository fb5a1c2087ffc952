/** Builds the gate's facts about information. Pure (GATE-2). */
import { NODE_ACTOR } from '#node/gate/facts.ts'
import type { Actor, GateFacts } from '#node/gate/facts.ts'
import type { Channel } from '#node/federation/partner.ts'
import { agreementFacts } from '#node/law/governing.ts'
import type { Governing } from '#node/law/governing.ts'
import { markingRank } from '#node/law/nations.ts'
import type { Nations } from '#node/law/nations.ts'
import type { Citation, GateCode } from '#api/refusals.ts'

/** The acts of the policies in `exchange/policies`. `approve` is a release authority's signature under a digest. */
export type ItemAct = 'approve' | 'release' | 'send' | 'accept' | 'open'

/** What a release waits for rather than fails by: more signatures, and the receiver's assurance. */
export const PENDING_CODES: readonly GateCode[] = ['approvals_missing', 'assurance_missing']

/** Information as the gate sees it, as a draft or as an item. */
export interface GatedMatter {
  readonly from: string
  readonly to: string
  /** The nation whose information it is; another than `from` when it was received and is passed on. */
  readonly originator: string
  /** The originator's marking, exactly as written. */
  readonly marking: string
  /** The marking it is to bear at the receiver; null until one is chosen or when there is none. */
  readonly receiverMarking: string | null
  readonly category: string
  /** Empty when none is named. */
  readonly purpose: string
  /** The organisation of `to` that it is addressed to. */
  readonly organisation: string
  /** The instrument under which content was received that this one contains; null when it is our own. */
  readonly receivedUnder: string | null
}

/** Release authorities that signed the digest; whether its author is one of them. */
export interface Approvals {
  readonly count: number
  readonly authorAmong: boolean
}

export interface Asked {
  readonly act: ItemAct
  readonly nation: string
  readonly nations: Nations
  readonly governed: Governing | null
  readonly partnerProfile: string | null
  readonly link: GateFacts['link']
  readonly channel?: Channel
  readonly matter: GatedMatter
  readonly actor?: Actor
  readonly approvals?: Approvals
  /** An assurance of the receiver covers marking, purpose and organisation now. */
  readonly assurance: boolean
  /** The third-party articles of the instrument that content was received under. */
  readonly receivedUnder: readonly Citation[]
}

/** Builds the facts of one question. */
export function itemFacts(asked: Asked): GateFacts {
  const { matter, governed, nation } = asked
  const { from, to, receivedUnder, ...described } = matter
  const bears = nation === from ? matter.marking : (matter.receiverMarking ?? matter.marking)
  return {
    act: asked.act,
    nation,
    from,
    to,
    subject: 'information',
    agreement: agreementFacts(governed, asked.partnerProfile),
    link: asked.link,
    channel: asked.channel ?? 'network',
    actor: asked.actor ?? NODE_ACTOR,
    matter: {
      ...described,
      markingRank: markingRank(asked.nations, nation, bears),
      thirdParty: receivedUnder !== null,
      originatorConsent: false,
    },
    context: {
      approvals: { ...(asked.approvals ?? { count: 0, authorAmong: false }) },
      assurance: asked.assurance,
    },
    cited: asked.receivedUnder.length === 0 ? {} : { received_under: asked.receivedUnder },
  }
}
