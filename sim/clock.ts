/** The clock of a simulated nation: the network's time with a constant skew and a drift. */
import type { World } from '#node/world.ts'
import type { Random } from './random.ts'

/** The true time of the network, in ms. Only the simulator knows it. */
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
/** The largest fraction of its time that a clock gains or loses. */
const DRIFT_MAX = 1e-3

/**
 * A world whose clock is skewed by up to a day and drifts. Every reading is at least a millisecond after the
 * previous one.
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
