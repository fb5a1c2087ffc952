/** Replays a recorded decision from what was stored and compares the answers. Rule GATE-11. */
import { hashOf, parseProfile } from '#node/law/profile.ts'
import type { TermKind } from '#node/law/termKind.ts'
import type { Decision, GateFacts } from './facts.ts'
import { createGate } from './gate.ts'
import type { Gate } from './gate.ts'
import { hashPolicies } from './policy.ts'
import type { PolicyTexts } from './policy.ts'

/** A decision as stored, with everything that it rests on. */
export interface StoredDecision {
  readonly permitted: boolean
  readonly reasons: Decision['reasons']
  readonly because: Decision['because']
  readonly inputs: string
  readonly inputHash: string
  readonly policy: PolicyTexts
  readonly policyHash: string
  readonly profileText: string | null
  readonly profileHash: string | null
}

export interface Replay {
  /** Every stored text has its hash, and the replay gives the same answer, reasons and articles. */
  readonly same: boolean
  /** The stored texts that do not have their hash, and `answer` if the replay differs. */
  readonly differs: readonly ('inputs' | 'policy' | 'profile' | 'answer')[]
  /** The decision of the replay; null if the stored texts cannot be parsed. */
  readonly decision: Decision | null
}

/** Gates by the hash of their policies, each parsed once. A node sees few versions. */
const gates = new Map<string, Gate>()

/** Replays a decision with the stored policies, profile and inputs. */
export function replay(stored: StoredDecision, kinds: readonly TermKind[]): Replay {
  const differs: Replay['differs'][number][] = []
  if (hashOf(stored.inputs) !== stored.inputHash) differs.push('inputs')
  if (hashPolicies(stored.policy) !== stored.policyHash) differs.push('policy')
  const profileHash = stored.profileText === null ? null : hashOf(stored.profileText)
  if (profileHash !== stored.profileHash) differs.push('profile')
  const decision = decideAgain(stored, kinds)
  if (decision === null || answerOf(decision) !== answerOf(stored)) differs.push('answer')
  return { same: differs.length === 0, differs, decision }
}

function decideAgain(stored: StoredDecision, kinds: readonly TermKind[]): Decision | null {
  try {
    const profile = stored.profileText === null ? null : parseProfile(stored.profileText)
    return gateOf(stored.policy, kinds).decide(JSON.parse(stored.inputs) as GateFacts, profile)
  } catch {
    return null
  }
}

function gateOf(texts: PolicyTexts, kinds: readonly TermKind[]): Gate {
  const hash = hashPolicies(texts)
  const gate = gates.get(hash) ?? createGate(texts, { kinds })
  gates.set(hash, gate)
  return gate
}

function answerOf(answer: Pick<Decision, 'permitted' | 'reasons' | 'because'>): string {
  const plain = (list: Decision['because']) => list.map(({ instrument, article }) => [instrument, article])
  const reasons = answer.reasons.map(({ code, because }) => [code, plain(because)])
  return JSON.stringify([answer.permitted, reasons, plain(answer.because)])
}
