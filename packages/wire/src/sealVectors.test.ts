/** The published vectors of the seal, usable from any language, and Wycheproof's for its three algorithms. */

import { createDecipheriv, createPrivateKey, createPublicKey, decapsulate, diffieHellman } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { decodeHex, encodeBase64, encodeHex, sha384 } from './digest.ts'
import type { Sha384 } from './digest.ts'
import { createMediaOpener, createMediaSealer } from './mediaSeal.ts'
import { openManifest } from './seal.ts'
import { exportKasPrivate, generateKasKeys, importKasPrivate, unwrapOwn, wrapOwn } from './sealKey.ts'
import { saltOf } from './sealMetadata.ts'
import { contentCommitment, createOpener } from './sealStream.ts'
import type { ByteTransform } from './sealStream.ts'
import { seededRandom, TEST_LABEL, testSeal, thrownCode } from './testSeal.ts'

const FOLDER = new URL('../../../spec/vectors/seal/', import.meta.url)

interface ValidVector {
  readonly name: string
  readonly contentSizeBytes: number
  readonly kasPrivate: string
  readonly label: Sha384
  readonly manifest: string
  /** Null where it is large: it follows from DEK, IVs and content. */
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
])('[SEAL-1] the committed %s is what the code writes for the fixed seeds', async (name, make) => {
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
    const act = (): void => {
      const keys = importKasPrivate(vector.kasPrivate)
      const { dek, table, metadata } = openManifest(vector.manifest, [keys], vector.label)
      run(createOpener({ dek, table, salt: saltOf(metadata) }), Buffer.from(vector.payload, 'base64'))
    }
    expect(thrownCode(act)).toBe(vector.code)
  })

  test('[SEAL-40] media', () => {
    const { kasPrivate, envelope, contentSizeBytes, file } = read<ReturnType<typeof makeMedia>>('media.json')
    const opener = createMediaOpener([importKasPrivate(kasPrivate)])
    expect(run(opener, Buffer.from(file, 'base64')).equals(contentOf(contentSizeBytes))).toBe(true)
    expect(opener.envelope()).toEqual(envelope)
  })
})

describe('Wycheproof', () => {
  interface AesTest {
    readonly tcId: number
    readonly key: string
    readonly iv: string
    readonly aad: string
    readonly msg: string
    readonly ct: string
    readonly tag: string
    readonly result: 'valid' | 'invalid'
  }
  const attempt = (act: () => string): string => {
    try {
      return act()
    } catch {
      return 'refused'
    }
  }
  const raw = (text: string): Buffer => Buffer.from(decodeHex(text))

  test('[SEAL-15] AES-256-GCM', () => {
    const { tests } = read<{ tests: AesTest[] }>('wycheproof/aes-256-gcm.json')
    expect(tests.length).toBe(66)
    const opened = tests.map(({ key, iv, aad, ct, tag }) =>
      attempt(() => {
        const decipher = createDecipheriv('aes-256-gcm', raw(key), raw(iv), { authTagLength: 16 })
        decipher.setAAD(raw(aad)).setAuthTag(raw(tag))
        return encodeHex(Buffer.concat([decipher.update(raw(ct)), decipher.final()]))
      }),
    )
    expect(opened).toEqual(tests.map(({ msg, result }) => (result === 'valid' ? msg : 'refused')))
  })

  test('[SEAL-2] ML-KEM-1024 decapsulation', () => {
    type KemTest = { readonly seed: string; readonly c?: string; readonly K?: string }
    const { tests } = read<{ tests: KemTest[] }>('wycheproof/ml-kem-1024.json')
    expect(tests.length).toBe(80)
    const shared = tests.map(({ seed, c }) =>
      attempt(() => {
        const format = { format: 'raw-seed', asymmetricKeyType: 'ml-kem-1024' } as const
        const key = createPrivateKey({ key: raw(seed), ...format })
        return encodeHex(decapsulate(key, raw(c ?? '')))
      }),
    )
    expect(shared).toEqual(tests.map(({ K }) => K ?? 'refused'))
  })

  test('[SEAL-7] X25519, of which a zero shared secret is refused', () => {
    type Hex = Readonly<Record<'public' | 'private' | 'shared', string>>
    type XTest = Hex & { readonly zeroShared: boolean }
    const { tests } = read<{ tests: XTest[] }>('wycheproof/x25519.json')
    expect(tests.length).toBe(518)
    const shared = tests.map((vector) =>
      attempt(() => {
        const type = { asymmetricKeyType: 'x25519' } as const
        const privateKey = createPrivateKey({ key: raw(vector.private), format: 'raw-private', ...type })
        const publicKey = createPublicKey({ key: raw(vector.public), format: 'raw-public', ...type })
        return encodeHex(diffieHellman({ privateKey, publicKey }))
      }),
    )
    expect(shared).toEqual(
      tests.map(({ shared: expected, zeroShared }) => (zeroShared ? 'refused' : expected)),
    )
  })
})
