/**
 * `npm run sim -- --seeds N [--from S] [--trace] [--ticks N] [SEED …]`: runs seeds of the simulator. For each
 * failed seed, prints the end of its trace and how to replay it.
 */
import { parseArgs } from 'node:util'
import setUp from '../checks/postgres.setup.ts'
import { report, missingKinds } from './report.ts'
import { simulate } from './simulate.ts'
import type { Outcome, SimulateOptions } from './simulate.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    ticks: { type: 'string' },
    trace: { type: 'boolean', default: false },
  },
})

const from = Number(values.from)
const seeds =
  positionals.length > 0
    ? positionals.map(Number)
    : Array.from({ length: Number(values.seeds) }, (_, index) => from + index)
if (seeds.some((seed) => !Number.isSafeInteger(seed))) throw new Error('a seed is a whole number')

const options: SimulateOptions = {
  ...(values.trace ? { print: (line: string) => process.stdout.write(`${line}\n`) } : {}),
  ...(values.ticks === undefined ? {} : { ticks: Number(values.ticks) }),
}

const stopServer = await setUp()
const outcomes: Outcome[] = []
for (const seed of seeds) {
  const outcome = await simulate(seed, options)
  outcomes.push(outcome)
  if (outcome.failure !== null) process.stdout.write(report(outcome))
  else if (positionals.length > 0)
    process.stdout.write(`seed ${seed} passed, trace ${outcome.trace.hash()}\n`)
}
const failed = outcomes.filter(({ failure }) => failure !== null).map(({ seed }) => seed)
const missing = seeds.length >= 100 ? missingKinds(outcomes) : []
for (const kind of missing) process.stdout.write(`never happened in ${seeds.length} seeds: ${kind}\n`)
const cpuS = (process.cpuUsage().user + process.cpuUsage().system) / 1e6
process.stdout.write(
  `${outcomes.length - failed.length} seeds passed, ${failed.length} failed, ${cpuS.toFixed(0)} s of CPU\n`,
)
await stopServer()
process.exit(failed.length + missing.length === 0 ? 0 : 1)
