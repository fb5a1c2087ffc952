/** Where the suites are. Two workers, because the project promises its times on a machine of two cores. */
import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'
import type { TestSpecification } from 'vitest/node'

/** Suites with a process of their own: they measure memory, replace modules, or start many nodes. */
const ALONE = ['{sim,scenario}/**/*.test.ts', 'packages/wire/src/seal/memory.test.ts']

/** The longest first, so that no core waits for the other at the end. */
const LONGEST = ['scenario/kill', 'scenario/browser', 'sim/', 'scenario/']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = LONGEST.findIndex((part) => moduleId.includes(`/${part}`))
      return place < 0 ? LONGEST.length : place
    }
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other))
  }
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    globalSetup: 'checks/postgres.setup.ts',
    // A test left marked `.only` would switch the others off unseen.
    allowOnly: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'alone',
          include: ALONE,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'together',
          include: ['{packages,bench,checks}/**/*.test.{ts,tsx}'],
          exclude: ALONE,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Most suites only call functions: they share the modules and the databases of their worker.
          isolate: false,
        },
      },
    ],
  },
})
