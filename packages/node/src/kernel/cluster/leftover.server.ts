/** Stops a server that outlived its node. Its `postmaster.pid` leads to it. */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Limit for a clean stop; after it the server is killed, and recovers at the next start. */
const STOP_MS_MAX = 30_000
const POLL_MS = 20
const POSTMASTER_FILE = 'postmaster.pid'
const SOCKET_LOCK_FILE = '.s.PGSQL.5432.lock'

/**
 * Stops the server that still runs on `dataFolder`, if there is one. The caller must hold the folder's lock.
 */
export async function stopLeftover(dataFolder: string): Promise<void> {
  const pid = readPostmasterFile(dataFolder)?.pid
  if (pid === undefined) return
  if (!(await isServerOf(pid, dataFolder))) {
    // A new server would mistake the other program for a server. It removes files of a dead process by
    // itself.
    if (send(pid, 0)) removeLockFiles(dataFolder)
    return
  }
  send(pid, 'SIGINT')
  const deadline = performance.now() + STOP_MS_MAX
  while (await isServerOf(pid, dataFolder)) {
    if (performance.now() > deadline) send(pid, 'SIGKILL')
    await pause(POLL_MS)
  }
}

/** Removes the lock files of a server's folder and socket. */
function removeLockFiles(dataFolder: string): void {
  for (const path of [join(dataFolder, POSTMASTER_FILE), join(dirname(dataFolder), SOCKET_LOCK_FILE)]) {
    rmSync(path, { force: true })
  }
}

/** The fields of `postmaster.pid` that we use. */
export interface PostmasterFile {
  readonly pid: number
  readonly port: number
  /** Null if the server listens on loopback. */
  readonly socketFolder: string | null
}

/** Reads `postmaster.pid`; null if it is absent or incomplete. */
export function readPostmasterFile(dataFolder: string): PostmasterFile | null {
  let lines: string[]
  try {
    lines = readFileSync(join(dataFolder, POSTMASTER_FILE), 'utf8').split('\n')
  } catch {
    return null
  }
  // Lines: pid, data folder, start time, port, socket folder, address, shared memory, status.
  const [pid = '', , , port = '', socketFolder = ''] = lines
  if (!/^[1-9]\d{0,9}$/.test(pid)) return null
  return { pid: Number(pid), port: Number(port), socketFolder: socketFolder === '' ? null : socketFolder }
}

/** Sends a signal; 0 only tests for existence. False if there is no such process. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    // The process exists and belongs to another user.
    if (signal === 0) return true
    throw error
  }
}

/**
 * True if the process is the server of this folder. After a reboot, another program may have its pid. A
 * zombie has no command line, so it counts as ended. On Windows a server ends with its node.
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
