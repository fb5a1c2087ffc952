/**
 * React calls the value that an effect returns as its clean-up, so an effect must not return the value of a
 * browser call, such as the promise of a scroll.
 */
import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'

const FOLDER = dirname(import.meta.dirname)

/** `useEffect(() => something()`. A conditional in parentheses returns a clean-up on purpose. */
const RETURNS_A_VALUE = /use(?:Layout)?Effect\(\(\) => [^{(]/

test('no effect returns the value of a call', () => {
  const files = globSync('**/*.{ts,tsx}', { cwd: FOLDER }).filter((file) => !file.endsWith('.test.ts'))
  expect(files.length).toBeGreaterThan(100)
  const found = files.filter((file) => RETURNS_A_VALUE.test(readFileSync(`${FOLDER}/${file}`, 'utf8')))
  expect(found).toEqual([])
})
