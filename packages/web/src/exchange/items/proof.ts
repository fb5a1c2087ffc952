/** The outcome of the proof of a custody step, as checked for this view (EXC-70). Pure. */
import type { CustodyStep } from '#api/exchange/shapes.ts'

/**
 * `held`: every check held. `pending`: the log is sound and its newest checkpoint does not reach the entry
 * yet. `own`: the nation's own record, in no shared log. `broken`: a check failed.
 */
export type ProofState = 'held' | 'pending' | 'own' | 'broken'

/**
 * The steps that a nation records for itself and says to nobody. The sender's `received` is not one of them:
 * the partner's cosignature over the log with the offer proves it, so it has the proof of that entry.
 */
const OWN_STEPS: readonly CustodyStep['step'][] = ['received', 'attempted']
/** The check that fails only because it is too early. */
const EARLY = 'not_yet_covered'

export function proofState(step: Pick<CustodyStep, 'step' | 'proof'>): ProofState {
  const { proof } = step
  if (proof === null) return OWN_STEPS.includes(step.step) ? 'own' : 'pending'
  const failed = proof.checks.filter((check) => !check.held)
  if (failed.some((check) => check.check !== EARLY)) return 'broken'
  // A proof without checks is broken.
  return failed.length > 0 || proof.checks.length === 0 ? 'pending' : 'held'
}

/** How many proofs of a custody are broken; an entry with several steps counts once. */
export function countBroken(custody: readonly CustodyStep[]): number {
  const broken = custody.filter((step) => proofState(step) === 'broken')
  return new Set(broken.map((step) => `${step.proof?.log}/${step.proof?.index}`)).size
}
