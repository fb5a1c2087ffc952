/** Memory while a large item is sealed and opened, measured in a process of its own. */

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('[SEAL-14] 256 MiB are sealed and opened, twice over, with less than 96 MiB of growth', async () => {
  const script = fileURLToPath(new URL('./testSealMemory.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [script, '256'])
  const report = JSON.parse(stdout)
  expect(report.isWhole).toBe(true)
  expect(report.segments).toBe(256)
  expect(report.rssGrowthMebibytes).toBeLessThan(96)
  expect(report.arrayBuffersGrowthMebibytes).toBeLessThan(96)
}, 300_000)
