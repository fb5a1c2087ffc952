/**
 * The gate's input and its decision. Facts hold no ids of matters and no instants, so that equal cases have equal facts
 * and share a cached decision. Rules GATE-2, GATE-3.
 */
import type { Citation, GateCode } from '#api/refusals.ts'
import type { Channel } from '#node/federation/partner.ts'
import type { Governing } from '#node/law/governing.ts'
import type { Profile } from '#node/law/profile.ts'
import type { TermQuestion } from '#node/law/termKind.ts'

/** A value in the facts; a null is an absent attribute to the policies. */
export type Fact = string | number | boolean | null | readonly Fact[] | { readonly [name: string]: Fact }

export interface GateFacts extends TermQuestion {
  /** An action of the policies' schema. */
  readonly action: string
  /** The nation whose node decides. */
  readonly nation: string
  /** The nation that provides, and the nation that receives. */
  readonly from: string
  readonly to: string
  /** What the governing instrument regulates. */
  readonly subject: string
  /** The governing instrument; null if the two nations have none on the subject. */
  readonly agreement: null | {
    readonly instrument: string
    /** Hash of the profile that this node compiled. */
    readonly profile: string
    /** `Status.state` on the day of the decision. */
    readonly state: string
    /** Hash of the profile that the partner declared; null until it has declared one. */
    readonly partnerProfile: string | null
  }
  readonly link: 'open' | 'frozen' | 'invited' | 'none'
  readonly channel: Channel
  readonly actor: Actor
  /** The attributes of the policies' resource, as the pillar's schema defines them. */
  readonly matter: Readonly<Record<string, Fact>>
  /** The pillar's own attributes of the policies' context. */
  readonly context: Readonly<Record<string, Fact>>
  /** Citations of another instrument, by the name in a rule's `@cite`. */
  readonly cited: Readonly<Record<string, readonly Citation[]>>
}

/** The facts about the two nations that every question has. */
export type CrossingFacts = Pick<GateFacts, 'nation' | 'from' | 'to' | 'subject' | 'agreement' | 'link'>

/** The policies' principal. */
export interface Actor {
  readonly roles: readonly string[]
  /** `valid`: the clearance has begun, and has neither ended nor been revoked. */
  readonly clearance: null | { readonly marking: string; readonly rank: number; readonly valid: boolean }
  readonly needToKnow: boolean
  /** The actor is the author of the matter. */
  readonly author: boolean
}

/** The node itself as an actor: no roles and no rights. */
export const NODE_ACTOR: Actor = { roles: [], clearance: null, needToKnow: false, author: false }

/** A reason for a refusal. */
export interface GateReason {
  readonly code: GateCode
  readonly because: readonly Citation[]
}

/** The gate's answer. */
export interface Decision {
  readonly permitted: boolean
  /** Everything that stands in the way, in the order of the rules; empty if permitted. */
  readonly reasons: readonly GateReason[]
  /** The articles and national rules that a permission relies on; empty if refused. */
  readonly because: readonly Citation[]
  /** Hash of the profile that the decision rests on, if any. */
  readonly profile: string | null
  /** Hash of the policies and their schema. */
  readonly policy: string
  /** The exact JSON of the facts. */
  readonly inputs: string
}

/** A question to the gate. */
export interface Question {
  readonly facts: GateFacts
  /** The profile of the governing instrument; null if none governs. */
  readonly profile: Profile | null
}

/** A recorded decision. */
export interface Answer {
  readonly decision: Decision
  readonly id: string
}

/** The facts about the governing instrument. */
export function agreementFacts(
  governed: Governing | null,
  partnerProfile: string | null,
): GateFacts['agreement'] {
  if (governed === null) return null
  const { instrument, status } = governed
  return { instrument: instrument.id, profile: instrument.profile.hash, state: status.state, partnerProfile }
}
