/** Builds the gate's facts about information. Pure (GATE-2). */
import type { Actor, CrossingFacts, GateFacts } from '#node/gate/facts.ts'
import type { Channel } from '#node/federation/partner.ts'
import { markingRank } from '#node/law/nations.ts'
import type { Nations } from '#node/law/nations.ts'
import type { Citation, GateCode } from '#api/refusals.ts'
import type { Proposal } from '#wire/exchange/proposal.ts'

/**
 * The actions on information in `exchange/policies`. `submit`: the author asks for a release. `approve`: a release
 * authority signs a digest. `release`: the nation decides that it crosses.
 */
export type ItemAction = 'submit' | 'approve' | 'release' | 'send' | 'accept' | 'open' | 'reveal'

/** The codes for which a release waits: more approvals, and the receiver's assurance. */
export const PENDING_CODES: readonly GateCode[] = ['approvals_missing', 'assurance_missing']

/** A draft or an item as the gate sees it. */
export interface GatedMatter {
  readonly from: string
  readonly to: string
  /** The nation whose information it is; not `from` if `from` received it from a third nation. */
  readonly originator: string
  /** The originator's marking, exactly as written. */
  readonly marking: string
  /** The marking that it will bear at the receiver; null if none is chosen or there is none. */
  readonly receiverMarking: string | null
  readonly category: string
  /** Empty if none is named. */
  readonly purpose: string
  /** The organisation of `to` to which it is addressed. */
  readonly organisation: string
  /** The instrument under which content that it contains was received; null if all of it is our own. */
  readonly receivedUnder: string | null
  /** The hash of the terms that the signed proposal names; null before there is one. */
  readonly profile: string | null
}

/** The approvals of a digest. */
export interface Approvals {
  readonly count: number
  /** The author is one of those who approved. */
  readonly authorAmong: boolean
}

/** A signed proposal that `from` provides, as the gate sees it. */
export function gatedProposal(from: string, proposal: Proposal): GatedMatter {
  const { recipient, originator, marking, receiverMarking, category, purpose, profile } = proposal
  const { nation: to, organisation } = recipient
  return {
    from,
    to,
    originator,
    marking,
    receiverMarking,
    category,
    purpose,
    organisation,
    receivedUnder: null,
    profile,
  }
}

export interface ItemFactsInput {
  readonly action: ItemAction
  readonly nations: Nations
  /** Between the nations of the matter. */
  readonly crossing: CrossingFacts
  readonly channel: Channel
  readonly matter: GatedMatter
  readonly actor: Actor
  readonly approvals: Approvals
  /** An assurance of the receiver that is in force covers marking, purpose and organisation. */
  readonly assurance: boolean
  /** The third-party articles of the instrument under which content was received. */
  readonly receivedUnder: readonly Citation[]
}

export function itemFacts(input: ItemFactsInput): GateFacts {
  const { action, crossing, channel, actor } = input
  const { nation, from } = crossing
  const { originator, marking, receiverMarking, category, purpose, organisation, receivedUnder, profile } =
    input.matter
  const bears = nation === from ? marking : (receiverMarking ?? marking)
  return {
    action,
    ...crossing,
    channel,
    actor,
    matter: {
      originator,
      marking,
      receiverMarking,
      category,
      purpose,
      organisation,
      markingRank: markingRank(input.nations, nation, bears),
      thirdParty: receivedUnder !== null,
      originatorConsent: false,
      profile,
    },
    context: { approvals: { ...input.approvals }, assurance: input.assurance },
    cited: input.receivedUnder.length === 0 ? {} : { received_under: input.receivedUnder },
  }
}
