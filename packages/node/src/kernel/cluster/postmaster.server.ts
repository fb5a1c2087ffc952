/**
 * One run of the embedded server. A watcher process reads from a pipe whose only writer is this process: when
 * this process ends for any reason, the watcher sees the end of the pipe and stops the server.
 */
import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { Account } from './account.server.ts'
import type { Programs } from './programs.server.ts'
import { argumentsOf } from './settings.ts'
import type { Listening } from './settings.ts'

const WINDOWS = process.platform === 'win32'

/** Limit for a start; after it the server is killed. */
const START_MS_MAX = 120_000
/** Limit for a clean stop; after it the server is forced to stop. */
const STOP_MS_MAX = 30_000
/** Length of the kept tail of the output, in characters. */
const OUTPUT_LENGTH_MAX = 4000

/** What is needed to start a server. */
export interface Launch {
  readonly programs: Programs
  readonly account: Account
  /** PostgreSQL's data directory, accessible only to the account. */
  readonly dataFolder: string
  readonly listening: Listening
  readonly settings: Readonly<Record<string, string>>
}

/** A server that accepts connections. */
export interface Postmaster {
  /** Resolves with the tail of the output when the server has ended for any reason. */
  readonly ended: Promise<string>
  /** Fast shutdown: ends the sessions and writes a checkpoint. Resolves when the server has ended. */
  stop(): Promise<void>
  /** Immediate shutdown: the next start recovers committed data. Resolves with the tail of the output. */
  abandon(): Promise<string>
}

/** Thrown if a server ends before it accepts connections. The message is the tail of its output. */
export class NotStarted extends Error {}

/** Environment of the server's programs: nothing inherited, and messages in English. */
export const SERVER_ENVIRONMENT = WINDOWS ? {} : { env: { LC_ALL: 'C', TZ: 'UTC' } }

/** Starts the server. @throws NotStarted */
export async function startPostmaster(launch: Launch): Promise<Postmaster> {
  const { programs, account, dataFolder, settings } = launch
  const server = spawn(programs.postgres, ['-D', dataFolder, ...argumentsOf(settings)], {
    ...account,
    ...SERVER_ENVIRONMENT,
    cwd: dataFolder,
    stdio: ['ignore', 'ignore', 'pipe'],
    // Detached, so that Ctrl-C in a terminal reaches only the node, which then stops the server cleanly. On
    // Windows the server must end with the node's job, so it is not detached.
    detached: !WINDOWS,
  })
  const output = readOutput(server)
  const ended = new Promise<string>((resolve) => {
    server.once('error', (error) => resolve(error.message))
    server.once('close', () => resolve(output.text()))
  })
  const watcher = WINDOWS ? null : watch(server, launch)
  void ended.then(() => watcher?.dismiss())
  const deadline = setTimeout(() => server.kill('SIGKILL'), START_MS_MAX)
  const failure = await Promise.race([output.ready, ended])
  clearTimeout(deadline)
  if (failure !== null) throw new NotStarted(failure)
  return {
    ended,
    stop: () => stop(server, launch, ended),
    abandon: () => {
      server.kill(WINDOWS ? 'SIGKILL' : 'SIGQUIT')
      return ended
    },
  }
}

/** Keeps the tail of the server's output, and detects in it that the server is ready. */
function readOutput(server: ChildProcess): { readonly ready: Promise<null>; text(): string } {
  let kept = ''
  const ready = new Promise<null>((resolve) => {
    server.stderr!.on('data', (chunk: Buffer) => {
      kept = (kept + chunk.toString('utf8')).slice(-OUTPUT_LENGTH_MAX)
      if (kept.includes('database system is ready to accept connections')) resolve(null)
    })
  })
  return { ready, text: () => kept.trim() }
}

async function stop(server: ChildProcess, launch: Launch, ended: Promise<string>): Promise<void> {
  if (WINDOWS) execFile(launch.programs.control, ['stop', '-D', launch.dataFolder, '-m', 'fast', '-W'])
  else server.kill('SIGINT')
  const deadline = setTimeout(() => server.kill(WINDOWS ? 'SIGKILL' : 'SIGQUIT'), STOP_MS_MAX)
  await ended
  clearTimeout(deadline)
}

/**
 * Stops the server with pid `$1` when the pipe closes without a line, then removes its temporary socket
 * folder `$3`. The pid is trusted only while the file `$2` contains it.
 */
const WATCH = `
  read -r line && exit 0
  read -r pid < "$2" && [ "$pid" = "$1" ] || exit 0
  kill -INT "$1" || exit 0
  waited=0
  while kill -0 "$1" 2>/dev/null && [ $waited -lt 60 ]; do
    [ $waited -eq 30 ] && kill -QUIT "$1"
    sleep 1
    waited=$((waited + 1))
  done
  [ -z "$3" ] || rmdir "$3"
`

function watch(server: ChildProcess, { account, dataFolder, listening }: Launch): { dismiss(): void } {
  const { socketFolder } = listening
  const extra = socketFolder === null || dataFolder.startsWith(socketFolder) ? '' : socketFolder
  const parameters = [String(server.pid), join(dataFolder, 'postmaster.pid'), extra]
  const watcher = spawn('/bin/sh', ['-c', WATCH, 'entente-watcher', ...parameters], {
    ...account,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  // Without a shell there is no watcher; the next start stops a leftover server.
  watcher.on('error', () => {})
  watcher.stdin!.on('error', () => {})
  watcher.unref()
  return { dismiss: () => watcher.stdin!.end('stopped\n') }
}
