/** The thread that makes the image of a new database: seconds of work, which must not block the node. */

import { parentPort, workerData } from 'node:worker_threads'
import { makeFolderImage } from './database.pglite.engine.ts'

const image = await makeFolderImage(workerData as WebAssembly.Module)
const bytes = await image.arrayBuffer()
parentPort?.postMessage(bytes, [bytes])
