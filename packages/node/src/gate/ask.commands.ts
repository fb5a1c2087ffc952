/** Asking the gate inside an act, and recording what it answered (GATE-5). */
import type { Refusal } from '#api/refusals.ts'
import type { Profile } from '#node/law/profile.ts'
import type { Decision, GateFacts } from './facts.ts'
import { recordDecision } from './decision.store.ts'
import { recordNational } from '#node/federation/national.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Gate } from './gate.ts'

/** A recorded answer of the gate. */
export interface Answer {
  readonly decision: Decision
  readonly id: string
}

/** Asks, and records the decision in the same transaction as what follows from it. */
export function ask(
  act: Act,
  services: { readonly gate: Gate },
  facts: GateFacts,
  profile: Profile | null,
  about: { readonly actor: string; readonly matter: string | null },
): Answer {
  const decision = services.gate.decide(facts, profile)
  const id = recordDecision(act, decision, { ...about, act: facts.act })
  recordNational(act, {
    what: 'decision',
    id,
    act: facts.act,
    actor: about.actor,
    matter: about.matter,
    permitted: decision.permitted,
    codes: decision.reasons.map((reason) => reason.code),
    policy: decision.policy,
    profile: decision.profile,
  })
  return { decision, id }
}

/** The refusal that a decision gives to the person who asked. */
export function refusalOf(answer: Answer): Refusal {
  const [first, ...rest] = answer.decision.reasons
  return { refused: true, reasons: [first!, ...rest], decision: answer.id }
}
