/** Asks the gate inside an act and records its decision (GATE-5). */
import type { Refusal } from '#api/refusals.ts'
import { recordNational } from '#node/federation/national.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Profile } from '#node/law/profile.ts'
import { recordDecision } from './decision.store.ts'
import type { Decision, GateFacts } from './facts.ts'
import type { Gate } from './gate.ts'

/** A question to the gate. */
export interface Question {
  readonly facts: GateFacts
  /** The profile of the governing instrument; null if none governs. */
  readonly profile: Profile | null
}

/** Who asks, and about which matter. */
export interface Asker {
  /** A person's id, or `node`. */
  readonly actor: string
  /** Null if the question is about no matter. */
  readonly matter: string | null
}

/** A recorded decision. */
export interface Answer {
  readonly decision: Decision
  readonly id: string
}

/** Asks the gate and records the decision in the transaction of the act. */
export function ask(
  act: Act,
  { gate }: { readonly gate: Gate },
  { facts, profile }: Question,
  asker: Asker,
): Answer {
  const decision = gate.decide(facts, profile)
  const id = recordDecision(act, decision, { ...asker, action: facts.action })
  recordNational(act, {
    what: 'decision.made',
    id,
    action: facts.action,
    ...asker,
    permitted: decision.permitted,
    codes: decision.reasons.map(({ code }) => code),
    policy: decision.policy,
    profile: decision.profile,
  })
  return { decision, id }
}

/** The refusal of a recorded decision that does not permit. */
export function refusalOf({ decision, id }: Answer): Refusal {
  const [first, ...rest] = decision.reasons
  return { refused: true, reasons: [first!, ...rest], decision: id }
}

/** `true`, or the refusal, of a decision that is not recorded, since nothing is attempted. */
export function canOf({ reasons }: Decision): true | Refusal {
  const [first, ...rest] = reasons
  return first === undefined ? true : { refused: true, reasons: [first, ...rest] }
}
