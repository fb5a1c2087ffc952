/** Finds a PostgreSQL for the database suites, and runs a cluster of its own that lives as long as the tests do. */
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

const DEBIAN_FOLDER = '/usr/lib/postgresql'
const BIND_ATTEMPTS_MAX = 3
const START_TIME_MS_MAX = 60_000
const STOP_TIME_MS_MAX = 20_000

/** The tests never pull the plug, so the cluster need not flush; the server's own recovery is not on trial here. */
const TEST_SETTINGS = ['fsync=off', 'full_page_writes=off']
/** Benchmarks measure what a commit costs: flushed as on a server in use, with room for the tables in memory. */
const DURABLE_SETTINGS = ['fsync=on', 'synchronous_commit=on', 'shared_buffers=512MB', 'max_wal_size=4GB']
const SETTINGS = ['max_connections=200', 'listen_addresses=127.0.0.1']

/**
 * Gives `{ url, socketUrl, name, stop }` for the database suites (the second by the server's own socket), or `{ url: undefined, reason }` when there is none.
 * `TEST_DATABASE_URL` is taken as it stands; otherwise a temporary cluster starts on a free loopback port,
 * which flushes its commits when it is to be `durable`.
 */
export async function providePostgres({ durable = false } = {}) {
  const given = process.env.TEST_DATABASE_URL
  if (given)
    return { url: given, socketUrl: given, name: 'PostgreSQL at TEST_DATABASE_URL', stop: async () => {} }
  const programs = findPrograms()
  if (programs === undefined) return { url: undefined, reason: 'no postgres and initdb on this machine' }
  const user = unprivilegedUser()
  if (user === undefined)
    return { url: undefined, reason: 'PostgreSQL does not run as root, and there is no other user' }
  const folder = mkdtempSync(join(tmpdir(), 'entente-postgres-'))
  try {
    return await startCluster(programs, user, folder, durable ? DURABLE_SETTINGS : TEST_SETTINGS)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    return { url: undefined, reason: error.message }
  }
}

function findPrograms() {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const debian = existsSync(DEBIAN_FOLDER)
    ? readdirSync(DEBIAN_FOLDER)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(DEBIAN_FOLDER, version, 'bin'))
    : []
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...debian].filter((folder) => folder !== '')
  const folder = folders.find((candidate) =>
    ['postgres', 'initdb'].every((name) => existsSync(join(candidate, name + suffix))),
  )
  return folder && { postgres: join(folder, `postgres${suffix}`), initdb: join(folder, `initdb${suffix}`) }
}

/** Who the server runs as: ourselves, or for root a user without rights. `uid` and `gid` as `spawn` takes them. */
function unprivilegedUser() {
  if (process.getuid?.() !== 0) return {}
  const lines = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const found = ['postgres', 'nobody'].map((name) => lines.find((fields) => fields[0] === name)).find(Boolean)
  return found && { uid: Number(found[2]), gid: Number(found[3]) }
}

async function startCluster(programs, user, folder, durability) {
  const password = randomBytes(16).toString('hex')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  for (const path of [folder, passwordFile]) if (user.uid !== undefined) chownSync(path, user.uid, user.gid)
  const cluster = join(folder, 'cluster')
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  const options = ['-D', cluster, '-U', 'entente', '-A', 'scram-sha-256', '--pwfile', passwordFile]
  const created = spawnSync(programs.initdb, [...options, '-E', 'UTF8', '--no-locale', '--no-sync'], {
    cwd: folder,
    env,
    ...user,
    encoding: 'utf8',
  })
  if (created.status !== 0)
    throw new Error(`initdb failed: ${(created.stderr ?? String(created.error)).trim()}`)
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const settings = [
      ...SETTINGS,
      ...durability,
      `unix_socket_directories=${process.platform === 'win32' ? '' : folder}`,
    ]
    const server = spawn(
      programs.postgres,
      ['-D', cluster, '-p', port, ...settings.flatMap((text) => ['-c', text])],
      {
        // A group of its own: Ctrl-C in the terminal is for the tests, which then stop the server in order.
        cwd: folder,
        env,
        ...user,
        stdio: ['ignore', 'ignore', 'pipe'],
        detached: process.platform !== 'win32',
      },
    )
    const words = await untilReady(server)
    if (words === undefined) {
      const url = `postgres://entente:${password}@127.0.0.1:${port}/postgres`
      const version = spawnSync(programs.postgres, ['--version'], { encoding: 'utf8' }).stdout.match(
        /[\d.]+/,
      )?.[0]
      const socketUrl = process.platform === 'win32' ? url : `${url}?host=${folder}&port=${port}`
      return { url, socketUrl, name: `PostgreSQL ${version}`, stop: () => stopCluster(server, folder) }
    }
    if (attempt === BIND_ATTEMPTS_MAX || !words.includes('could not bind'))
      throw new Error(`postgres failed: ${words}`)
  }
}

/** Resolves with undefined once the server takes connections, or with its words when it gives up. */
function untilReady(server) {
  return new Promise((resolve) => {
    let words = ''
    const deadline = setTimeout(() => server.kill('SIGKILL'), START_TIME_MS_MAX)
    const settle = (outcome) => {
      clearTimeout(deadline)
      resolve(outcome)
    }
    server.stderr.on('data', (chunk) => {
      words = (words + chunk).slice(-4000)
      if (words.includes('ready to accept connections')) settle(undefined)
    })
    server.on('error', (error) => settle(error.message))
    server.on('close', () => settle(words.trim() || 'it ended without a word'))
  })
}

/** SIGINT is PostgreSQL's fast shutdown: it ends the sessions and stops. */
async function stopCluster(server, folder) {
  if (server.exitCode === null && server.signalCode === null) {
    const closed = new Promise((resolve) => server.once('close', resolve))
    const deadline = setTimeout(() => server.kill('SIGKILL'), STOP_TIME_MS_MAX)
    server.kill('SIGINT')
    await closed
    clearTimeout(deadline)
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
