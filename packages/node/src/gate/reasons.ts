/** The refusals that a decision amounts to. Pure. */
import type { Can, GateCode, Refusal } from '#api/refusals.ts'
import type { Answer, Decision, GateReason } from './facts.ts'

/** The refusal of a recorded decision that does not permit. */
export function refusalOf({ decision, id }: Answer): Refusal {
  const [first, ...rest] = decision.reasons
  return { refused: true, reasons: [first!, ...rest], decision: id }
}

/** `true`, or the refusal of a decision that is not recorded, since nothing is attempted. */
export function canOf({ reasons }: Decision): Can {
  const [first, ...rest] = reasons
  return first === undefined ? true : { refused: true, reasons: [first, ...rest] }
}

/** Splits the reasons of a decision: those with a pending code, and those that block. */
export function splitReasons(
  { reasons }: Decision,
  pendingCodes: readonly GateCode[],
): { readonly pending: readonly GateReason[]; readonly blocking: readonly GateReason[] } {
  const isPending = ({ code }: GateReason) => pendingCodes.includes(code)
  return { pending: reasons.filter(isPending), blocking: reasons.filter((reason) => !isPending(reason)) }
}
