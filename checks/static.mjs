/** The checks that read the code without running it: types, lint, format, dead code. `npm run check` runs these alone. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bootstrap, CACHE, orExplain, ROOT, runCaptured } from '../bootstrap.mjs'

/** What the compiler has found out about files that did not change since. */
const KNOWN_TYPES = ['--incremental', '--tsBuildInfoFile', join(CACHE, 'types.tsbuildinfo')]

const CHECKS = [
  {
    name: 'types',
    script: 'typescript/bin/tsc',
    args: ['--noEmit', '-p', '.', ...KNOWN_TYPES],
    advice: 'Mend the types.',
  },
  {
    name: 'lint',
    script: 'oxlint/bin/oxlint',
    args: ['--type-aware'],
    advice: 'Each rule is explained in .oxlintrc.json or by its link.',
  },
  { name: 'format', script: 'oxfmt/bin/oxfmt', args: ['--check'], advice: 'Run `npm run format`.' },
  {
    name: 'dead code',
    script: 'knip/bin/knip.js',
    args: [],
    advice: 'Delete what nothing uses, or name it as an entry in knip.json.',
  },
]

/** Runs each check on `node` and prints its outcome; gives `{ name, passed, durationMs }` of each. */
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
