/** The blob folder and its rows: complete or absent, resumable, and named by nothing but digests. */

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sha384 } from '#wire/digest.ts'
import type { Sha384 } from '#wire/digest.ts'
import { seededRandom } from '#wire/seal/testSeal.ts'
import { runs } from '#wire/testProperties.ts'
import { BLOB_SIZE_BYTES_MAX, openBlobFolder, SMALL_BLOB_SIZE_BYTES_MAX } from './blobs.ts'
import type { BlobFolder, ByteSource } from './blobs.ts'
import { deleteBlob, findBlob, hasBlob, insertBlobs } from './blobs.store.ts'
import { openTestDatabase } from './testDatabase.ts'

const large = Buffer.from(seededRandom('large blob')(700_000))
const small = large.subarray(0, SMALL_BLOB_SIZE_BYTES_MAX)

let folder: string
let blobs: BlobFolder

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'entente-blobs-'))
  blobs = await openBlobFolder(folder, seededRandom('temporary files'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Every file under the data folder. */
function files(): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

function cut(bytes: Buffer, sizeBytes: number): Buffer[] {
  const count = Math.ceil(bytes.length / sizeBytes)
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * sizeBytes, (index + 1) * sizeBytes),
  )
}

async function collected(source: ByteSource): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(source))
}

async function rejectedCode(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'nothing was thrown',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  )
}

async function* breakingOff(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks
  throw new Error('the connection broke')
}

describe('writing', () => {
  test('[BLOB-1] a large blob is a file under its digest, a small one is bytes for its row', async () => {
    const stored = await blobs.write(cut(large, 10_000))
    expect(stored).toEqual({ digest: sha384(large), sizeBytes: large.length, bytes: null })
    const hex = stored.digest.slice(7)
    expect(files()).toEqual([join(folder, 'blobs', hex.slice(0, 2), hex)])
    expect((await collected(blobs.read(stored))).equals(large)).toBe(true)
    const row = await blobs.write(cut(small, 999))
    expect(row.digest).toBe(sha384(small))
    expect(row.bytes).toEqual(small)
    expect(files().length).toBe(1)
    expect((await blobs.write([])).sizeBytes).toBe(0)
  })

  test('[BLOB-1] one byte decides between row and file, however the source is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 70_000 }),
        fc.constantFrom(0, 1),
        async (chunkBytes, more) => {
          const bytes = large.subarray(0, SMALL_BLOB_SIZE_BYTES_MAX + more)
          const stored = await blobs.write(cut(bytes, chunkBytes))
          expect(stored.bytes === null).toBe(more === 1)
          expect(stored.digest).toBe(sha384(bytes))
          expect((await collected(blobs.read(stored))).equals(bytes)).toBe(true)
        },
      ),
      runs(30),
    )
  })

  test('[BLOB-4] a source that breaks off leaves nothing', async () => {
    await expect(blobs.write(breakingOff(cut(large, 100_000)))).rejects.toThrow('the connection broke')
    expect(files()).toEqual([])
  })

  test('[BLOB-10] files are readable by their owner alone', async () => {
    await blobs.write([large])
    if (process.platform !== 'win32') expect(statSync(files()[0] ?? '').mode & 0o077).toBe(0)
  })
})

describe('reading', () => {
  test('[BLOB-8] any range, of a file and of a row', async () => {
    const stored = [await blobs.write([large]), await blobs.write([small])] as const
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...stored), fc.nat(), fc.nat(), async (blob, a, b) => {
        const from = Math.min(a % (blob.sizeBytes + 1), b % (blob.sizeBytes + 1))
        const to = Math.max(a % (blob.sizeBytes + 1), b % (blob.sizeBytes + 1))
        expect((await collected(blobs.read(blob, from, to))).equals(large.subarray(from, to))).toBe(true)
      }),
      runs(100),
    )
    for (const [from, to] of [
      [-1, 5],
      [5, 4],
      [0, large.length + 1],
      [Number.NaN, 5],
    ]) {
      expect(() => blobs.read(stored[0], from, to)).toThrow(
        expect.objectContaining({ code: 'blob_range_invalid' }) as Error,
      )
    }
  })

  test('[BLOB-8] a file that is missing or too short is an error, not an early end', async () => {
    const stored = await blobs.write([large])
    truncateSync(files()[0] ?? '', 300_000)
    expect(await rejectedCode(collected(blobs.read(stored)))).toBe('blob_broken')
    await blobs.remove(stored.digest)
    await blobs.remove(stored.digest)
    expect(await rejectedCode(collected(blobs.read(stored)))).toBe('blob_missing')
  })
})

describe('arriving', () => {
  const digest = sha384(large)

  test('[BLOB-5] resumes where it broke off, and becomes a blob when whole', async () => {
    const first = cut(large, 100_000).slice(0, 3)
    const broken = blobs.appendPart(digest, 0, breakingOff(first), large.length)
    await expect(broken).rejects.toThrow('the connection broke')
    expect(await blobs.partSizeBytes(digest)).toBe(300_000)
    expect(await rejectedCode(blobs.completePart(digest, large.length))).toBe('blob_incomplete')
    const again = await openBlobFolder(folder, seededRandom('after a restart'))
    expect(await again.partSizeBytes(digest)).toBe(300_000)
    const rest = cut(large.subarray(300_000), 7_777)
    expect(await again.appendPart(digest, 300_000, rest, large.length)).toBe(large.length)
    const stored = await again.completePart(digest, large.length)
    expect(stored).toEqual({ digest, sizeBytes: large.length, bytes: null })
    expect((await collected(again.read(stored))).equals(large)).toBe(true)
    expect(await again.partSizeBytes(digest)).toBe(0)
  })

  test('[BLOB-5] a small and an empty one arrive as bytes', async () => {
    for (const bytes of [small, Buffer.alloc(0)]) {
      await blobs.appendPart(sha384(bytes), 0, [bytes], bytes.length)
      const stored = await blobs.completePart(sha384(bytes), bytes.length)
      expect(Buffer.from(stored.bytes ?? 'none').equals(bytes)).toBe(true)
    }
    expect(files()).toEqual([])
  })

  test('[BLOB-5] another offset is answered with the right one and changes nothing', async () => {
    await blobs.appendPart(digest, 0, [large.subarray(0, 1000)], large.length)
    for (const offset of [0, 999, 1001]) {
      const appending = blobs.appendPart(digest, offset, [large], large.length)
      await expect(appending).rejects.toMatchObject({ code: 'blob_offset_differs', resumeAtByte: 1000 })
    }
    expect(await blobs.partSizeBytes(digest)).toBe(1000)
  })

  test('[BLOB-6] other bytes than the digest names are deleted', async () => {
    const altered = Buffer.from(large)
    altered[650_000] = (altered[650_000] ?? 0) ^ 1
    await blobs.appendPart(digest, 0, [altered], large.length)
    expect(await rejectedCode(blobs.completePart(digest, large.length))).toBe('blob_digest_differs')
    expect(files()).toEqual([])
  })

  test('[BLOB-7] a partner that sends more than it declared loses the part', async () => {
    async function* endless(): AsyncGenerator<Buffer> {
      for (;;) yield large
    }
    expect(await rejectedCode(blobs.appendPart(digest, 0, endless(), large.length))).toBe('blob_size_differs')
    expect(files()).toEqual([])
  })

  test('[BLOB-7] a size beyond the limit is refused before a byte is read', async () => {
    const untouched = breakingOff([])
    for (const sizeBytes of [BLOB_SIZE_BYTES_MAX + 1, -1, 0.5, Number.NaN, Infinity]) {
      expect(await rejectedCode(blobs.appendPart(digest, 0, untouched, sizeBytes))).toBe('blob_too_large')
    }
    expect(files()).toEqual([])
  })

  test('[BLOB-5] a second writer to the same part is refused while the first goes on', async () => {
    const chunks = cut(large, 100_000)
    let isWriting = (): void => {}
    let goOn = (): void => {}
    const writing = new Promise<void>((resolve) => (isWriting = resolve))
    const released = new Promise<void>((resolve) => (goOn = resolve))
    async function* slow(): AsyncGenerator<Buffer> {
      isWriting()
      await released
      yield* chunks
    }
    const first = blobs.appendPart(digest, 0, slow(), large.length)
    await writing
    expect(await rejectedCode(blobs.appendPart(digest, 0, chunks, large.length))).toBe('blob_busy')
    expect(await rejectedCode(blobs.completePart(digest, large.length))).toBe('blob_busy')
    goOn()
    expect(await first).toBe(large.length)
  })

  test.runIf(existsSync('/dev/full'))(
    '[BLOB-11] a full disk is reported as such, and nothing is registered',
    async () => {
      symlinkSync('/dev/full', join(folder, 'incoming', `${digest.slice(7)}.part`))
      const appending = blobs.appendPart(digest, 0, [large], large.length)
      await expect(appending).rejects.toMatchObject({ name: 'DatabaseError', code: 'disk_full' })
      expect(files()).toEqual([])
    },
  )

  test('[BLOB-12] nothing but the hex of a digest becomes a path', async () => {
    const names = [
      '../../etc/passwd',
      'sha384:../../x',
      `sha384:${'A'.repeat(96)}`,
      `sha384:${'a'.repeat(95)}/`,
      '',
    ]
    for (const name of names as Sha384[]) {
      const appending = (async () => blobs.appendPart(name, 0, [small], small.length))()
      expect(await rejectedCode(appending)).toBe('blob_missing')
      expect(await rejectedCode((async () => blobs.remove(name))())).toBe('blob_missing')
    }
    expect(files()).toEqual([])
  })
})

describe('rows', () => {
  test('[BLOB-2] a registered blob is found and read, and registering twice changes nothing', async () => {
    const database = await openTestDatabase()
    for (const bytes of [small, large, Buffer.alloc(0)]) {
      const stored = await blobs.write([bytes])
      expect(await findBlob(database.query, stored.digest)).toBeNull()
      await database.transact(async (tx) => {
        await insertBlobs(tx, [stored], 1000)
        await insertBlobs(tx, [{ ...stored, sizeBytes: 7 }], 2000)
      })
      const found = await findBlob(database.query, stored.digest)
      expect(found?.sizeBytes).toBe(bytes.length)
      if (found !== null) expect((await collected(blobs.read(found))).equals(bytes)).toBe(true)
    }
    await database.close()
  })

  test('[BLOB-3] an act that fails registers nothing, and the next start sweeps its file', async () => {
    const database = await openTestDatabase()
    const kept = await blobs.write([large])
    await database.transact((tx) => insertBlobs(tx, [kept], 1000))
    const lost = await blobs.write([large, small])
    const failing = database.transact(async (tx) => {
      await insertBlobs(tx, [lost], 1000)
      throw new Error('the act failed')
    })
    await expect(failing).rejects.toThrow('the act failed')
    expect(await hasBlob(database.query, lost.digest)).toBe(false)
    const wanted = sha384(Buffer.from('wanted'))
    await blobs.appendPart(wanted, 0, [small.subarray(0, 10)], 1000)
    await blobs.appendPart(sha384(Buffer.from('unwanted')), 0, [small], 1_000_000)
    writeFileSync(join(folder, 'incoming', '00.tmp'), 'left by a crash')
    const again = await openBlobFolder(folder, seededRandom('next start'))
    await again.sweep(
      (digest) => hasBlob(database.query, digest),
      async (digest) => digest === wanted,
    )
    const left = files().map((path) => path.split(/[\\/]/).at(-1))
    expect(new Set(left)).toEqual(new Set([kept.digest.slice(7), `${wanted.slice(7)}.part`]))
    await database.close()
  })

  test('[BLOB-9] deleting takes the row in the act and the file after it', async () => {
    const database = await openTestDatabase()
    const stored = await blobs.write([large])
    await database.transact((tx) => insertBlobs(tx, [stored], 1000))
    expect(await database.transact((tx) => deleteBlob(tx, stored.digest))).toBe(true)
    expect(readFileSync(files()[0] ?? '').length).toBe(large.length)
    await blobs.remove(stored.digest)
    expect(files()).toEqual([])
    expect(await database.transact((tx) => deleteBlob(tx, stored.digest))).toBe(false)
    await database.close()
  })
})
