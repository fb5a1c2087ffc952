/** Seeded randomness and ready-made seals. Only for tests. */

import { createHash } from 'node:crypto'
import { encodeBase64, sha384 } from '../digest.ts'
import { buildManifest } from './manifest.ts'
import { generateKasKeys } from './key.ts'
import type { KasPrivateKey, KasSuite, Random } from './key.ts'
import { sealMetadata, sealMetadataText } from './metadata.ts'
import { createSealer } from './stream.ts'
import type { SealedContent } from './stream.ts'

/** A deterministic byte stream: SHA-256 over seed and block number. */
export function seededRandom(seed: string): Random {
  let block = 0
  let rest = Buffer.alloc(0)
  return (sizeBytes) => {
    const blocks = [rest]
    for (let held = rest.length; held < sizeBytes; held += 32, block += 1) {
      blocks.push(createHash('sha256').update(`${seed}/${block}`).digest())
    }
    const drawn = Buffer.concat(blocks)
    rest = drawn.subarray(sizeBytes)
    return Uint8Array.from(drawn.subarray(0, sizeBytes))
  }
}

export const TEST_LABEL = sha384(Buffer.from('EXERCISE label'))
export const TEST_URL = 'https://kr.entente.example/kas'

export interface TestSeal {
  readonly dek: Uint8Array
  readonly keys: KasPrivateKey
  readonly payload: Buffer
  readonly sealed: SealedContent
  readonly metadataText: string
  readonly manifest: string
}

/** Seals `content` for one recipient; the same seed gives the same bytes in the suite `x25519`. */
export function testSeal(content: Uint8Array, seed: string, suite: KasSuite = 'x25519'): TestSeal {
  const random = seededRandom(seed)
  const keys = generateKasKeys(suite, random)
  const dek = random(32)
  const sealer = createSealer({ dek, random, contentSizeBytes: content.length })
  const payload = Buffer.concat([...sealer.push(content), ...sealer.finish()])
  const sealed = sealer.sealed()
  const metadataText = sealMetadataText({
    v: 1,
    title: 'EXERCISE: launch of 13 April',
    fileName: 'report 1.pdf',
    mediaType: 'application/pdf',
    note: '훈련 / 演習',
    salt: encodeBase64(sealed.salt),
  })
  const manifest = buildManifest({
    dek,
    table: sealed.table,
    metadataSealed: sealMetadata(dek, metadataText, random),
    labelDigest: TEST_LABEL,
    recipients: [{ key: keys.public, url: TEST_URL }],
    random,
  })
  return { dek, keys, payload, sealed, metadataText, manifest }
}

/** The code of the error that `run` throws. Throws if there is no error, or one without a code. */
export function thrownCode(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code)
    throw error
  }
  throw new Error('nothing was thrown')
}
