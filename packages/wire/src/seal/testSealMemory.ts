/**
 * The process that the memory test measures: seals content into a file, opens it, does the same for removable
 * media, and prints the peak growth of its memory. Argument: the size in MiB.
 */

import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createMediaOpener, createMediaSealer } from './media.ts'
import { generateKasKeys } from './key.ts'
import { createOpener, createSealer, transformed } from './stream.ts'
import { seededRandom } from './testSeal.ts'

const MEBIBYTE = 1024 * 1024
const CHUNK_SIZE_BYTES = 64 * 1024
const contentSizeBytes = Number(process.argv[2]) * MEBIBYTE
const folder = mkdtempSync(join(tmpdir(), 'entente-seal-memory-'))
const random = seededRandom('memory')

// Read before any content exists, so that everything after it counts, including the test's own chunks.
const rssBeforeBytes = process.memoryUsage().rss
const arrayBuffersBeforeBytes = process.memoryUsage().arrayBuffers
let arrayBuffersPeakBytes = 0
/** One buffer, refilled for every chunk: a sealer is done with a chunk when `push` returns. */
const chunk = Buffer.alloc(CHUNK_SIZE_BYTES)
function* content(): Generator<Uint8Array> {
  for (let at = 0; at < contentSizeBytes; at += CHUNK_SIZE_BYTES) {
    chunk.fill(at / CHUNK_SIZE_BYTES)
    arrayBuffersPeakBytes = Math.max(arrayBuffersPeakBytes, process.memoryUsage().arrayBuffers)
    yield chunk
  }
}

async function digestOf(source: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha384')
  for await (const bytes of source) {
    hash.update(bytes)
    arrayBuffersPeakBytes = Math.max(arrayBuffersPeakBytes, process.memoryUsage().arrayBuffers)
  }
  return hash.digest('hex')
}

const expectedDigest = createHash('sha384')
for (const bytes of content()) expectedDigest.update(bytes)
const expected = expectedDigest.digest('hex')
const dek = random(32)
const payload = join(folder, 'payload')
const sealer = createSealer({ dek, random, contentSizeBytes })
const startedAt = performance.now()
await pipeline(transformed(content(), sealer), createWriteStream(payload))
const sealedAt = performance.now()
const { table, salt } = sealer.sealed()
const opened = await digestOf(transformed(createReadStream(payload), createOpener({ dek, table, salt })))
const openedAt = performance.now()

const media = join(folder, 'media')
const keys = generateKasKeys('x25519+ml-kem-1024', random)
const envelope = { from: 'A', to: 'B', control: '1' }
const mediaSealer = createMediaSealer({ envelope, recipient: keys.public, random })
await pipeline(transformed(content(), mediaSealer), createWriteStream(media))
const mediaOpened = await digestOf(transformed(createReadStream(media), createMediaOpener([keys])))

rmSync(folder, { recursive: true })
const report = {
  isWhole: opened === expected && mediaOpened === expected,
  segments: table.tags.length / 16,
  // The kernel's high-water mark, which misses nothing between two samples.
  rssGrowthMebibytes: Math.round((process.resourceUsage().maxRSS * 1024 - rssBeforeBytes) / MEBIBYTE),
  arrayBuffersGrowthMebibytes: Math.round((arrayBuffersPeakBytes - arrayBuffersBeforeBytes) / MEBIBYTE),
  sealMebibytesPerSecond: Math.round((contentSizeBytes / MEBIBYTE / (sealedAt - startedAt)) * 1000),
  openMebibytesPerSecond: Math.round((contentSizeBytes / MEBIBYTE / (openedAt - sealedAt)) * 1000),
}
process.stdout.write(`${JSON.stringify(report)}\n`)
