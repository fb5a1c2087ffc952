/**
 * One run of the embedded server, from its start to its end. A watcher holds the reading end of a pipe whose writing
 * end is this process's alone: when this process is gone, however it went, the watcher stops the server.
 */
import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { Account } from './account.server.ts'
import type { Programs } from './programs.server.ts'
import { argumentsOf } from './settings.ts'
import type { Listening } from './settings.ts'

const WINDOWS = process.platform === 'win32'

/** A start that takes longer is given up. */
const START_MS_MAX = 120_000
/** A stop that takes longer is forced. */
const STOP_MS_MAX = 30_000
/** How much of the end of its output is kept, in characters. */
const OUTPUT_KEPT = 4000

/** What a server runs on. */
export interface Launch {
  readonly programs: Programs
  readonly account: Account
  /** The folder of the database, which only the account enters. */
  readonly dataFolder: string
  readonly listening: Listening
  readonly settings: Readonly<Record<string, string>>
}

/** A server that takes connections. */
export interface Postmaster {
  /** Resolves with the end of its output when it has ended, whatever ended it. */
  readonly ended: Promise<string>
  /** Ends the sessions, makes what is in memory durable, and resolves when the server has ended. */
  stop(): Promise<void>
  /** Ends it at once; what was confirmed is recovered at the next start. Resolves with the end of its output. */
  abandon(): Promise<string>
}

/** A server that ended before it took connections; the message is the end of its output. */
export class NotStarted extends Error {}

/** Environment of the server's programs: nothing of ours, and messages in English. */
export const SERVER_ENVIRONMENT = WINDOWS ? {} : { env: { LC_ALL: 'C', TZ: 'UTC' } }

/** Starts the server. @throws NotStarted */
export async function startPostmaster(launch: Launch): Promise<Postmaster> {
  const { programs, account, dataFolder, settings } = launch
  const server = spawn(programs.postgres, ['-D', dataFolder, ...argumentsOf(settings)], {
    ...account,
    ...SERVER_ENVIRONMENT,
    cwd: dataFolder,
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C in a terminal is for the node, which then stops the server in order. On Windows a process that is not
    // detached belongs to the node's job and ends with it.
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

/** Keeps the end of the server's output, and finds in it that the server is ready. */
function readOutput(server: ChildProcess): { readonly ready: Promise<null>; text(): string } {
  let kept = ''
  const ready = new Promise<null>((resolve) => {
    server.stderr!.on('data', (chunk: Buffer) => {
      kept = (kept + chunk.toString('utf8')).slice(-OUTPUT_KEPT)
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
 * Stops the server `$1` when the pipe closes without a word, and then removes the folder `$3` of its socket. The
 * process of that number is the server only as long as the file `$2` says so.
 */
const WATCH = `
  read -r word && exit 0
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
  // Without a shell there is no watcher; the next start finds the server by its own file.
  watcher.on('error', () => {})
  watcher.stdin!.on('error', () => {})
  watcher.unref()
  return { dismiss: () => watcher.stdin!.end('stopped\n') }
}
