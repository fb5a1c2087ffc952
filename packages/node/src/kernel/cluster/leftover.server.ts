/** A server that outlived its node: found by the file that it keeps in its database's folder, and stopped in order. */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** After this a server that was asked to stop is made to; it recovers at the next start. */
const STOP_MS_MAX = 30_000
const LOOK_AGAIN_MS = 20
const POSTMASTER_FILE = 'postmaster.pid'
const SOCKET_LOCK_FILE = '.s.PGSQL.5432.lock'

/** Stops the server that still runs on `dataFolder`, if there is one. Only whoever holds the folder's lock may. */
export async function stopLeftover(dataFolder: string): Promise<void> {
  const pid = readPostmasterFile(dataFolder)?.pid
  if (pid === undefined) return
  if (!(await isServerOf(pid, dataFolder))) {
    // A server that starts would take the other program for a server. What a process left that is gone it removes.
    if (send(pid, 0)) removeFilesOf(dataFolder)
    return
  }
  send(pid, 'SIGINT')
  const deadline = performance.now() + STOP_MS_MAX
  while (await isServerOf(pid, dataFolder)) {
    if (performance.now() > deadline) send(pid, 'SIGKILL')
    await pause(LOOK_AGAIN_MS)
  }
}

/** Removes the files by which a server marks its folder and its socket as taken. */
function removeFilesOf(dataFolder: string): void {
  for (const path of [join(dataFolder, POSTMASTER_FILE), join(dirname(dataFolder), SOCKET_LOCK_FILE)]) {
    rmSync(path, { force: true })
  }
}

/** What a running server says of itself in the file `postmaster.pid`. */
export interface PostmasterFile {
  readonly pid: number
  readonly port: number
  /** Null where the server listens on loopback. */
  readonly socketFolder: string | null
}

/** Reads the server's own file; null when no server runs, or none that has begun to listen. */
export function readPostmasterFile(dataFolder: string): PostmasterFile | null {
  let lines: string[]
  try {
    lines = readFileSync(join(dataFolder, POSTMASTER_FILE), 'utf8').split('\n')
  } catch {
    return null
  }
  // Process, folder, time of start, port, folder of the socket, address, shared memory, status.
  const [pid = '', , , port = '', socketFolder = ''] = lines
  if (!/^[1-9]\d{0,9}$/.test(pid)) return null
  return { pid: Number(pid), port: Number(port), socketFolder: socketFolder === '' ? null : socketFolder }
}

/** Sends a signal, 0 only to ask; false when there is no such process. It may end between a look and a signal. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    // It is there, and another user's.
    if (signal === 0) return true
    throw error
  }
}

/**
 * Whether the process is the server of this folder: after a crash of the machine its number may be another program's.
 * One that has ended and that nobody has asked about has no arguments. On Windows a server ends with its node.
 */
async function isServerOf(pid: number, dataFolder: string): Promise<boolean> {
  if (process.platform === 'win32') return false
  return (await argumentsOfProcess(pid)).includes(` -D ${dataFolder} `)
}

function argumentsOfProcess(pid: number): Promise<string> | string {
  if (existsSync('/proc/self/cmdline')) {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    } catch {
      return ''
    }
  }
  return new Promise((resolve) => {
    execFile('ps', ['-ww', '-o', 'args=', '-p', String(pid)], (_error, stdout) => resolve(stdout))
  })
}
