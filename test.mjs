/**
 * `npm test`: brings what the tests need, runs the static checks and every suite, and closes with the line
 * `N passed, N failed`. `npm test -- FILTER…` runs only the suites whose path contains a filter.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bootstrap, buildConsole, Hindrance, PROCESS_ENVIRONMENT, ROOT } from './bootstrap.mjs'

const WINDOWS = process.platform === 'win32'
const counts = { passed: 0, failed: 0, skipped: 0 }
const notes = []
const cleanups = []

async function main() {
  const filters = process.argv.slice(2)
  const node = await bootstrap('full')
  // What the steps below need from packages can be loaded only now that they are installed.
  const { runStaticChecks } = await import('./checks/static.mjs')
  const { findChromium } = await import('./checks/chromium.mjs')
  notes.push(`Node ${process.execPath === node ? process.versions.node : '26 of the lock file'}`)
  if (filters.length === 0) {
    for (const { name, passed } of await timed('static checks', () => runStaticChecks(node))) {
      if (passed) counts.passed++
      else fail(name)
    }
  }
  await tryConsole(node)
  const chromium = await findChromium(node)
  notes.push(
    chromium === undefined ? 'browser: no Chromium found (set CHROMIUM_PATH)' : `browser: ${chromium}`,
  )
  const env = { ...PROCESS_ENVIRONMENT, ...process.env }
  // A log is read as text.
  if (process.stdout.isTTY !== true) env.NO_COLOR = '1'
  if (chromium !== undefined) env.CHROMIUM_PATH = chromium
  await timed('suites', () => runSuites(node, filters, env))
}

async function tryConsole(node) {
  try {
    await timed('console build', () => buildConsole(node))
  } catch (error) {
    if (!(error instanceof Hindrance)) throw error
    console.log(error.message)
    fail('console build')
  }
}

/** Runs vitest; a person reads its default report, the counts come from its JSON report. */
async function runSuites(node, filters, env) {
  const folder = mkdtempSync(join(tmpdir(), 'entente-test-'))
  cleanups.push(async () => rmSync(folder, { recursive: true, force: true }))
  const report = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs')
  const code = await new Promise((resolve, reject) => {
    const child = spawn(node, [vitest, 'run', ...reporters, ...filters], {
      cwd: ROOT,
      env,
      stdio: 'inherit',
      detached: !WINDOWS,
    })
    cleanups.push(async () => killGroup(child))
    child.on('error', reject)
    child.on('close', resolve)
  })
  countReport(report, code)
}

/** Ends vitest with its workers, which a busy loop in a test would otherwise keep alive after it. */
function killGroup(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  if (WINDOWS) child.kill()
  else process.kill(-child.pid, 'SIGKILL')
}

function countReport(path, code) {
  const failedBefore = counts.failed
  let report
  try {
    report = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return fail('vitest ended without a report')
  }
  counts.passed += report.numPassedTests
  counts.failed += report.numFailedTests
  counts.skipped += report.numPendingTests + report.numTodoTests
  // A file that fails outside its tests, such as on import, has no failed test to be counted.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  counts.failed += broken.length
  if (report.numTotalTests === 0 && broken.length === 0) fail('no test ran')
  if (code !== 0 && counts.failed === failedBefore)
    fail(`vitest ended with code ${code} though no test failed`)
}

function fail(reason) {
  counts.failed++
  notes.push(`failure: ${reason}`)
}

async function timed(name, step) {
  const startedAt = Date.now()
  try {
    return await step()
  } finally {
    const seconds = (Date.now() - startedAt) / 1000
    if (seconds >= 0.5) notes.push(`${name}: ${seconds.toFixed(1)} s`)
  }
}

/** Undoes what was started, last first. */
async function cleanUp() {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => void cleanUp().finally(() => process.exit(130)))
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Hindrance ? `\n${error.message}` : error)
  fail('the run ended early')
}
await cleanUp()
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
const summary = notes.map((note) => `  ${note}\n`).join('')
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1
process.stdout.write(`\n${summary}\n${counts.passed} passed, ${counts.failed} failed${skipped}\n`)
