/** Lock-out after failed sign-ins: how long, as a table of data (ID-15, ID-16). Pure. */
import type { Instant } from '#node/world.ts'

/** Failures of one claimed name, whether a person has it or not. */
export interface Failures {
  readonly count: number
  readonly lockedUntil: Instant
  readonly lastAt: Instant
}

export interface LockoutRule {
  /** The failure that locks for the first time. */
  readonly failuresMax: number
  readonly firstDelayMs: number
  readonly delayMsMax: number
  /** Failures are forgotten when nothing was tried for so long. */
  readonly forgetAfterMs: number
}

const MINUTE_MS = 60_000

export const LOCKOUT: LockoutRule = {
  failuresMax: 5,
  firstDelayMs: MINUTE_MS,
  delayMsMax: 60 * MINUTE_MS,
  forgetAfterMs: 24 * 60 * MINUTE_MS,
}

export const NO_FAILURES: Failures = { count: 0, lockedUntil: 0, lastAt: 0 }

/** How long the `count`th failure locks: nothing below the fifth, then 1 min, doubled each time up to 1 h. */
export function lockDelayMs(count: number, rule: LockoutRule = LOCKOUT): number {
  if (count < rule.failuresMax) return 0
  return Math.min(rule.firstDelayMs * 2 ** Math.min(count - rule.failuresMax, 30), rule.delayMsMax)
}

/** The failures after one more at `now`. */
export function failed(before: Failures, now: Instant, rule: LockoutRule = LOCKOUT): Failures {
  const isForgotten = now - before.lastAt > rule.forgetAfterMs && now >= before.lockedUntil
  const count = (isForgotten ? 0 : before.count) + 1
  return { count, lockedUntil: now + lockDelayMs(count, rule), lastAt: now }
}

/** Whether a name is locked at `now`; the right password does not open it either. */
export function isLocked(failures: Failures, now: Instant): boolean {
  return now < failures.lockedUntil
}
