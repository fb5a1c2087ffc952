/**
 * What is said of runs: how one failed and how to see it again, and which kinds of event a set of runs never
 * had.
 */
import { execFileSync } from 'node:child_process'
import type { Outcome } from './simulate.ts'
import { COMMANDS } from './workload.ts'

const LINES_SHOWN = 40

/** Seed, commit, the end of the trace, and how to run it again. */
export function report({ seed, failure, trace }: Outcome): string {
  return [
    `seed ${seed} failed: ${failure?.error.stack ?? 'nothing'}`,
    `commit ${commit()}, trace ${trace.hash()}`,
    ...trace.lines.slice(-LINES_SHOWN).map((line) => `  ${line.slice(0, 300)}`),
    `run it again: npm run sim -- ${seed} --trace`,
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

/** Refusals that a workload worth its name runs into. */
const TOLD = [
  'digest_differs',
  'author_cannot_approve',
  'not_authorised',
  'no_equivalent_marking',
  'category_not_permitted',
  'purpose_not_permitted',
  'recipient_not_competent',
  'third_party_release',
  'need_to_know_missing',
  'clearance_missing',
  'wrong_state',
  'already_done',
]

/** Kinds of fault, command and refusal that never happened in these runs: what they prove nothing about. */
export function missingKinds(outcomes: readonly Outcome[]): string[] {
  const wanted = [
    ...FAULTS.map((name) => `fault ${name}`),
    ...Object.keys(COMMANDS).map((name) => `command ${name} done`),
    ...TOLD.map((code) => `told ${code}`),
  ]
  return wanted.filter((name) => !outcomes.some(({ trace }) => trace.counts.has(name)))
}
