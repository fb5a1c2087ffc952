/** What the databases of one process share: the compiled engine, and the image that new ones start from. */

import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { compileEngine } from './database.pglite.engine.ts'
import type { MemoryImage } from './database.pglite.engine.ts'

let compiling: Promise<WebAssembly.Module> | undefined

/** The engine, compiled once for all threads of this process. */
export function sharedEngine(): Promise<WebAssembly.Module> {
  compiling ??= compileEngine()
  return compiling
}

let making: Promise<MemoryImage> | undefined

/** The image of a new database; those who ask while one is being made get the same. */
export function sharedImage(): Promise<MemoryImage> {
  making ??= makeImage().finally(() => (making = undefined))
  return making
}

async function makeImage(): Promise<MemoryImage> {
  const options = { workerData: await sharedEngine(), execArgv: [] }
  const worker = new Worker(new URL('./database.pglite.imageWorker.ts', import.meta.url), options)
  const [bytes] = (await once(worker, 'message')) as [ArrayBuffer]
  await worker.terminate()
  return new Blob([bytes])
}
