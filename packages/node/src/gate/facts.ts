/**
 * What a decision of the gate depends on, and nothing else: no matter ids and no instants, so that equal
 * cases have equal facts and one cached answer. Rules GATE-2, GATE-3.
 */
import type { Citation, GateCode } from '#api/refusals.ts'
import type { Channel } from '#node/federation/partner.ts'
import type { TermQuestion } from '#node/law/termKind.ts'

/** A value that rules can speak of; null where there is none. */
export type Fact = string | number | boolean | null | readonly Fact[] | { readonly [name: string]: Fact }

export interface GateFacts extends TermQuestion {
  /** An action of the policies' schema. */
  readonly act: string
  /** The nation whose node decides. */
  readonly nation: string
  /** The nation that provides, and the nation that receives. */
  readonly from: string
  readonly to: string
  /** What the governing instrument is about. */
  readonly subject: string
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
  readonly channel: Channel
  readonly actor: Actor
  /** The matter as its pillar describes it to the rules. */
  readonly matter: Readonly<Record<string, Fact>>
  /** What else the pillar's rules ask. */
  readonly context: Readonly<Record<string, Fact>>
  /** Articles of another instrument that a rule cites, by the name in its `@cite`. */
  readonly cited: Readonly<Record<string, readonly Citation[]>>
}

/** Who acts, as the rules see them. */
export interface Actor {
  readonly roles: readonly string[]
  /** `valid`: the clearance has begun, has not ended and was not withdrawn. */
  readonly clearance: null | { readonly marking: string; readonly rank: number; readonly valid: boolean }
  readonly needToKnow: boolean
  /** The actor wrote, or last edited, the matter. */
  readonly author: boolean
}

/** The node itself as an actor: it has no roles and opens nothing. */
export const NODE_ACTOR: Actor = { roles: [], clearance: null, needToKnow: false, author: false }

/** A reason of the gate: always one of its own codes. */
export interface GateReason {
  readonly code: GateCode
  readonly because: readonly Citation[]
}

/** The gate's answer. */
export interface Decision {
  readonly permitted: boolean
  /** All that stands in the way, in the order of the rules; empty when permitted. */
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
