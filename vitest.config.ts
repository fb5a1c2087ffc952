/** The test projects. Two workers, because the documented run times are for a machine with two cores. */
import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'
import type { TestSpecification } from 'vitest/node'

/** Replaces modules, so it runs in its own process. */
const REPLACES_MODULES = ['sim/injectedBugs.test.ts']

/** Suites that `npm run test:fast` leaves out: they start many processes or nodes, or take long. */
const SLOW = [
  '{sim,scenario}/**/*.test.ts',
  'checks/checklists/*.test.ts',
  'packages/cli/src/operators.test.ts',
  'packages/node/src/{hostile,matrix}.test.ts',
  'packages/node/src/backup/backup.test.ts',
  'packages/node/src/kernel/cluster/{cluster,trouble}.test.ts',
  'packages/wire/src/seal/memory.test.ts',
]

/** The longest suites first, so that both cores finish at about the same time. */
const LONGEST = [
  'scenario/browser',
  'scenario/kill',
  'sim/',
  'scenario/',
  'cli/src/operators',
  'kernel/cluster/',
  'node/src/backup/',
  'checks/checklists/',
  'node/src/matrix',
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

const common = { testTimeout: 120_000, hookTimeout: 120_000, setupFiles: ['checks/properties.setup.ts'] }
/** Suites that share modules and databases within a worker. */
const shared = { ...common, isolate: false }

export default defineConfig({
  test: {
    maxWorkers: 2,
    globalSetup: 'checks/postgres.setup.ts',
    // A forgotten `.only` would silently skip the other tests.
    allowOnly: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { name: 'replaced', include: REPLACES_MODULES, ...common } },
      { test: { name: 'slow', include: SLOW, exclude: REPLACES_MODULES, ...shared } },
      {
        test: {
          name: 'fast',
          include: ['{packages,bench,soak,checks}/**/*.test.{ts,tsx}'],
          exclude: SLOW,
          ...shared,
        },
      },
    ],
  },
})
