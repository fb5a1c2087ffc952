/** Bundles: one reader for any chunking, every size checked before it is used (BUNDLE-1 to BUNDLE-6). */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  NETWORK_LIMITS,
  byteReader,
  encodeBlobHead,
  encodeBundleHead,
  readBlobs,
  readBundleHead,
} from './bundle.ts'
import { sha384 } from '../digest.ts'
import { Malformed } from '../json.ts'

interface BundleCase {
  readonly name: string
  readonly base64: string
  readonly code: string | null
}

const file = new URL('../../../../spec/vectors/bundle/bundles.json', import.meta.url)
const cases = JSON.parse(readFileSync(file, 'utf8')) as BundleCase[]
const CONTENT_SIZE_BYTES_MAX = 65_536

async function* cut(bytes: Uint8Array, edges: readonly number[]): AsyncGenerator<Uint8Array> {
  const offsets = [0, ...edges.map((edge) => edge % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  for (const [index, offset] of offsets.entries()) yield bytes.subarray(offsets[index - 1] ?? 0, offset)
}

async function read(bytes: Uint8Array, edges: readonly number[] = []) {
  const reader = byteReader(cut(bytes, edges))
  const head = await readBundleHead(reader, NETWORK_LIMITS)
  const blobs: { digest: string; bytes: Buffer }[] = []
  for await (const blob of readBlobs(reader, head.header, CONTENT_SIZE_BYTES_MAX)) {
    blobs.push({ digest: blob.digest, bytes: Buffer.concat(await Array.fromAsync(blob.chunks)) })
  }
  return { ...head, entries: head.entries.map((entry) => Buffer.from(entry).toString('hex')), blobs }
}

const codeOf = async (bytes: Uint8Array): Promise<string | null> => {
  try {
    await read(bytes)
    return null
  } catch (error) {
    if (error instanceof Malformed) return error.code
    throw error
  }
}

describe('vectors', () => {
  it.each(cases)('[BUNDLE-1] $name', async ({ base64, code }) => {
    expect(await codeOf(Buffer.from(base64, 'base64'))).toBe(code)
  })
})

const whole = Buffer.from(cases[0]!.base64, 'base64')

test('[BUNDLE-6] any chunking reads the same, byte by byte too', async () => {
  const expected = await read(whole)
  expect(expected.blobs[0]!.digest).toBe(sha384(expected.blobs[0]!.bytes))
  expect(
    await read(
      whole,
      Array.from({ length: whole.length }, (_, at) => at),
    ),
  ).toEqual(expected)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(10_000), { maxLength: 12 }), async (edges) => {
      expect(await read(whole, edges)).toEqual(expected)
    }),
  )
})

test('[BUNDLE-1] a bundle round-trips', async () => {
  const entry = fc.uint8Array({ minLength: 1, maxLength: 300 })
  const content = fc.uint8Array({ maxLength: 300 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(entry, { maxLength: 5 }),
      fc.array(content, { maxLength: 3 }),
      fc.nat(),
      async (entries, contents, first) => {
        const header = { from: 'JP', to: 'KR', first, count: entries.length, blobs: contents.length }
        const notes = { checkpoint: Buffer.from('c'), acknowledgement: Buffer.from('') }
        const parts = contents.flatMap((bytes) => [encodeBlobHead(sha384(bytes), bytes.length), bytes])
        const got = await read(Buffer.concat([encodeBundleHead({ header, ...notes, entries }), ...parts]))
        expect(got.header).toEqual(header)
        expect(got.entries).toEqual(entries.map((bytes) => Buffer.from(bytes).toString('hex')))
        expect(got.blobs.map(({ bytes }) => bytes)).toEqual(contents.map((bytes) => Buffer.from(bytes)))
      },
    ),
  )
})

test('[BUNDLE-1] every truncation is refused with a code', async () => {
  for (let size = 0; size < whole.length; size += 1) {
    expect(await codeOf(whole.subarray(0, size)), `${size}`).toBe('truncated')
  }
})
