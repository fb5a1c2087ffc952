/** What an effect returns is its clean-up: a browser's answer, such as the promise of a scroll, must not become one. */
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** `useEffect(() => something()`, whose value React keeps; one that chooses in brackets returns a clean-up on purpose. */
const RETURNS_A_VALUE = /use(?:Layout)?Effect\(\(\) => [^{(]/

test('no effect returns the value of what it calls', () => {
  const files = globSync('**/*.{ts,tsx}', { cwd: import.meta.dirname }).filter(
    (file) => !file.endsWith('.test.ts'),
  )
  expect(files.length).toBeGreaterThan(100)
  const found = files.filter((file) =>
    RETURNS_A_VALUE.test(readFileSync(`${import.meta.dirname}/${file}`, 'utf8')),
  )
  expect(found).toEqual([])
})
