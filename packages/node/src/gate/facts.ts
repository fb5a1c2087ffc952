/**
 * What a decision of the gate depends on, and nothing else: no matter ids and no instants, so that equal
 * cases have equal facts and one cached answer. Rules GATE-2, GATE-3.
 */
import type { Citation, GateCode } from '#api/refusals.ts'

/** The acts the gate is asked about. `approve` is a release authority's signature under a digest. */
export const GATE_ACTS = ['approve', 'release', 'send', 'accept', 'open', 'order'] as const
export type GateAct = (typeof GATE_ACTS)[number]

export interface GateFacts {
  readonly act: GateAct
  /** The nation whose node decides. */
  readonly nation: string
  /** The nation that provides, and the nation that receives. */
  readonly from: string
  readonly to: string
  readonly subject: 'information' | 'logistics'
  /** The governing instrument, or null where the two nations have none on the subject. */
  readonly agreement: null | {
    readonly instrument: string
    /** Hash of the profile this node compiled. */
    readonly profile: string
    /** `Status.state` on the day of the decision. */
    readonly state: string
    /** Hash of the profile the partner declared; null until it has declared one. */
    readonly partnerProfile: string | null
  }
  readonly link: 'open' | 'frozen' | 'invited' | 'none'
  readonly channel: 'network' | 'media'
  readonly actor: {
    readonly roles: readonly string[]
    /** `valid`: the clearance has begun, has not ended and was not withdrawn. */
    readonly clearance: null | { readonly marking: string; readonly rank: number; readonly valid: boolean }
    readonly needToKnow: boolean
    /** The actor wrote, or last edited, the matter. */
    readonly author: boolean
  }
  readonly matter: {
    /** The nation whose information it is; another than `from` when it was received and is passed on. */
    readonly originator: string
    /** The originator's marking, exactly as written. */
    readonly marking: string
    /** Rank, on the deciding nation's own ladder, of the marking that the matter bears there. */
    readonly markingRank: number
    /** The marking the matter is to bear at the receiver; null until one is chosen or when there is none. */
    readonly receiverMarking: string | null
    readonly category: string
    /** Empty when none is named. */
    readonly purpose: string
    /** The organisation of `to` that it is addressed to. */
    readonly organisation: string
    /** It contains what a third nation provided. */
    readonly thirdParty: boolean
    readonly originatorConsent: boolean
    /** The third-party articles of the instrument it was received under; empty when it was not received. */
    readonly receivedUnder: readonly Citation[]
  }
  /** Distinct release authorities that signed this digest; whether its author is one of them. */
  readonly approvals: { readonly count: number; readonly authorAmong: boolean }
  /** An assurance of the receiver covers marking, purpose and organisation now. */
  readonly assurance: boolean
}

/** A reason of the gate: always one of its own codes. */
export interface GateReason {
  readonly code: GateCode
  readonly because: readonly Citation[]
}

/** The gate's answer. */
export interface Decision {
  readonly permitted: boolean
  /** All that stands in the way, in the order of `GATE_CODES`; empty when permitted. */
  readonly reasons: readonly GateReason[]
  /** The articles and national rules relied on when permitted; empty when refused. */
  readonly because: readonly Citation[]
  /** Hash of the profile the answer rests on, if any. */
  readonly profile: string | null
  /** Hash of the policies and their schema. */
  readonly policy: string
  /** The facts, as the exact JSON that was decided on. */
  readonly inputs: string
}

/** What a release waits for rather than fails by: more signatures, and the receiver's assurance. */
const PENDING_CODES: readonly GateCode[] = ['approvals_missing', 'assurance_missing']

/** Parts the reasons of a decision into what only waits and what refuses. */
export function partReasons(decision: Decision): {
  readonly pending: readonly GateReason[]
  readonly blocking: readonly GateReason[]
} {
  const waits = (reason: GateReason) => PENDING_CODES.includes(reason.code)
  return {
    pending: decision.reasons.filter(waits),
    blocking: decision.reasons.filter((reason) => !waits(reason)),
  }
}
