/** One process per data folder: a lock file that names its holder, taken over once the holder is dead. */

import { linkSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { DatabaseError } from './databaseError.ts'
import { makePrivateFolder } from './durable.ts'

/** Who holds a folder. `startedAt` is the process's start time from /proc; null where there is no /proc. */
interface Holder {
  readonly pid: number
  readonly startedAt: string | null
  readonly host: string
}

export interface FolderLock {
  /** Unlocks the folder. Safe to call twice. */
  release(): void
}

const LOCK_FILE = 'lock'
/** The lock file of a process before it has its name. A stale lock that was put aside may have to be given back, and stays. */
const TEMPORARY = /^lock\.\d+\.\d+$/

/**
 * Locks `folder` for this process, creating it if it is missing.
 * Throws `database_in_use` if a living process holds it, and `folder_not_writable`.
 */
export function lockFolder(folder: string): FolderLock {
  const path = join(folder, LOCK_FILE)
  const me: Holder = { pid: process.pid, startedAt: startTimeOf(process.pid), host: hostname() }
  const text = `${JSON.stringify(me)}\n`
  try {
    makePrivateFolder(folder)
    // The second round follows the removal of a stale lock; a third is needed only if others start at the same time.
    for (let round = 0; round < 3; round++) {
      if (createWhole(path, text)) {
        removeTemporary(folder)
        return { release: () => releaseOwn(path, text) }
      }
      takeOverIfStale(path, folder)
    }
  } catch (error) {
    throw error instanceof DatabaseError ? error : notWritable(folder, error)
  }
  throw inUse(folder, path, readHolder(path).holder)
}

/** Creates the file with its content atomically, by a hard link. False if it exists. */
function createWhole(path: string, text: string): boolean {
  const temporary = `${path}.${process.pid}.${process.hrtime.bigint()}`
  writeFileSync(temporary, text, { flush: true })
  try {
    linkSync(temporary, path)
    return true
  } catch (error) {
    // ENOENT: whoever took the lock meanwhile removed the temporary file.
    if (['EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  } finally {
    rmSync(temporary, { force: true })
  }
}

/** Removes what processes left that were killed while they took the lock. */
function removeTemporary(folder: string): void {
  for (const name of readdirSync(folder))
    if (TEMPORARY.test(name)) rmSync(join(folder, name), { force: true })
}

function takeOverIfStale(path: string, folder: string): void {
  const seen = readHolder(path)
  if (seen.text === undefined) return
  if (seen.holder === undefined || isAlive(seen.holder)) throw inUse(folder, path, seen.holder)
  const aside = `${path}.stale.${process.pid}.${process.hrtime.bigint()}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  // Another process may have taken the lock over between the read and the rename: put its lock back.
  if (readFileSync(aside, 'utf8') !== seen.text) linkSync(aside, path)
  rmSync(aside)
}

function readHolder(path: string): { text?: string; holder?: Holder } {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
  try {
    const { pid, startedAt, host } = JSON.parse(text) as Partial<Holder>
    if (typeof pid !== 'number' || typeof host !== 'string') return { text }
    return { text, holder: { pid, host, startedAt: typeof startedAt === 'string' ? startedAt : null } }
  } catch {
    return { text }
  }
}

/** A holder on another machine cannot be checked, so it counts as alive. */
function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    // EPERM: the process exists and belongs to another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const startedAt = startTimeOf(holder.pid)
  if (startedAt === ENDED) return false
  return holder.startedAt === null || startedAt === null || holder.startedAt === startedAt
}

/** The start time of a zombie. */
const ENDED = 'ended'

/** Field 22 of /proc/PID/stat: tells a process from a later one with the same pid. */
function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' || state === 'X' ? ENDED : (fields[18] ?? null)
  } catch {
    return null
  }
}

function releaseOwn(path: string, text: string): void {
  if (readHolder(path).text === text) rmSync(path)
}

function inUse(folder: string, path: string, holder: Holder | undefined): DatabaseError {
  const who =
    holder === undefined
      ? 'is locked by a file that this version cannot read'
      : `is in use by process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}`
  return new DatabaseError(
    'database_in_use',
    `The folder ${folder} ${who}. Stop that process or choose another folder; ` +
      `if you are certain that nothing runs on it, delete ${path}.`,
  )
}

function notWritable(folder: string, cause: unknown): DatabaseError {
  return new DatabaseError(
    'folder_not_writable',
    `The folder ${folder} cannot be written. Give this user write access to it, or choose another folder.`,
    cause,
  )
}
