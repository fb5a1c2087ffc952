/**
 * `npm test`: installs what the tests need, runs the static checks and every suite, and ends with the line `N
 * passed, N failed`. `--fast` leaves out the slow suites of vitest.config.ts, `--changed` those that a change
 * since the last commit cannot affect. `npm test -- FILTER…` runs only the suites whose path contains a
 * filter, without the static checks.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bootstrap, buildConsole, Hindrance, PROCESS_ENVIRONMENT, ROOT, runCaptured } from './bootstrap.mjs'

const WINDOWS = process.platform === 'win32'
const counts = { passed: 0, failed: 0, skipped: 0 }
const notes = []
const cleanups = []

async function main() {
  const { fast, changed, rest } = readArguments(process.argv.slice(2))
  const node = await bootstrap('full')
  // Imported here, because the packages are installed only now.
  const { runStaticChecks } = await import('./checks/static.mjs')
  const { findChromium } = await import('./checks/chromium.mjs')
  notes.push(`Node ${process.execPath === node ? process.versions.node : '26 of the lock file'}`)
  if (rest.length === 0) {
    for (const { name, passed } of await timed('static checks', () => runStaticChecks(node))) {
      if (passed) counts.passed++
      else fail(name)
    }
  }
  const affected = changed ? await affectedSuites(node) : []
  const args = [...(fast ? ['--project', 'fast'] : []), ...affected, ...rest]
  const env = { ...PROCESS_ENVIRONMENT, ...process.env }
  // Logs stay plain text.
  if (process.stdout.isTTY !== true) env.NO_COLOR = '1'
  const visits = affected.length === 0 || affected.some((path) => path.startsWith('scenario/'))
  if (!fast && visits) await provideBrowser(node, findChromium, env)
  await timed('suites', () => runSuites(node, args, env))
}

/** Splits the arguments into our own and those for vitest. */
function readArguments(given) {
  const rest = given.filter((argument) => argument !== '--fast' && argument !== '--changed')
  return { fast: given.includes('--fast'), changed: given.includes('--changed'), rest }
}

/** The suites that the change since the last commit can affect, as filters; an empty list means all. */
async function affectedSuites(node) {
  const run = await runCaptured(node, [join(ROOT, 'checks', 'affected.ts')])
  if (run.code !== 0) throw new Hindrance(`${run.output.trim()}\n\ngit cannot list the changes.`)
  const { changed, suites } = JSON.parse(run.output)
  notes.push(`changed: ${changed.length} files, affecting ${suites?.length ?? 'all'} suites`)
  return suites ?? []
}

/** What the browser tests need: the built console, and a browser. */
async function provideBrowser(node, findChromium, env) {
  await tryConsole(node)
  const chromium = await findChromium(node)
  notes.push(
    chromium === undefined ? 'browser: no Chromium found (set CHROMIUM_PATH)' : `browser: ${chromium}`,
  )
  if (chromium !== undefined) env.CHROMIUM_PATH = chromium
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

/** Runs vitest. People read its default report; the counts come from its JSON report. */
async function runSuites(node, args, env) {
  const folder = mkdtempSync(join(tmpdir(), 'entente-test-'))
  cleanups.push(async () => rmSync(folder, { recursive: true, force: true }))
  const report = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs')
  const code = await new Promise((resolve, reject) => {
    const child = spawn(node, [vitest, 'run', ...reporters, ...args], {
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

/** Ends vitest and its workers. A worker in a busy loop would otherwise outlive it. */
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
    return fail('vitest exited without a report')
  }
  counts.passed += report.numPassedTests
  counts.failed += report.numFailedTests
  counts.skipped += report.numPendingTests + report.numTodoTests
  // A file that fails outside its tests, such as on import, has no failed test to count.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  counts.failed += broken.length
  if (report.numTotalTests === 0 && broken.length === 0) fail('no test ran')
  if (code !== 0 && counts.failed === failedBefore)
    fail(`vitest exited with code ${code} although no test failed`)
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

/** Stops what was started, in reverse order. */
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
