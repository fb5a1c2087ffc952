/** A soak reports every failure with the command that repeats it. */
import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { LANES } from './work.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

const round = (name: string) => {
  const work = LANES.flat().find(({ name: known }) => known === name)
  if (work === undefined) throw new Error(`no work called ${name}`)
  return work.round(4711)
}

describe('a round', () => {
  it('runs suites and programs that exist', () => {
    const paths = LANES.flat().flatMap((work) => work.round(1).args.filter((given) => given.endsWith('.ts')))
    expect(paths.length).toBeGreaterThan(3)
    const run = paths.map((path) => (isAbsolute(path) ? path : join(ROOT, path)))
    expect(run.filter((path) => !existsSync(path))).toEqual([])
  })

  it('of the simulator counts its seeds and names those that failed', () => {
    const { covered, repeats, args } = round('simulator')
    const output = `seed 4713 failed: Violation: log\n  trace\n9 seeds passed, 1 failed, 12 s of CPU\n`
    expect(args).toContain('4711')
    expect(covered(output)).toBe(10)
    expect(repeats(output)).toEqual(['npm run sim -- 4713 --trace'])
  })

  it('of injected bugs counts those that were caught', () => {
    const { covered, repeats } = round('injected bugs')
    const output = [
      'no inbox cursor: caught at seed 4711 by exactly once: JP parked entry 2 of US',
      ' FAIL  |slow| sim/injectedBugs.test.ts > catches: ack before commit',
      'AssertionError: ack before commit was not caught',
    ].join('\n')
    expect(covered(output)).toBe(1)
    expect(repeats(output)).toEqual([
      `BUGS_FROM=4711 npm test -- sim/injectedBugs -t 'catches: ack before commit'`,
    ])
  })

  it('of kills counts those of both runs', () => {
    const { covered, repeats, env } = round('kill -9')
    const output = [
      'kill -9: 21 kills, 50 reports, 4 receipts, KILL_SEED=4711',
      'kill -9: 20 kills, 41 reports, 3 receipts, KILL_SEED=4711',
      ' FAIL  |slow| scenario/kill.test.ts > kill -9 of any node > loses nothing, on embedded databases',
    ].join('\n')
    expect(env['KILL_SEED']).toBe('4711')
    expect(covered(output)).toBe(41)
    expect(repeats(output)).toEqual([
      `KILL_SEED=4711 KILL_COUNT=20 npm test -- scenario/kill -t 'loses nothing, on embedded databases'`,
    ])
  })

  it('of properties has every suite with one, and names the suite that failed', () => {
    const { args, covered, repeats } = round('properties')
    expect(args).toContain('packages/wire/src/matter.test.ts')
    expect(covered('')).toBeGreaterThan(30)
    const fail = ' FAIL  |fast| packages/wire/src/matter.test.ts > orders > [MATTER-2] converge'
    expect(repeats(`${fail}\n${fail} again\n`)).toEqual([
      'PROPERTY_SEED=4711 PROPERTY_FACTOR=10 npm test -- packages/wire/src/matter.test.ts',
    ])
  })
})
