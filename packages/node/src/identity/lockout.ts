/** Lock-out after failed sign-ins (ID-15, ID-16). Pure. */
import type { Instant } from '#node/world.ts'

/** The failures of a claimed name, whether or not a person has it. */
export interface Failures {
  readonly count: number
  readonly lockedUntil: Instant
  readonly lastAt: Instant
}

export interface LockoutRule {
  /** The number of failures that locks a name for the first time. */
  readonly failuresMax: number
  readonly firstDelayMs: number
  readonly delayMsMax: number
  /** Failures expire after this time without an attempt. */
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

/**
 * How long the `count`th failure locks a name: the first delay from `failuresMax` on, doubled each time up to the
 * maximum.
 */
export function lockDelayMs(count: number, rule: LockoutRule = LOCKOUT): number {
  if (count < rule.failuresMax) return 0
  return Math.min(rule.firstDelayMs * 2 ** Math.min(count - rule.failuresMax, 30), rule.delayMsMax)
}

/** Adds a failure at `now`. */
export function failed(before: Failures, now: Instant, rule: LockoutRule = LOCKOUT): Failures {
  const isExpired = now - before.lastAt > rule.forgetAfterMs && now >= before.lockedUntil
  const count = (isExpired ? 0 : before.count) + 1
  return { count, lockedUntil: now + lockDelayMs(count, rule), lastAt: now }
}

/** Whether a name is locked at `now`, even for the right password. */
export function isLocked(failures: Failures, now: Instant): boolean {
  return now < failures.lockedUntil
}
