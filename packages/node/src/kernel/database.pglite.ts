/** PGlite as a pool of one connection: in a worker thread on a folder, or in this thread in memory. */

import { Worker } from 'node:worker_threads'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import { OPENED, PANICKED, isNewFolder, openMemoryEngine } from './database.pglite.engine.ts'
import type { EngineResult, FolderEngineParts, MemoryImage, PgliteEngine } from './database.pglite.engine.ts'
import { sharedEngine, sharedImage } from './database.pglite.parts.ts'
import type { EngineAnswer, EngineFailure, EngineQuestion } from './database.pglite.worker.ts'
import { DatabaseError, diskFull, isDiskFull } from './databaseError.ts'
import type { DatabaseErrorCode } from './databaseError.ts'
import { lockFolder } from './folderLock.ts'

export interface PglitePool extends PostgresPool {
  /** How often the engine has flushed a file to the disk since it was opened. */
  flushCount(): Promise<number>
}

/** Opens (or creates) the database in `folder`, holding the folder's lock until `end`. */
export async function openFolderPool(folder: string): Promise<PglitePool> {
  const lock = lockFolder(folder)
  try {
    const engine = await startWorker(folder)
    return poolOfOne(engine, () => lock.release())
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Opens a database in this process's memory: for tests and the simulator. */
export async function openMemoryPool(image?: MemoryImage): Promise<PglitePool> {
  return poolOfOne(await openMemoryEngine(image), () => {})
}

/**
 * Hands the one connection out to one holder after the other, in the order of asking: a transaction holds it
 * from `begin` to `commit`, a single query for itself.
 */
function poolOfOne(engine: PgliteEngine, onEnd: () => void): PglitePool {
  const waiting: (() => void)[] = []
  let held = false
  const release = (): void => {
    const next = waiting.shift()
    if (next === undefined) held = false
    else next()
  }
  const acquire = async (): Promise<void> => {
    if (held) return new Promise((resolve) => waiting.push(resolve))
    held = true
  }
  const query = async (sql: string, parameters: readonly unknown[]): Promise<EngineResult> =>
    engine.query(sql, parameters)
  const client = { query, release } as unknown as PostgresPoolClient
  return {
    connect: async () => {
      await acquire()
      return client
    },
    end: async () => {
      await acquire()
      try {
        await engine.close()
      } finally {
        onEnd()
        release()
      }
    },
    flushCount: () => engine.flushCount(),
  }
}

async function startWorker(folder: string): Promise<PgliteEngine> {
  // The options of this process are not meant for the worker: `--input-type` would even stop it.
  const options = { workerData: await partsOf(folder), execArgv: [] }
  const worker = new Worker(new URL('./database.pglite.worker.ts', import.meta.url), options)
  const open = new Map<number, { resolve(value: never): void; reject(error: Error): void }>()
  let lastId = OPENED
  let stopped: DatabaseError | undefined
  const stop = (error: DatabaseError): void => {
    stopped ??= error
    for (const question of open.values()) question.reject(stopped)
    open.clear()
  }
  worker.on('message', (answer: EngineAnswer) => {
    if (answer.id === PANICKED && 'failure' in answer) {
      const said = new Error(answer.failure.message)
      stop(isDiskFull(said) ? diskFull(folder, said) : engineStopped(folder, said))
    }
    const question = open.get(answer.id)
    open.delete(answer.id)
    if ('failure' in answer) question?.reject(errorOf(folder, answer.failure))
    else question?.resolve(answer.value as never)
  })
  worker.on('error', (error) =>
    stop(isDiskFull(error) ? diskFull(folder, error) : engineStopped(folder, error)),
  )
  worker.on('exit', () => stop(engineStopped(folder)))

  const expect = <T>(id: number): Promise<T> =>
    new Promise((resolve, reject) => open.set(id, { resolve, reject }))
  const ask = async <T>(question: Omit<EngineQuestion, 'id'>): Promise<T> => {
    if (stopped !== undefined) throw stopped
    lastId += 1
    const answer = expect<T>(lastId)
    worker.postMessage({ ...question, id: lastId } satisfies EngineQuestion)
    return answer
  }
  await expect(OPENED).catch(async (error: unknown) => {
    await worker.terminate()
    throw error
  })
  return {
    query: (sql, parameters) => ask({ ask: 'query', sql, parameters }),
    flushCount: () => ask({ ask: 'flushCount' }),
    close: async () => {
      await ask({ ask: 'close' })
      await worker.terminate()
    },
  }
}

async function partsOf(folder: string): Promise<FolderEngineParts> {
  const engine = await sharedEngine()
  return isNewFolder(folder) ? { folder, engine, image: await sharedImage() } : { folder, engine }
}

function errorOf(folder: string, failure: EngineFailure): Error {
  const said = failure.cause === undefined ? undefined : new Error(failure.cause)
  if (failure.fields['name'] === 'DatabaseError' && said !== undefined) {
    return new DatabaseError(failure.fields['code'] as DatabaseErrorCode, failure.message, said)
  }
  const error = Object.assign(new Error(failure.message), failure.fields)
  return isDiskFull(error) ? diskFull(folder, error) : error
}

function engineStopped(folder: string, cause?: unknown): DatabaseError {
  return new DatabaseError(
    'database_stopped',
    `The database in ${folder} has stopped. Start the node again; what was confirmed is kept.`,
    cause,
  )
}
