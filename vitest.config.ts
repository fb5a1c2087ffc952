/** Where the suites are. Two workers, because the project promises its times on a machine of two cores. */
import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'
import type { TestSpecification } from 'vitest/node'

/**
 * Suites that `npm run test:fast` leaves out, each with a process of its own: they start many processes or nodes, replace
 * modules, measure memory, or try what takes long.
 */
const SLOW = [
  '{sim,scenario}/**/*.test.ts',
  'checks/checklists/*.test.ts',
  'packages/cli/src/operators.test.ts',
  'packages/node/src/{hostile,matrix}.test.ts',
  'packages/node/src/backup/backup.test.ts',
  'packages/node/src/kernel/cluster/{cluster,trouble}.test.ts',
  'packages/wire/src/seal/memory.test.ts',
]

/** The longest first, so that no core waits for the other at the end. */
const LONGEST = [
  'scenario/browser',
  'scenario/kill',
  'sim/',
  'scenario/',
  'cli/src/operators',
  'kernel/cluster/',
  'node/src/backup/',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = LONGEST.findIndex((part) => moduleId.includes(`/${part}`))
      return place < 0 ? LONGEST.length : place
    }
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other))
  }
}

const timeouts = { testTimeout: 120_000, hookTimeout: 120_000 }
const setupFiles = ['checks/properties.setup.ts']

export default defineConfig({
  test: {
    maxWorkers: 3,
    globalSetup: 'checks/postgres.setup.ts',
    // A test left marked `.only` would switch the others off unseen.
    allowOnly: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { name: 'slow', include: SLOW, setupFiles, ...timeouts } },
      {
        test: {
          name: 'fast',
          include: ['{packages,bench,soak,checks}/**/*.test.{ts,tsx}'],
          exclude: SLOW,
          setupFiles,
          ...timeouts,
          // Most suites only call functions: they share the modules and the databases of their worker.
          isolate: false,
        },
      },
    ],
  },
})
