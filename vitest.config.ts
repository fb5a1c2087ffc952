/** Where the suites are. Two workers, because the project promises its times on a machine of two cores. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{packages,sim,scenario,bench,checks}/**/*.test.{ts,tsx}'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // A test left marked `.only` would switch the others off unseen.
    allowOnly: false,
  },
})
