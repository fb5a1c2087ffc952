/** Pending reasons and blocking reasons. Pure. */
import type { GateCode } from '#api/refusals.ts'
import type { Decision, GateReason } from './facts.ts'

/** Splits the reasons of a decision: those with a pending code, and those that block. */
export function splitReasons(
  { reasons }: Decision,
  pendingCodes: readonly GateCode[],
): { readonly pending: readonly GateReason[]; readonly blocking: readonly GateReason[] } {
  const isPending = ({ code }: GateReason) => pendingCodes.includes(code)
  return { pending: reasons.filter(isPending), blocking: reasons.filter((reason) => !isPending(reason)) }
}
