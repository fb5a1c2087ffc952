/** The suite over one half of the seeds. */
import { describe, expect, it } from 'vitest'
import { missingKinds, report } from './report.ts'
import { seedsOf } from './seeds.ts'
import { simulate } from './simulate.ts'
import type { Outcome } from './simulate.ts'

const RUN_MS_MAX = 120_000
/** How many seeds run twice, to check that a seed determines its history. */
const REPEATED_COUNT = 1

/** Runs one half of the fixed seeds. */
export function describeSeeds(half: 0 | 1): void {
  describe('the network from a seed', () => {
    const outcomes: Outcome[] = []
    const seeds = seedsOf(half)

    it.each(seeds)('seed %i', { timeout: RUN_MS_MAX }, async (seed) => {
      const outcome = await simulate(seed)
      outcomes.push(outcome)
      if (outcome.failure !== null) expect.fail(report(outcome))
    })

    it.each(seeds.slice(0, REPEATED_COUNT))(
      'seed %i has the same history in a second run',
      { timeout: RUN_MS_MAX },
      async (seed) => {
        const before = outcomes.find((outcome) => outcome.seed === seed)
        const again = await simulate(seed)
        expect(again.trace.lines).toEqual(before?.trace.lines)
        expect(again.trace.hash()).toBe(before?.trace.hash())
      },
    )

    it('had every kind of fault, command and refusal', () => {
      expect(missingKinds(outcomes)).toEqual([])
    })
  })
}
