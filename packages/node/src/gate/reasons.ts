/** Reasons that only wait, apart from those that refuse. Pure. */
import type { GateCode } from '#api/refusals.ts'
import type { Decision, GateReason } from './facts.ts'

/** Parts the reasons of a decision into what only waits, by its codes, and what refuses. */
export function partReasons(
  { reasons }: Decision,
  waiting: readonly GateCode[],
): { readonly pending: readonly GateReason[]; readonly blocking: readonly GateReason[] } {
  const waits = ({ code }: GateReason) => waiting.includes(code)
  return { pending: reasons.filter(waits), blocking: reasons.filter((reason) => !waits(reason)) }
}
