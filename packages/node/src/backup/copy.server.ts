/** Durable copies of files, with digests. */
import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder } from '../kernel/durable.ts'

/** Size and digest of the bytes that were copied. */
export interface Copied {
  readonly sizeBytes: number
  /** In hex. */
  readonly digest: string
}

const CHUNK_BYTES = 1 << 20

/**
 * Copies a file and flushes the copy. Null if the file does not exist: a running server deletes files at any
 * time.
 * @throws NodeJS.ErrnoException, after removing the partial copy
 */
export async function copyFile(
  from: string,
  to: string,
  algorithm: 'sha256' | 'sha384',
): Promise<Copied | null> {
  const source = await open(from, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (source === null) return null
  try {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    const target = await open(to, 'wx', 0o600)
    try {
      const hash = createHash(algorithm)
      const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
      let sizeBytes = 0
      for (;;) {
        const { bytesRead } = await source.read(buffer, 0, CHUNK_BYTES, sizeBytes)
        if (bytesRead === 0) break
        const chunk = buffer.subarray(0, bytesRead)
        hash.update(chunk)
        await target.writeFile(chunk)
        sizeBytes += bytesRead
      }
      await target.sync()
      return { sizeBytes, digest: hash.digest('hex') }
    } catch (error) {
      await rm(to, { force: true })
      throw error
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

/** Files copied in parallel. A copy mostly waits for the disk. */
const CONCURRENT_COPIES = 8

/**
 * Runs `work` on items, several in parallel, started in order. Throws the first failure once no work is
 * running.
 */
export async function forEachConcurrently<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values()
  const failures: unknown[] = []
  const worker = async (): Promise<void> => {
    for (const item of left) {
      if (failures.length > 0) return
      await work(item).catch((error: unknown) => failures.push(error))
    }
  }
  await Promise.all(Array.from({ length: CONCURRENT_COPIES }, worker))
  if (failures.length > 0) throw failures[0]
}

/**
 * The folders and files under a folder, as relative paths, parents first. Other kinds of entry are left out.
 */
export async function listTree(folder: string): Promise<{ folders: string[]; files: string[] }> {
  const found = { folders: [] as string[], files: [] as string[] }
  const walk = async (under: string): Promise<void> => {
    const entries = await readdir(join(folder, under), { withFileTypes: true }).catch(emptyIfMissing)
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = under === '' ? entry.name : `${under}/${entry.name}`
      if (entry.isFile()) found.files.push(path)
      if (!entry.isDirectory()) continue
      found.folders.push(path)
      await walk(path)
    }
  }
  await walk('')
  return found
}

/** A running server may delete a folder while it is being listed. */
function emptyIfMissing(error: NodeJS.ErrnoException): Dirent[] {
  if (error.code === 'ENOENT') return []
  throw error
}

/** Makes the entries of a folder and of all folders under it durable. */
export async function syncTree(folder: string): Promise<void> {
  for (const under of (await listTree(folder)).folders) await syncFolder(join(folder, under))
  await syncFolder(folder)
}

/** The size of a file; null if it does not exist. */
export async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    },
  )
}
