/**
 * The fixed seeds of the tests: those that once failed, and a range of others, in two halves for two cores.
 * `npm run soak` uses fresh ones.
 */
import { readFileSync } from 'node:fs'

const ROW_COUNT = 14
/** Seeds with rare events: a bundle that breaks off, media that are read twice, content of a third nation. */
const RARE = [27, 45, 78]

/** The seeds in `seeds.txt`: a number, a space, one sentence. */
function namedSeeds(): number[] {
  const text = readFileSync(new URL('seeds.txt', import.meta.url), 'utf8')
  return text.split('\n').flatMap((line) => (/^\d+ /.test(line) ? [Number.parseInt(line, 10)] : []))
}

/** The seeds of one half, 0 or 1. */
export function seedsOf(half: 0 | 1): number[] {
  const row = Array.from({ length: ROW_COUNT }, (_, index) => index + 1)
  return [...new Set([...namedSeeds(), ...row, ...RARE])].filter((seed) => seed % 2 === half)
}
