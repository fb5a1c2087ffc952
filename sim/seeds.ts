/**
 * The fixed seeds of the tests: those that once failed, and the first hundred, in two halves for two cores.
 */
import { readFileSync } from 'node:fs'

const FIRST_COUNT = 100

/** The seeds in `seeds.txt`: a number, a space, one sentence. */
function namedSeeds(): number[] {
  const text = readFileSync(new URL('seeds.txt', import.meta.url), 'utf8')
  return text.split('\n').flatMap((line) => (/^\d+ /.test(line) ? [Number.parseInt(line, 10)] : []))
}

/** The seeds of one half, 0 or 1. */
export function seedsOf(half: 0 | 1): number[] {
  const first = Array.from({ length: FIRST_COUNT }, (_, index) => index + 1)
  return [...new Set([...namedSeeds(), ...first])].filter((seed) => seed % 2 === half)
}
