/** The static checks: types, lint, format, dead code. `npm run check` runs these alone. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bootstrap, CACHE, orExplain, ROOT, runCaptured } from '../bootstrap.mjs'

/** The compiler's cache for unchanged files. */
const KNOWN_TYPES = ['--incremental', '--tsBuildInfoFile', join(CACHE, 'types.tsbuildinfo')]

const CHECKS = [
  {
    name: 'types',
    script: 'typescript/bin/tsc',
    args: ['--noEmit', '-p', '.', ...KNOWN_TYPES],
    advice: 'Fix the types.',
  },
  {
    name: 'lint',
    script: 'oxlint/bin/oxlint',
    args: ['--type-aware'],
    advice: 'See .oxlintrc.json, or the link of the rule, for the reason.',
  },
  { name: 'format', script: 'oxfmt/bin/oxfmt', args: ['--check'], advice: 'Run `npm run format`.' },
  {
    name: 'dead code',
    script: 'knip/bin/knip.js',
    args: [],
    advice: 'Delete unused code, or add it to the entries in knip.json.',
  },
]

/**
 * Runs the checks on `node` and prints their results. Returns `{ name, passed, durationMs }` of each check.
 */
export async function runStaticChecks(node) {
  const results = []
  for (const { name, script, args, advice } of CHECKS) {
    const startedAt = Date.now()
    const run = await runCaptured(node, [join(ROOT, 'node_modules', script), ...args])
    const result = { name, passed: run.code === 0, durationMs: Date.now() - startedAt }
    if (!result.passed) console.log(`${run.output.trimEnd()}\n${advice}`)
    console.log(`${result.passed ? '✓' : '✗'} ${name} (${(result.durationMs / 1000).toFixed(1)} s)`)
    results.push(result)
  }
  return results
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await orExplain(async () => {
    const results = await runStaticChecks(await bootstrap('full'))
    if (results.some((result) => !result.passed)) process.exitCode = 1
  })
}
