/**
 * The embedded PostgreSQL of a data folder: one cluster for one node. Created if absent, started, restarted
 * after a crash, and stopped with the node.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { DatabaseError, diskFull, isDiskFull } from '../databaseError.ts'
import { lockFolder } from '../folderLock.ts'
import type { FolderLock } from '../folderLock.ts'
import { accountOf, grantTraversal } from './account.server.ts'
import { CLUSTER_FOLDER, DATABASE_FOLDER, createCluster, removeTemporary } from './create.server.ts'
import { readPostmasterFile, stopLeftover } from './leftover.server.ts'
import { chooseListening, readPassword, urlOf } from './listening.server.ts'
import { NotStarted, startPostmaster } from './postmaster.server.ts'
import type { Launch, Postmaster } from './postmaster.server.ts'
import { findPrograms } from './programs.server.ts'
import { explainOutput, isTransient, versionDiffers } from './serverOutput.ts'
import { ADMIN_ROLE, NODE_ROLE, settingsOf } from './settings.ts'

/** A crash of the server, or the outcome of a restart. `error` says what to do. */
export type ClusterEvent =
  | { readonly event: 'database_ended' | 'database_not_started'; readonly error: DatabaseError }
  | { readonly event: 'database_restarted' }

export interface ClusterOptions {
  /** Which programs to prefer. Default: the package's. */
  readonly programs?: 'package' | 'machine'
  /** Settings that override those of a node's server, for tests and benchmarks. */
  readonly settings?: Readonly<Record<string, string>>
  /** Called when the server ends unexpectedly, and with the outcome of each restart. */
  onEvent?(event: ClusterEvent): void
}

/** A running cluster. */
export interface Cluster {
  /** Connects as the node's own role. */
  readonly url: string
  /** Connects as the server's superuser. */
  readonly adminUrl: string
  /** The server's version, such as `18.4`. */
  readonly version: string
  stop(): Promise<void>
  /** Stops a server that has started but accepts no connections, and explains why. */
  abandon(): Promise<DatabaseError>
}

/** How long a start waits for the last processes of a killed server to end. */
const LINGERING_MS_MAX = 30_000
const LINGERING_RETRY_MS = 100
/** Delays before attempts to restart the server; the last delay repeats. */
const RESTART_DELAYS_MS = [0, 200, 1000, 5000]

/**
 * Opens the cluster of a data folder that this process has locked.
 * @throws DatabaseError with what to do
 */
export async function openCluster(path: string, options: ClusterOptions = {}): Promise<Cluster> {
  // A canonical path: `stopLeftover` recognises a server of an earlier start by its path.
  const dataFolder = realpathSync(path)
  refuseFirstVersion(dataFolder)
  const folder = join(dataFolder, CLUSTER_FOLDER)
  const account = accountOf(folder)
  const programs = await findPrograms(account, options.programs ?? 'package')
  try {
    await grantTraversal(account, dataFolder)
    removeTemporary(dataFolder)
    if (!existsSync(folder)) await createCluster(dataFolder, programs, account)
    const database = join(folder, DATABASE_FOLDER)
    refuseOtherMajor(dataFolder, database, programs.major)
    await stopLeftover(database)
    const listening = await chooseListening(folder, account)
    const settings = { ...settingsOf(programs.major, listening), ...options.settings }
    const launch: Launch = { programs, account, dataFolder: database, listening, settings }
    const server = await startWithRetry(launch).catch((error: unknown) => {
      listening.release()
      throw error
    })
    const password = readPassword(folder)
    const supervision = supervise(
      launch,
      server,
      (output) => explainOutput(dataFolder, output),
      options.onEvent,
    )
    return {
      url: urlOf(listening, NODE_ROLE, password),
      adminUrl: urlOf(listening, ADMIN_ROLE, password),
      version: programs.version,
      stop: () => supervision.stop().finally(listening.release),
      abandon: () => supervision.abandon().finally(listening.release),
    }
  } catch (error) {
    if (error instanceof NotStarted) throw explainOutput(dataFolder, error.message)
    throw isDiskFull(error) ? diskFull(dataFolder, error) : error
  }
}

/** Access to the server of a data folder for a process other than the node. */
export interface ClusterConnection {
  readonly adminUrl: string
  close(): Promise<void>
}

/**
 * Connects to the server of a data folder's node. If no node runs, starts the server and stops it on `close`.
 * @throws DatabaseError with what to do
 */
export async function connectToCluster(dataFolder: string): Promise<ClusterConnection> {
  const lock = lockIfFree(dataFolder)
  if (lock === null) return runningCluster(dataFolder)
  try {
    const cluster = await openCluster(dataFolder)
    return { adminUrl: cluster.adminUrl, close: () => cluster.stop().finally(lock.release) }
  } catch (error) {
    lock.release()
    throw error
  }
}

function lockIfFree(dataFolder: string): FolderLock | null {
  try {
    return lockFolder(dataFolder)
  } catch (error) {
    if (error instanceof DatabaseError && error.code === 'database_in_use') return null
    throw error
  }
}

function runningCluster(dataFolder: string): ClusterConnection {
  const folder = join(dataFolder, CLUSTER_FOLDER)
  const listening = readPostmasterFile(join(folder, DATABASE_FOLDER))
  if (listening === null) {
    throw new DatabaseError(
      'database_unreachable',
      `The node in ${dataFolder} is running, but its database is not. Try again shortly.`,
    )
  }
  const adminUrl = urlOf(listening, ADMIN_ROLE, readPassword(folder))
  return { adminUrl, close: async () => {} }
}

/** Version 0.1.0 stored its database in files that no PostgreSQL server reads. */
function refuseFirstVersion(dataFolder: string): void {
  if (!existsSync(join(dataFolder, 'pgdata'))) return
  throw new DatabaseError(
    'folder_outdated',
    `The folder ${dataFolder} holds a database of Entente 0.1.0, which this version does not read. ` +
      'Start it with 0.1.0, or choose another folder (npm start: add --fresh to begin again).',
  )
}

function refuseOtherMajor(dataFolder: string, database: string, major: number): void {
  const path = join(database, 'PG_VERSION')
  const found = existsSync(path) ? readFileSync(path, 'utf8').trim() : ''
  // Without a readable version, let the server report the damage.
  if (!/^\d+$/.test(found) || Number(found) === major) return
  throw new DatabaseError('database_version_differs', versionDiffers(dataFolder, found, String(major)))
}

/** Starts the server. Retries while the last processes of a killed server block the start. */
async function startWithRetry(launch: Launch): Promise<Postmaster> {
  const deadline = performance.now() + LINGERING_MS_MAX
  for (;;) {
    try {
      return await startPostmaster(launch)
    } catch (error) {
      const canRetry = error instanceof NotStarted && isTransient(error.message)
      if (!canRetry || performance.now() > deadline) throw error
      await pause(LINGERING_RETRY_MS)
    }
  }
}

/** Restarts a server that ends, until it is stopped. */
function supervise(
  launch: Launch,
  first: Postmaster,
  explain: (output: string) => DatabaseError,
  onEvent: ClusterOptions['onEvent'],
): Pick<Cluster, 'stop' | 'abandon'> {
  const stopping = new AbortController()
  const { signal } = stopping
  let running = first

  async function restart(): Promise<Postmaster | null> {
    for (let attempt = 0; ; attempt += 1) {
      const delayMs = RESTART_DELAYS_MS[Math.min(attempt, RESTART_DELAYS_MS.length - 1)]
      await pause(delayMs, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return null
      try {
        return await startPostmaster(launch)
      } catch (error) {
        const output = error instanceof Error ? error.message : String(error)
        if (!isTransient(output)) onEvent?.({ event: 'database_not_started', error: explain(output) })
      }
    }
  }

  async function watch(): Promise<void> {
    for (;;) {
      const output = await running.ended
      if (signal.aborted) return
      const reason = explain(output)
      onEvent?.({
        event: 'database_ended',
        error: reason.code === 'database_stopped' ? endedUnexpectedly(output) : reason,
      })
      const next = await restart()
      if (next === null) return
      running = next
      if (signal.aborted) return next.stop()
      onEvent?.({ event: 'database_restarted' })
    }
  }

  const watching = watch()
  return {
    async stop() {
      stopping.abort()
      await running.stop()
      await watching
    },
    async abandon() {
      stopping.abort()
      const output = await running.abandon()
      await watching
      return explain(output)
    },
  }
}

function endedUnexpectedly(output: string): DatabaseError {
  return new DatabaseError(
    'database_stopped',
    'The database server ended unexpectedly and is being restarted; committed data is safe.',
    new Error(output),
  )
}
