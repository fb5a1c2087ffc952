/** Reports on runs: how one failed and how to replay it, and which kinds of event never happened. */
import { execFileSync } from 'node:child_process'
import { PILLARS } from './pillars.ts'
import type { Outcome } from './simulate.ts'
import { COMMANDS } from './workload.ts'

const LINES_SHOWN = 40

/** Seed, commit, the end of the trace, and how to replay it. */
export function report({ seed, failure, trace }: Outcome): string {
  return [
    `seed ${seed} failed: ${failure?.error.stack ?? 'nothing'}`,
    `commit ${commit()}, trace ${trace.hash()}`,
    ...trace.lines.slice(-LINES_SHOWN).map((line) => `  ${line.slice(0, 300)}`),
    `replay it: npm run sim -- ${seed} --trace`,
    '',
  ].join('\n')
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim()
  } catch {
    return 'unknown'
  }
}

const FAULTS = [
  'lose request',
  'lose answer',
  'delay',
  'duplicate',
  'break off',
  'partition',
  'crash before_commit',
  'crash after_commit',
  'restore',
  'media',
  'media twice',
]

/**
 * The kinds of fault, command and refusal that never happened in these runs, which therefore do not test
 * them.
 */
export function missingKinds(outcomes: readonly Outcome[]): string[] {
  const wanted = [
    ...FAULTS.map((name) => `fault ${name}`),
    ...Object.keys(COMMANDS).map((name) => `command ${name} done`),
    ...PILLARS.flatMap(({ refusals }) => refusals ?? []).map((code) => `outcome ${code}`),
  ]
  return wanted.filter((name) => !outcomes.some(({ trace }) => trace.counts.has(name)))
}
