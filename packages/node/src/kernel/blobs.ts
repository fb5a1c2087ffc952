/**
 * The blob folder: sealed payloads as files named by their SHA-384 digest, and the parts of payloads that are still
 * arriving. Implements BLOB-1 to BLOB-12. A file is complete and durable before a row names it. No name that a partner
 * or a person chose becomes a path: only the hex digits of a digest do.
 */

import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { encodeHex, isSha384, sha384 } from '#wire/digest.ts'
import type { Sha384 } from '#wire/digest.ts'
import { PAYLOAD_SIZE_BYTES_MAX } from '#wire/seal/table.ts'
import type { World } from '#node/world.ts'
import { BlobError, mendableDiskError } from './blobError.ts'
import { makePrivateFolder, syncFolder } from './durable.ts'

/** A blob up to this size is stored in its row, written by the act that names it. */
export const SMALL_BLOB_SIZE_BYTES_MAX = 64 * 1024
/** The size of the largest content once sealed. */
export const BLOB_SIZE_BYTES_MAX = PAYLOAD_SIZE_BYTES_MAX
const READ_SIZE_BYTES = 256 * 1024

/** A blob whose bytes are durable in its file, or are here for `insertBlobs`. */
export interface StoredBlob {
  readonly digest: Sha384
  readonly sizeBytes: number
  /** The bytes of a small blob; null if they are in a file. */
  readonly bytes: Uint8Array | null
}

export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

export type DigestTest = (digest: Sha384) => Promise<boolean>

export interface BlobFolder {
  /**
   * Stores the bytes of `source`, whose digest is not yet known. The caller registers the result in its act.
   * Throws `blob_too_large` and `disk_full`; if it throws, or `source` does, nothing is left behind.
   */
  write(source: ByteSource): Promise<StoredBlob>
  /** How many bytes of an incoming blob are stored: the offset at which its sender resumes. */
  partSizeBytes(digest: Sha384): Promise<number>
  /**
   * Appends to an incoming blob and returns the new size of its part. If `source` breaks off, the bytes received so far
   * stay. Throws `blob_offset_differs`, `blob_busy`, `blob_too_large`, `blob_size_differs` and `disk_full`.
   */
  appendPart(digest: Sha384, fromByte: number, source: ByteSource, declaredSizeBytes: number): Promise<number>
  /**
   * Verifies the digest over all bytes of a part and turns it into a blob. Throws `blob_incomplete` (the part stays)
   * and `blob_digest_differs` (the part is deleted).
   */
  completePart(digest: Sha384, declaredSizeBytes: number): Promise<StoredBlob>
  /** Deletes the part of an incoming blob. */
  discardPart(digest: Sha384): Promise<void>
  /**
   * The bytes from `fromByte` to `toByte` (exclusive); all bytes by default.
   * Throws `blob_range_invalid` at once, `blob_missing` and `blob_broken` while reading.
   */
  read(blob: StoredBlob, fromByte?: number, toByte?: number): AsyncIterable<Uint8Array>
  /** Deletes the file, if there is one. Call it after the act that deleted the row has committed. */
  remove(digest: Sha384): Promise<void>
  /**
   * Deletes what a crash left behind: temporary files, unregistered files, and parts that nothing waits for. Call it
   * only at start, before anything else uses the folder.
   */
  sweep(isRegistered: DigestTest, isWanted: DigestTest): Promise<void>
}

/** Opens the blob folder in a node's data folder, creating it if it is missing. */
export async function openBlobFolder(dataFolder: string, random: World['random']): Promise<BlobFolder> {
  const complete = join(dataFolder, 'blobs')
  const incoming = join(dataFolder, 'incoming')
  await asMendable(async () => {
    makePrivateFolder(complete)
    makePrivateFolder(incoming)
  })
  const partPath = (digest: Sha384): string => join(incoming, `${hexOf(digest)}.part`)
  const locked = createPartLock()

  return {
    write: (source) => {
      const path = join(incoming, `${encodeHex(random(16))}.tmp`)
      return asMendable(() => writeTemporary(path, complete, source))
    },
    partSizeBytes: (digest) => sizeOfFile(partPath(digest)),
    appendPart: (digest, fromByte, source, declaredSizeBytes) =>
      locked(digest, async () => {
        requireBlobSize(declaredSizeBytes)
        const sizeBytes = await sizeOfFile(partPath(digest))
        if (sizeBytes !== fromByte) {
          throw new BlobError('blob_offset_differs', `the part has ${sizeBytes} bytes`, sizeBytes)
        }
        return appendTo(partPath(digest), sizeBytes, source, declaredSizeBytes)
      }),
    completePart: (digest, declaredSizeBytes) =>
      locked(digest, async () => {
        const path = partPath(digest)
        const sizeBytes = declaredSizeBytes
        await requireWhole(path, digest, declaredSizeBytes)
        if (sizeBytes > SMALL_BLOB_SIZE_BYTES_MAX) {
          await putInPlace(path, complete, digest)
          return { digest, sizeBytes, bytes: null }
        }
        // After a crash between here and the caller's commit, a small blob is fetched again.
        const bytes = await readOrNothing(path)
        await rm(path, { force: true })
        return { digest, sizeBytes, bytes }
      }),
    discardPart: (digest) => locked(digest, () => rm(partPath(digest), { force: true })),
    read(blob, fromByte = 0, toByte = blob.sizeBytes) {
      if (!(fromByte >= 0 && fromByte <= toByte && toByte <= blob.sizeBytes)) {
        throw new BlobError('blob_range_invalid', `${fromByte} to ${toByte} of ${blob.sizeBytes} bytes`)
      }
      if (blob.bytes !== null) return chunksOf([blob.bytes.subarray(fromByte, toByte)])
      return readFileRange(blobPath(complete, blob.digest), fromByte, toByte)
    },
    remove: (digest) => asMendable(() => rm(blobPath(complete, digest), { force: true })),
    sweep: (isRegistered, isWanted) =>
      asMendable(async () => {
        await sweepFolder(incoming, (name) => name.replace(/\.part$/, ''), isWanted)
        for (const folder of (await readdir(complete)).sort()) {
          await sweepFolder(join(complete, folder), (name) => name, isRegistered)
        }
      }),
  }
}

function blobPath(complete: string, digest: Sha384): string {
  return join(complete, hexOf(digest).slice(0, 2), hexOf(digest))
}

/** Renames a synced file to its blob's name and syncs the folders: on return the blob is durable. */
async function putInPlace(path: string, complete: string, digest: Sha384): Promise<void> {
  const target = blobPath(complete, digest)
  await mkdir(dirname(target), { recursive: true })
  await rename(path, target)
  await syncFolder(dirname(target))
  await syncFolder(complete)
}

/** INVARIANT: a part has at most one writer at a time. */
function createPartLock() {
  const busy = new Set<Sha384>()
  return async <T>(digest: Sha384, work: () => Promise<T>): Promise<T> => {
    if (busy.has(digest)) throw new BlobError('blob_busy', 'this blob is being written by another request')
    busy.add(digest)
    try {
      return await asMendable(work)
    } finally {
      busy.delete(digest)
    }
  }
}

/** Syncs a part and verifies its digest over all bytes; deletes it if the digest differs. */
async function requireWhole(path: string, digest: Sha384, declaredSizeBytes: number): Promise<void> {
  const sizeBytes = await sizeOfFile(path)
  if (sizeBytes < declaredSizeBytes) {
    throw new BlobError('blob_incomplete', `${sizeBytes} of ${declaredSizeBytes} bytes`, sizeBytes)
  }
  // The last append may have broken off after its last byte, before it was synced.
  if (sizeBytes > 0) await syncFile(path)
  const isWhole = sizeBytes === declaredSizeBytes && (await digestOfFile(path, sizeBytes)) === digest
  if (isWhole) return
  await rm(path, { force: true })
  throw new BlobError('blob_digest_differs', 'the bytes received have another digest')
}

/** Deletes every file in a folder except those whose name is the hex of a digest to keep. */
async function sweepFolder(
  folder: string,
  hexIn: (name: string) => string,
  isKept: DigestTest,
): Promise<void> {
  for (const name of (await readdir(folder)).sort()) {
    const digest = digestOfHex(hexIn(name))
    if (digest === null || !(await isKept(digest))) await rm(join(folder, name), { force: true })
  }
}

/** Writes a source to a temporary file and moves it into place. The temporary file never outlives the call. */
async function writeTemporary(path: string, complete: string, source: ByteSource): Promise<StoredBlob> {
  const temporary = createTemporary(path)
  try {
    for await (const chunk of source) await temporary.append(chunk)
    const blob = await temporary.finish()
    if (blob.bytes === null) await putInPlace(path, complete, blob.digest)
    return blob
  } finally {
    await temporary.close()
    await rm(path, { force: true })
  }
}

/** Buffers up to `SMALL_BLOB_SIZE_BYTES_MAX` in memory, and spills to a file beyond that. */
function createTemporary(path: string) {
  const hash = createHash('sha384')
  const small: Uint8Array[] = []
  let sizeBytes = 0
  let file: FileHandle | null = null
  return {
    async append(chunk: Uint8Array): Promise<void> {
      hash.update(chunk)
      const fromByte = sizeBytes
      sizeBytes += chunk.length
      requireBlobSize(sizeBytes)
      if (file === null && sizeBytes <= SMALL_BLOB_SIZE_BYTES_MAX) {
        // A copy, because the source may reuse its buffer.
        small.push(Uint8Array.from(chunk))
        return
      }
      if (file === null) {
        file = await open(path, 'wx', 0o600)
        await writeAt(file, Buffer.concat(small), 0)
      }
      await writeAt(file, chunk, fromByte)
    },
    async finish(): Promise<StoredBlob> {
      const digest = digestOfHex(hash.digest('hex'))
      if (digest === null) throw new Error('INVARIANT: SHA-384 gives 96 hex digits')
      if (file === null) return { digest, sizeBytes, bytes: Buffer.concat(small) }
      await file.datasync()
      return { digest, sizeBytes, bytes: null }
    },
    async close(): Promise<void> {
      await file?.close()
    },
  }
}

/** Appends up to the declared size; if `source` breaks off, the bytes written so far stay. */
async function appendTo(
  path: string,
  fromByte: number,
  source: ByteSource,
  declaredSizeBytes: number,
): Promise<number> {
  const file = await open(path, fromByte === 0 ? 'w' : 'r+', 0o600)
  let sizeBytes = fromByte
  let isTooLong = false
  try {
    for await (const chunk of source) {
      if (sizeBytes + chunk.length > declaredSizeBytes) {
        isTooLong = true
        throw new BlobError('blob_size_differs', `more than the declared ${declaredSizeBytes} bytes`)
      }
      await writeAt(file, chunk, sizeBytes)
      sizeBytes += chunk.length
    }
    await file.datasync()
    return sizeBytes
  } finally {
    await file.close()
    if (isTooLong) await rm(path, { force: true })
  }
}

async function writeAt(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at, position + at)
    at += bytesWritten
  }
}

async function* readFileRange(path: string, fromByte: number, toByte: number): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (isMissing(error)) throw new BlobError('blob_missing', 'the blob folder has no such file')
    throw error
  })
  try {
    for (let at = fromByte; at < toByte;) {
      // A new buffer for each chunk: the consumer may keep it while the next one is read.
      const buffer = Buffer.allocUnsafe(Math.min(READ_SIZE_BYTES, toByte - at))
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at)
      if (bytesRead === 0) throw new BlobError('blob_broken', `the file ends at byte ${at}`)
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

async function* chunksOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

async function digestOfFile(path: string, sizeBytes: number): Promise<string> {
  if (sizeBytes === 0) return sha384(new Uint8Array(0))
  const hash = createHash('sha384')
  for await (const chunk of readFileRange(path, 0, sizeBytes)) hash.update(chunk)
  return `sha384:${hash.digest('hex')}`
}

async function sizeOfFile(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isMissing(error)) return 0
    throw error
  }
}

/** An empty part has no file. */
async function readOrNothing(path: string): Promise<Uint8Array> {
  return (await sizeOfFile(path)) === 0 ? new Uint8Array(0) : readFile(path)
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.datasync()
  } finally {
    await file.close()
  }
}

function requireBlobSize(sizeBytes: number): void {
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0 || sizeBytes > BLOB_SIZE_BYTES_MAX) {
    throw new BlobError('blob_too_large', `a blob has at most ${BLOB_SIZE_BYTES_MAX} bytes`)
  }
}

function hexOf(digest: Sha384): string {
  // The type says so already, but this becomes a path.
  if (!isSha384(digest)) throw new BlobError('blob_missing', 'not the name of a blob')
  return digest.slice('sha384:'.length)
}

function digestOfHex(hex: string): Sha384 | null {
  const digest = `sha384:${hex}`
  return isSha384(digest) ? digest : null
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

async function asMendable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw mendableDiskError(error)
  }
}
