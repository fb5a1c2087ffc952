/**
 * PGlite with its safety put back: the write-ahead log is flushed to the disk on every commit, a new database
 * appears whole or not at all, and what the engine says when it fails to start is kept.
 */

import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { PGliteOptions } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { DatabaseError, diskFull, isDiskFull } from './databaseError.ts'
import { preparedQueries } from './database.pglite.prepared.ts'
import { upkeepOf } from './database.pglite.upkeep.ts'
import { scalarParsers } from './databaseValues.ts'

export interface EngineResult {
  readonly command: string
  readonly rowCount: number
  readonly rows: Record<string, unknown>[]
}

/** One connection to one embedded database; it takes queries in the order in which they are asked. */
export interface PgliteEngine {
  query(sql: string, parameters: readonly unknown[]): Promise<EngineResult>
  /** How often a file was flushed to the disk since the start; 0 for ever in memory. */
  flushCount(): Promise<number>
  close(): Promise<void>
}

/** What a database in memory starts from, to spare its creation: an image made by `PGlite.dumpDataDir`. */
export type MemoryImage = Blob

const MEMORY_PARAMETERS = ['-c', 'shared_buffers=32MB', '-c', 'timezone=UTC']

/** `fdatasync` is a stub in this build, `fsync` calls the file system's hook: see docs/decisions/0003. */
const DURABLE_PARAMETERS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'fsync=on',
  '-c',
  'wal_sync_method=fsync',
  '-c',
  'synchronous_commit=on',
  ...MEMORY_PARAMETERS,
]

/** The engine's WebAssembly, read and compiled: as costly as it is, one serves all threads of a process. */
export async function compileEngine(): Promise<WebAssembly.Module> {
  const bytes = await readFile(new URL('pglite.wasm', import.meta.resolve('@electric-sql/pglite')))
  return WebAssembly.compile(bytes)
}

/** What `initdb` makes, as the image that a database on a folder starts from; the same bytes each need not be made twice. */
export async function makeFolderImage(engine: WebAssembly.Module): Promise<MemoryImage> {
  const pglite = await PGlite.create({ pgliteWasmModule: engine, parsers: scalarParsers })
  const image = await pglite.dumpDataDir('none')
  await pglite.close()
  return image
}

/** Opens an empty database in memory, or one that starts as `image`. */
export async function openMemoryEngine(
  image?: MemoryImage,
): Promise<PgliteEngine & { image(): Promise<MemoryImage> }> {
  const pglite = await PGlite.create({
    startParams: [...PGlite.defaultStartParams, ...MEMORY_PARAMETERS],
    initDbStartParams: ['--wal-segsize=1'],
    parsers: scalarParsers,
    ...(image === undefined ? {} : { loadDataDir: image }),
  })
  return { ...engineOf(pglite, () => 0), image: () => pglite.dumpDataDir('none') }
}

/** The id of the worker's answer that says whether the engine has opened. */
export const OPENED = 0
/** The id of the worker's last message, when its engine has panicked. */
export const PANICKED = -1

/** Ends the thread: after a panic (the log cannot be written or flushed) the engine never answers again. */
export type OnPanic = (said: Error) => never

/** Whether there is no database in `folder` yet. */
export function isNewFolder(folder: string): boolean {
  return !existsSync(homeIn(folder))
}

const homeIn = (folder: string): string => join(folder, 'pgdata')

/** What a database on a folder is opened with; `image` is there when the folder has none yet. */
export interface FolderEngineParts {
  readonly folder: string
  readonly engine: WebAssembly.Module
  readonly image?: MemoryImage
}

/** Opens the database in a folder, creating it from `image` when there is none. The caller holds the folder's lock. */
export async function openFolderEngine(parts: FolderEngineParts, onPanic: OnPanic): Promise<PgliteEngine> {
  const { folder, engine, image } = parts
  const home = homeIn(folder)
  if (image !== undefined && isNewFolder(folder)) await createDatabase(folder, home, engine, image)
  if (!existsSync(join(home, 'PG_VERSION'))) throw corrupt(home, new Error('PG_VERSION is missing'))
  const files = new FlushingFiles(home)
  const pglite = await start(home, { fs: files, pgliteWasmModule: engine }, onPanic)
  return engineOf(pglite, () => files.flushCount)
}

/**
 * Builds a new database beside its final place and moves it there when all of it is on the disk: a start that
 * was cut short leaves `pgdata.new`, in which nothing was ever confirmed to anyone.
 */
async function createDatabase(
  folder: string,
  home: string,
  engine: WebAssembly.Module,
  image: MemoryImage,
): Promise<void> {
  const draft = `${home}.new`
  try {
    rmSync(draft, { recursive: true, force: true })
    const fs = new FlushingFiles(draft)
    const pglite = await start(draft, { fs, pgliteWasmModule: engine, loadDataDir: image })
    await pglite.close()
    flushTree(draft)
    renameSync(draft, home)
    flushPath(folder)
  } catch (error) {
    throw isDiskFull(error) ? diskFull(folder, error) : error
  }
}

type StartOptions = Pick<PGliteOptions, 'fs' | 'pgliteWasmModule' | 'loadDataDir'>

async function start(home: string, options: StartOptions, onPanic?: OnPanic): Promise<PGlite> {
  const said: string[] = []
  let isOpen = false
  try {
    const pglite = await PGlite.create({
      ...options,
      startParams: DURABLE_PARAMETERS,
      parsers: scalarParsers,
      onStderr: (line) => {
        if (!isOpen) said.push(line)
        else if (/\bPANIC: /.test(line)) onPanic?.(new Error(line))
        return true
      },
    })
    isOpen = true
    return pglite
  } catch (error) {
    const cause = new Error([...said, String(error)].join('\n'), { cause: error })
    throw isDiskFull(cause) || hasNoRoom(home) ? diskFull(home, cause) : corrupt(home, cause)
  }
}

/** A segment of the engine's log and some more: without it a start fails, and the engine does not say why. */
const ROOM_SIZE_BYTES_MIN = 32 * 2 ** 20

function hasNoRoom(home: string): boolean {
  const { bavail, bsize } = statfsSync(dirname(home))
  return bavail * bsize < ROOM_SIZE_BYTES_MIN
}

function corrupt(home: string, cause: Error): DatabaseError {
  return new DatabaseError(
    'database_corrupt',
    `The database in ${home} is damaged or was made by another version, and does not start. Keep a copy of ` +
      'that folder for examination, put a backup in its place, and start again.',
    cause,
  )
}

/** The files of PGlite on the disk, with the flush that its own file system leaves out. */
class FlushingFiles extends NodeFS {
  flushCount = 0

  override async init(...[pglite, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pglite, options)
    const install = (engine: Emscripten): void => {
      engine.NODEFS.stream_ops.fsync = (stream) => this.#flush(engine, stream)
    }
    return {
      emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), install as never] },
    }
  }

  #flush(engine: Emscripten, stream: EmscriptenStream): number {
    try {
      // A directory has no descriptor of its own there; it is opened to flush the names in it.
      if (stream.nfd === undefined) flushPath(engine.NODEFS.realPath(stream.node))
      else fdatasyncSync(stream.nfd)
    } catch {
      // 29 is EIO in the engine's numbering: PostgreSQL stops rather than trust a failed flush.
      throw new engine.FS.ErrnoError(29)
    }
    this.flushCount += 1
    return 0
  }
}

/** The parts of the Emscripten runtime that the flush needs; they are internals, hence the exact version. */
interface Emscripten {
  readonly NODEFS: {
    readonly stream_ops: { fsync?: (stream: EmscriptenStream) => number }
    realPath(node: unknown): string
  }
  readonly FS: { readonly ErrnoError: new (errno: number) => Error }
}

interface EmscriptenStream {
  readonly nfd?: number
  readonly node: unknown
}

function flushTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) flushTree(path)
    else flushPath(path)
  }
  flushPath(folder)
}

/** Flushes a file or the names in a directory. Windows cannot open a directory; it journals names itself. */
function flushPath(path: string): void {
  let descriptor: number
  try {
    descriptor = openSync(path, 'r+')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EISDIR') throw error
    if (process.platform === 'win32') return
    descriptor = openSync(path, 'r')
  }
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** A single statement without parameters that changes no definition. */
const OF_A_TRANSACTION = /^(begin|start|commit|rollback|savepoint|release|select|set transaction)\b[^;]*$/i

function engineOf(pglite: PGlite, flushCount: () => number): PgliteEngine {
  const keepUp = upkeepOf(pglite)
  const prepared = preparedQueries(pglite)
  /** By the simple protocol, which also takes several statements at once. */
  const execute = async (sql: string) => {
    const result = (await pglite.exec(sql)).at(-1)
    if (!OF_A_TRANSACTION.test(sql)) await prepared.forget()
    return result
  }
  const answer = async (sql: string, parameters: readonly unknown[]): Promise<EngineResult> => {
    const result = await (parameters.length === 0 ? execute(sql) : prepared.query(sql, parameters))
    await keepUp(flushCount())
    const { command = '', rowCount = 0, rows = [] } = (result ?? {}) as Partial<EngineResult>
    return { command, rowCount, rows }
  }
  let last: Promise<unknown> = Promise.resolve()
  return {
    query: (sql, parameters) => {
      const next = last.then(() => answer(sql, parameters))
      last = next.catch(() => {})
      return next
    },
    flushCount: async () => flushCount(),
    close: () => pglite.close(),
  }
}
