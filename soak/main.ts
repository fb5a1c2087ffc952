/**
 * `npm run soak -- --minutes N`: runs the simulator, injected bugs, kills and properties with fresh seeds for
 * N minutes. Prints what it covered and, for each failure, the command that repeats it.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { LANES } from './work.ts'
import type { Work } from './work.ts'

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } })
const minutes = Number(values.minutes)
if (!(minutes > 0)) throw new Error('--minutes takes a number above 0')

interface Covered {
  rounds: number
  count: number
  readonly seeds: number[]
}

const OUTPUT_LINES_SHOWN = 60
const beganAt = Date.now()
const endsAt = beganAt + minutes * 60_000
const covered = new Map<Work, Covered>()
const repeats: string[] = []
const children = new Set<ChildProcess>()
let isStopping = false

const print = (text: string): void => void process.stdout.write(`${text}\n`)

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    isStopping = true
    for (const child of children) child.kill('SIGTERM')
  })
}

await Promise.all(LANES.map(soak))
summarise()
process.exit(repeats.length === 0 ? 0 : 1)

/** Runs the lane's work in turn. A round in progress at the deadline finishes. */
async function soak(lane: readonly Work[]): Promise<void> {
  for (let turn = 0; !isStopping && Date.now() < endsAt; turn += 1) await runRound(lane[turn % lane.length]!)
}

async function runRound(work: Work): Promise<void> {
  const seed = randomInt(1, 2 ** 31)
  const round = work.round(seed)
  const { code, output } = await run(round.args, round.env)
  if (isStopping) return
  const sofar = covered.get(work) ?? { rounds: 0, count: 0, seeds: [] }
  covered.set(work, sofar)
  sofar.rounds += 1
  sofar.count += round.covered(output)
  sofar.seeds.push(seed)
  const minute = ((Date.now() - beganAt) / 60_000).toFixed(1)
  print(`${minute.padStart(6)} min  ${work.name}: ${round.about}: ${code === 0 ? 'passed' : 'FAILED'}`)
  if (code === 0) return
  print(output.trimEnd().split('\n').slice(-OUTPUT_LINES_SHOWN).join('\n'))
  const named = round.repeats(output)
  const whole = [
    ...Object.entries(round.env).map(([name, value]) => `${name}=${value}`),
    'node',
    'run.mjs',
    ...round.args,
  ]
  repeats.push(...(named.length > 0 ? named : [whole.join(' ')]))
}

function run(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.add(child)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
    child.on('error', reject)
    child.on('close', (code) => {
      children.delete(child)
      resolve({ code, output })
    })
  })
}

function summarise(): void {
  print(`\nCovered in ${((Date.now() - beganAt) / 60_000).toFixed(1)} minutes:`)
  for (const [{ name, unit }, { rounds, count, seeds }] of covered) {
    print(`  ${name}: ${count} ${unit} in ${rounds} rounds, with seeds ${seeds.join(' ')}`)
  }
  if (repeats.length === 0) return print('Nothing failed.')
  print('\nFailed; to repeat:')
  for (const command of repeats) print(`  ${command}`)
  print('\nMake each a fixed seed or example with a sentence: see CONTRIBUTING.md.')
}
