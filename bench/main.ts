/**
 * `npm run bench [-- NAME…] [--brief] [--write]`: runs benchmarks, in the same run as what they are compared
 * with, and prints tables. `--brief` measures little, to show that everything works; `--write` writes the
 * tables to bench/results.md.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { openCluster } from './cluster.ts'
import type { Cluster } from './cluster.ts'
import { measureContent } from './content.ts'
import { BRIEF, FULL, measureCrossing } from './crossing.ts'
import { markdownOf } from './figures.ts'
import type { Report } from './figures.ts'
import { measureGate } from './gate.ts'
import { measureLog } from './log.ts'
import { describeMachine } from './machine.ts'
import { measureRegister } from './register.ts'

type Benchmark = (cluster: Cluster, isBrief: boolean) => Promise<Report>

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  gate: async (_cluster, isBrief) => measureGate(isBrief ? 2000 : 20_000),
  crossing: (cluster, isBrief) => measureCrossing(cluster, isBrief ? BRIEF : FULL),
  content: (cluster, isBrief) => measureContent(cluster, isBrief ? 32 * 2 ** 20 : 2 ** 30),
  log: (cluster, isBrief) => measureLog(cluster, isBrief ? 20_000 : 1_000_000),
  register: (cluster, isBrief) => measureRegister(cluster, isBrief ? 20_000 : 1_000_000),
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { brief: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
})
const unknown = positionals.find((name) => !Object.hasOwn(BENCHMARKS, name))
if (unknown !== undefined) {
  process.stderr.write(
    `There is no benchmark ${unknown}. There are: ${Object.keys(BENCHMARKS).join(', ')}.\n`,
  )
  process.exit(1)
}
const names = positionals.length === 0 ? Object.keys(BENCHMARKS) : positionals

const cluster = await openCluster()
// The server is in its own process group and would outlive this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cluster.stop().then(() => process.exit(1)))
}
try {
  const head = [
    '# Benchmarks',
    '',
    ...describeMachine(new Date()),
    `- database: ${cluster.description}`,
    ...(values.brief ? ['- brief: too little was measured for these numbers to mean anything'] : []),
    '',
  ].join('\n')
  const texts = [head]
  process.stdout.write(head)
  for (const name of names) {
    const text = markdownOf(await BENCHMARKS[name]!(cluster, values.brief))
    process.stdout.write(`\n${text}`)
    texts.push(text)
    // Written after every benchmark, so that a later failure loses no results.
    if (values.write) writeFileSync(new URL('results.md', import.meta.url), texts.join('\n'))
  }
} finally {
  await cluster.stop()
}
