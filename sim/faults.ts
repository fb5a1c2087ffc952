/** The faults of one run. Each run draws its own rates, many of them none, so that runs differ in kind. */
import type { Random } from './random.ts'

export interface FaultRates {
  /** Of a message: it is lost on the way. */
  readonly loseRequest: number
  /** It arrives, and the answer is lost. */
  readonly loseAnswer: number
  /** It arrives, and once more later. */
  readonly duplicate: number
  /** Its sender gives up waiting, and it arrives later, perhaps after others. */
  readonly delay: number
  /** A fetch of content breaks off. */
  readonly breakOff: number
  /** Of a tick: that two nations lose each other. */
  readonly partition: number
  /** Of an act: that the process dies before it commits, or after. */
  readonly crashBefore: number
  readonly crashAfter: number
  /** Of a tick: that a bundle is written to media, and that one of those is read in. */
  readonly media: number
  /** Whether a nation is put back to an old backup in this run. */
  readonly restores: boolean
  /** How long a tick is, in ms. */
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

/** No faults at all: how the network behaves when it is to come to rest. */
export function healed(rates: FaultRates): FaultRates {
  const none = { loseRequest: 0, loseAnswer: 0, duplicate: 0, delay: 0, breakOff: 0, partition: 0 }
  return { ...rates, ...none, crashBefore: 0, crashAfter: 0, media: 0, restores: false }
}
