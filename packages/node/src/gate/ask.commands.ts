/** Asking the gate inside an act, and recording what it answered (GATE-5). */
import type { Refusal } from '#api/refusals.ts'
import { recordNational } from '#node/federation/national.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Profile } from '#node/law/profile.ts'
import { recordDecision } from './decision.store.ts'
import type { Decision, GateFacts } from './facts.ts'
import type { Gate } from './gate.ts'

/** A question: the facts, and the profile that governs; null where none does. */
export interface Question {
  readonly facts: GateFacts
  readonly profile: Profile | null
}

/** Who asks, about which matter; null where the question is about none. */
export interface Asker {
  readonly actor: string
  readonly matter: string | null
}

/** A recorded answer of the gate. */
export interface Answer {
  readonly decision: Decision
  readonly id: string
}

/** Asks, and records the decision in the same transaction as what follows from it. */
export function ask(
  act: Act,
  { gate }: { readonly gate: Gate },
  { facts, profile }: Question,
  asker: Asker,
): Answer {
  const decision = gate.decide(facts, profile)
  const id = recordDecision(act, decision, { ...asker, act: facts.act })
  recordNational(act, {
    what: 'decision',
    id,
    act: facts.act,
    ...asker,
    permitted: decision.permitted,
    codes: decision.reasons.map(({ code }) => code),
    policy: decision.policy,
    profile: decision.profile,
  })
  return { decision, id }
}

/** The refusal that a recorded decision gives to the person who asked. */
export function refusalOf({ decision, id }: Answer): Refusal {
  const [first, ...rest] = decision.reasons
  return { refused: true, reasons: [first!, ...rest], decision: id }
}

/** `true`, or the refusal that a decision would be; nothing is recorded, since nothing is attempted. */
export function canOf({ reasons }: Decision): true | Refusal {
  const [first, ...rest] = reasons
  return first === undefined ? true : { refused: true, reasons: [first, ...rest] }
}
