/**
 * The clock of a simulated nation: the network's time, put wrong by a constant and running at its own speed.
 */
import type { World } from '#node/world.ts'
import type { Random } from './random.ts'

/** The time of the network itself, in ms; only the simulator knows it. */
export interface Time {
  now(): number
  pass(durationMs: number): void
}

export function createTime(startMs: number): Time {
  let now = startMs
  return {
    now: () => now,
    pass(durationMs) {
      now += durationMs
    },
  }
}

const DAY_MS = 86_400_000
/** A clock that gains or loses at most this part of its time. */
const DRIFT_MAX = 1e-3

/**
 * A world whose clock is up to a day wrong and drifts. Every look at it is a millisecond later than the
 * last.
 */
export function createSkewedWorld(time: Time, random: Random, skewMsMax = DAY_MS): World {
  const startMs = time.now()
  const skewMs = Math.round((random.float() * 2 - 1) * skewMsMax)
  const drift = (random.float() * 2 - 1) * DRIFT_MAX
  let last = 0
  return {
    now() {
      const shown = Math.round(time.now() + skewMs + (time.now() - startMs) * drift)
      last = Math.max(last + 1, shown)
      return last
    },
    random: (sizeBytes) => random.bytes(sizeBytes),
  }
}
