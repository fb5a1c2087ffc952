/** The faults of one run. Each run draws its own rates, many of them zero, so that runs vary in kind. */
import type { Random } from './random.ts'

/** Rates are probabilities, per message unless noted. */
export interface FaultRates {
  /** The request is lost. */
  readonly loseRequest: number
  /** The request arrives and the answer is lost. */
  readonly loseAnswer: number
  /** The request arrives twice, the second time later. */
  readonly duplicate: number
  /** The request times out and arrives later, perhaps after others. */
  readonly delay: number
  /** Per fetch: the content breaks off. */
  readonly breakOff: number
  /** Per tick: two nations are partitioned. */
  readonly partition: number
  /** Per act: the process crashes before the commit, or after it. */
  readonly crashBefore: number
  readonly crashAfter: number
  /** Per tick: a bundle is written to media; likewise, one is imported. */
  readonly media: number
  /** Whether a nation is restored from an old backup in this run. */
  readonly restores: boolean
  /** The mean length of a tick, in ms. */
  readonly tickMs: number
}

const MINUTE_MS = 60_000

export function drawFaults(random: Random): FaultRates {
  const rate = (max: number): number => (random.chance(0.4) ? 0 : random.float() * max)
  return {
    loseRequest: rate(0.3),
    loseAnswer: rate(0.3),
    duplicate: rate(0.3),
    delay: rate(0.3),
    breakOff: rate(0.5),
    partition: rate(0.08),
    crashBefore: rate(0.05),
    crashAfter: rate(0.05),
    media: rate(0.15),
    restores: random.chance(0.15),
    tickMs: random.pick([1_000, 20_000, 5 * MINUTE_MS, 60 * MINUTE_MS, 6 * 60 * MINUTE_MS]),
  }
}

/** The same run without faults, for the liveness phase. */
export function healed(rates: FaultRates): FaultRates {
  const none = { loseRequest: 0, loseAnswer: 0, duplicate: 0, delay: 0, breakOff: 0, partition: 0 }
  return { ...rates, ...none, crashBefore: 0, crashAfter: 0, media: 0, restores: false }
}
