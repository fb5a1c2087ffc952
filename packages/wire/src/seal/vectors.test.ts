/** The vectors of the seal, usable from any language, and published test cases of its algorithms. */

import { createDecipheriv, createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { decodeHex, encodeBase64, encodeHex, sha384 } from '../digest.ts'
import type { Sha384 } from '../digest.ts'
import { createMediaOpener, createMediaSealer } from './media.ts'
import { openManifest } from './manifest.ts'
import { exportKasPrivate, generateKasKeys, importKasPrivate, unwrapOwn, wrapOwn } from './key.ts'
import { saltOf } from './metadata.ts'
import { contentCommitment, createOpener } from './stream.ts'
import type { ByteTransform } from './stream.ts'
import { seededRandom, TEST_LABEL, testSeal, thrownCode } from './testSeal.ts'

const FOLDER = new URL('../../../../spec/vectors/seal/', import.meta.url)

interface ValidVector {
  readonly name: string
  readonly contentSizeBytes: number
  readonly kasPrivate: string
  readonly label: Sha384
  readonly manifest: string
  /** Null if it is large: DEK, IVs and content determine it. */
  readonly payload: string | null
  readonly payloadDigest: Sha384
  readonly ivs: readonly string[]
  readonly dek: string
  readonly metadataText: string
  readonly commitment: Sha384
  readonly own: { readonly purpose: string; readonly wrapped: string }
}

interface InvalidVector {
  readonly name: string
  readonly kasPrivate: string
  readonly label: Sha384
  readonly manifest: string
  readonly payload: string
  readonly code: string
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))
}

/** The content of every vector: byte number i is i mod 251. */
function contentOf(sizeBytes: number): Buffer {
  return Buffer.from(Uint8Array.from({ length: sizeBytes }, (_, index) => index % 251))
}

function run(transform: ByteTransform, input: Uint8Array): Buffer {
  return Buffer.concat([...transform.push(input), ...transform.finish()])
}

function makeValid(): ValidVector[] {
  const sizes = {
    empty: 0,
    'one byte': 1,
    'one short segment': 1000,
    'three segments': 2 * 1024 * 1024 + 5,
  }
  return Object.entries(sizes).map(([name, contentSizeBytes]) => {
    const { dek, keys, manifest, metadataText, payload, sealed } = testSeal(contentOf(contentSizeBytes), name)
    const segmentBytes = sealed.table.segmentSizeBytes + 28
    const count = sealed.table.tags.length / 16
    const ivAt = (index: number) => payload.subarray(index * segmentBytes, index * segmentBytes + 12)
    const purpose = `content ${name}`
    return {
      name,
      contentSizeBytes,
      kasPrivate: exportKasPrivate(keys),
      label: TEST_LABEL,
      manifest,
      payload: payload.length < 5000 ? encodeBase64(payload) : null,
      payloadDigest: sealed.payloadDigest,
      ivs: Array.from({ length: count }, (_, index) => encodeHex(ivAt(index))),
      dek: encodeHex(dek),
      metadataText,
      commitment: contentCommitment(metadataText, sealed.contentDigest),
      own: { purpose, wrapped: wrapOwn(dek, keys.public, purpose, seededRandom(purpose)) },
    }
  })
}

function makeInvalid(): InvalidVector[] {
  const { keys, manifest, payload } = testSeal(contentOf(300), 'invalid')
  const other = testSeal(contentOf(300), 'another')
  const good = {
    kasPrivate: exportKasPrivate(keys),
    label: TEST_LABEL,
    manifest,
    payload: encodeBase64(payload),
  }
  const withPart = (path: readonly (string | number)[]): string => {
    const mine = JSON.parse(manifest)
    const last = path.at(-1) ?? ''
    const parent = (root: unknown) => path.slice(0, -1).reduce((at, key) => (at as never)[key], root) as never
    ;(parent(mine) as Record<string | number, unknown>)[last] = parent(JSON.parse(other.manifest))[last]
    return JSON.stringify(mine)
  }
  const access = ['encryptionInformation', 'keyAccess', 0]
  const integrity = ['encryptionInformation', 'integrityInformation']
  const flipped = Buffer.from(payload)
  flipped[100] = (flipped[100] ?? 0) ^ 1
  const label = sha384(Buffer.from('another label'))
  const stranger = exportKasPrivate(generateKasKeys('x25519', seededRandom('stranger')))
  const withManifest = (name: string, altered: string, code: string) => ({
    name,
    ...good,
    manifest: altered,
    code,
  })
  const withPayload = (name: string, altered: Uint8Array, code: string) => ({
    name,
    ...good,
    payload: encodeBase64(altered),
    code,
  })
  const malformed = 'seal_manifest_malformed'
  return [
    { name: 'another recipient', ...good, kasPrivate: stranger, code: 'seal_not_recipient' },
    { name: 'another label', ...good, label, code: 'seal_label_mismatch' },
    withManifest('manifest swapped', other.manifest, 'seal_not_recipient'),
    withManifest('policy swapped', withPart(['encryptionInformation', 'policy']), 'seal_key_refused'),
    withManifest('wrapped key swapped', withPart([...access, 'wrappedKey']), 'seal_key_refused'),
    withManifest('binding swapped', withPart([...access, 'policyBinding']), 'seal_policy_altered'),
    withManifest('metadata swapped', withPart([...access, 'encryptedMetadata']), 'seal_metadata_altered'),
    withManifest('segments swapped', withPart([...integrity, 'segments']), 'seal_table_altered'),
    withManifest('root signature swapped', withPart([...integrity, 'rootSignature']), 'seal_table_altered'),
    withManifest('white space', `${manifest} `, malformed),
    withManifest('another version', manifest.replace('4.3.0', '4.2.2'), malformed),
    withPayload('payload swapped', other.payload, 'seal_segment_altered'),
    withPayload('payload bit flipped', flipped, 'seal_segment_altered'),
    withPayload('payload truncated', payload.subarray(0, -1), 'seal_truncated'),
    withPayload('payload extended', Buffer.concat([payload, payload]), 'seal_excess'),
  ]
}

function makeMedia() {
  const keys = generateKasKeys('x25519', seededRandom('media'))
  const envelope = { from: 'EXERCISE sender', to: 'EXERCISE receiver', control: 'JP-KR-2026-000001' }
  const sealer = createMediaSealer({ envelope, recipient: keys.public, random: seededRandom('media file') })
  const file = encodeBase64(run(sealer, contentOf(500)))
  return { kasPrivate: exportKasPrivate(keys), envelope, contentSizeBytes: 500, file }
}

test.each([
  ['valid.json', makeValid],
  ['invalid.json', makeInvalid],
  ['media.json', makeMedia],
])('[SEAL-1] the committed %s is what the code writes for fixed seeds', async (name, make) => {
  const text = `${JSON.stringify(make(), null, 1)}\n`
  await expect(text).toMatchFileSnapshot(fileURLToPath(new URL(name, FOLDER)))
})

describe('our own', () => {
  test.each(read<ValidVector[]>('valid.json'))('[SEAL-30] valid: $name', (vector) => {
    const keys = importKasPrivate(vector.kasPrivate)
    const { dek, table, metadata, metadataText } = openManifest(vector.manifest, [keys], vector.label)
    expect(encodeHex(dek)).toBe(vector.dek)
    expect(metadataText).toBe(vector.metadataText)
    expect(encodeHex(unwrapOwn(vector.own.wrapped, keys, vector.own.purpose))).toBe(vector.dek)
    if (vector.payload === null) return
    const payload = Buffer.from(vector.payload, 'base64')
    expect(sha384(payload)).toBe(vector.payloadDigest)
    const opener = createOpener({ dek, table, salt: saltOf(metadata) })
    expect(run(opener, payload).equals(contentOf(vector.contentSizeBytes))).toBe(true)
    expect(contentCommitment(metadataText, opener.contentDigest())).toBe(vector.commitment)
  })

  test.each(read<InvalidVector[]>('invalid.json'))('[SEAL-33] invalid: $name', (vector) => {
    const open = (): void => {
      const keys = importKasPrivate(vector.kasPrivate)
      const { dek, table, metadata } = openManifest(vector.manifest, [keys], vector.label)
      run(createOpener({ dek, table, salt: saltOf(metadata) }), Buffer.from(vector.payload, 'base64'))
    }
    expect(thrownCode(open)).toBe(vector.code)
  })

  test('[SEAL-40] media', () => {
    const { kasPrivate, envelope, contentSizeBytes, file } = read<ReturnType<typeof makeMedia>>('media.json')
    const opener = createMediaOpener([importKasPrivate(kasPrivate)])
    expect(run(opener, Buffer.from(file, 'base64')).equals(contentOf(contentSizeBytes))).toBe(true)
    expect(opener.envelope()).toEqual(envelope)
  })
})

describe('published test cases', () => {
  const raw = (text: string): Buffer => Buffer.from(decodeHex(text))

  test('[SEAL-15] AES-256-GCM, test cases 13 and 14 of McGrew and Viega', () => {
    const cases = [
      { message: '', sealed: '', tag: '530f8afbc74536b9a963b4f1c4cb738b' },
      {
        message: '00'.repeat(16),
        sealed: 'cea7403d4d606b6e074ec5d3baf39d18',
        tag: 'd0d1c8a799996bf0265b98b5d48ab919',
      },
    ]
    for (const { message, sealed, tag } of cases) {
      const decipher = createDecipheriv('aes-256-gcm', raw('00'.repeat(32)), raw('00'.repeat(12)))
      decipher.setAuthTag(raw(tag))
      expect(encodeHex(Buffer.concat([decipher.update(raw(sealed)), decipher.final()]))).toBe(message)
    }
  })

  const agree = (secret: string, theirs: string): string => {
    const type = { asymmetricKeyType: 'x25519' } as const
    const privateKey = createPrivateKey({ key: raw(secret), format: 'raw-private', ...type })
    const publicKey = createPublicKey({ key: raw(theirs), format: 'raw-public', ...type })
    return encodeHex(diffieHellman({ privateKey, publicKey }))
  }

  test('[SEAL-2] X25519, RFC 7748 section 6.1', () => {
    const bob = '5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb'
    const alicePublic = '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a'
    const shared = '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742'
    expect(agree(bob, alicePublic)).toBe(shared)
  })

  test('[SEAL-7] X25519 refuses a point of small order, whose shared secret would be zero', () => {
    const secret = '5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb'
    expect(() => agree(secret, '00'.repeat(32))).toThrow(/deriv/)
    expect(() => agree(secret, `01${'00'.repeat(31)}`)).toThrow(/deriv/)
  })
})
