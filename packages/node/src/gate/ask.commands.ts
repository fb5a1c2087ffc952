/** Asks the gate inside an act and records its decision (GATE-5). */
import { recordNational } from '#node/federation/national.ts'
import type { Act } from '#node/kernel/command.ts'
import { recordDecision } from './decision.store.ts'
import type { Answer, Question } from './facts.ts'
import type { Gate } from './gate.ts'

/** Who asks, and about which matter. */
export interface Asker {
  /** A person's id, or `node`. */
  readonly actor: string
  /** Null if the question is about no matter. */
  readonly matter: string | null
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
