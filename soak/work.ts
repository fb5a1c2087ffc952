/** The work of a soak. A round is a command that runs with a fresh seed. */
import { fileURLToPath } from 'node:url'
import { projectPaths, textOf } from '../checks/source.ts'

const FROM_ROOT = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))
const VITEST = [FROM_ROOT('node_modules/vitest/vitest.mjs'), 'run', '--testTimeout=3600000']

/** A round that is ready to run. */
export interface Round {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** What it runs, with its seed. */
  readonly about: string
  /** How many units it covered, read from its output. */
  covered(output: string): number
  /** The commands that repeat its failures, read from its output; empty if the output names none. */
  repeats(output: string): readonly string[]
}

export interface Work {
  readonly name: string
  /** What it counts: seeds, kills. */
  readonly unit: string
  round(seed: number): Round
}

const SEEDS_A_ROUND = 10
const KILLS_A_ROUND = 20
/** A round runs each property this many times as often as `npm test` does. */
const PROPERTY_FACTOR = 10

const simulator: Work = {
  name: 'simulator',
  unit: 'seeds',
  round: (seed) => ({
    args: [FROM_ROOT('sim/main.ts'), '--seeds', String(SEEDS_A_ROUND), '--from', String(seed)],
    env: {},
    about: `${SEEDS_A_ROUND} seeds from ${seed}`,
    covered: (output) => sum(output, /^(\d+) seeds passed/gm) + sum(output, /passed, (\d+) failed/g),
    repeats: (output) =>
      [...output.matchAll(/^seed (\d+) failed/gm)].map(([, failed]) => `npm run sim -- ${failed} --trace`),
  }),
}

const injectedBugs: Work = {
  name: 'injected bugs',
  unit: 'bugs caught',
  round: (seed) => ({
    args: [...VITEST, 'sim/injectedBugs.test.ts'],
    env: { BUGS_FROM: String(seed) },
    about: `each bug with seeds from ${seed}`,
    covered: (output) => [...output.matchAll(/: caught at seed \d+/g)].length,
    repeats: (output) =>
      failedTests(output).map(({ name }) => `BUGS_FROM=${seed} npm test -- sim/injectedBugs -t '${name}'`),
  }),
}

const kills: Work = {
  name: 'kill -9',
  unit: 'kills',
  round: (seed) => ({
    args: [...VITEST, 'scenario/kill.test.ts'],
    env: { KILL_SEED: String(seed), KILL_COUNT: String(KILLS_A_ROUND) },
    about: `KILL_SEED ${seed}`,
    covered: (output) => sum(output, /^kill -9: (\d+) kills/gm),
    repeats: (output) =>
      failedTests(output).map(
        ({ name }) => `KILL_SEED=${seed} KILL_COUNT=${KILLS_A_ROUND} npm test -- scenario/kill -t '${name}'`,
      ),
  }),
}

/** The suites with properties, and the number of properties in each. */
function propertySuites(): { readonly paths: readonly string[]; readonly count: number } {
  const suites = projectPaths().filter((path) => /\.test\.tsx?$/.test(path))
  const found = suites.map((path) => ({ path, count: textOf(path).split('fc.assert(').length - 1 }))
  const paths = found.filter(({ count }) => count > 0).map(({ path }) => path)
  return { paths, count: found.reduce((all, { count }) => all + count, 0) }
}

const properties: Work = {
  name: 'properties',
  unit: 'properties',
  round: (seed) => {
    const { paths, count } = propertySuites()
    const set = `PROPERTY_SEED=${seed} PROPERTY_FACTOR=${PROPERTY_FACTOR}`
    return {
      args: [...VITEST, ...paths],
      env: { PROPERTY_SEED: String(seed), PROPERTY_FACTOR: String(PROPERTY_FACTOR) },
      about: `PROPERTY_SEED ${seed}, ${PROPERTY_FACTOR} times the runs`,
      covered: () => count,
      repeats: (output) => [
        ...new Set(failedTests(output).map(({ suite }) => `${set} npm test -- ${suite}`)),
      ],
    }
  },
}

/** The lanes of a soak, which run in parallel. A lane runs its work in turn. */
export const LANES: readonly (readonly Work[])[] = [
  [simulator, simulator, simulator, injectedBugs],
  [kills, properties],
]

function sum(output: string, pattern: RegExp): number {
  return [...output.matchAll(pattern)].reduce((all, [, count]) => all + Number(count), 0)
}

/** The tests that vitest lists as failed: ` FAIL  |slow| sim/injectedBugs.test.ts > catches: …`. */
function failedTests(output: string): { readonly suite: string; readonly name: string }[] {
  return [...output.matchAll(/^ FAIL {2}(?:\|\w+\| )?(\S+) > (?:.* > )?(.+)$/gm)].map(
    ([, suite = '', name = '']) => ({ suite, name: name.replaceAll(`'`, '.') }),
  )
}
