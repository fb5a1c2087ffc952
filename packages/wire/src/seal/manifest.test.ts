/** The manifest: who it opens for, what it binds, and that no byte of it may change. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeBase64, sha384 } from '../digest.ts'
import { buildManifest, MANIFEST_SIZE_BYTES_MAX, openManifest, parseManifest } from './manifest.ts'
import { SEAL_ERROR_CODES } from './error.ts'
import { generateKasKeys } from './key.ts'
import { METADATA_SIZE_BYTES_MAX, openMetadata, sealMetadata, sealMetadataText } from './metadata.ts'
import { rootSignatureOver, SEGMENT_SIZE_BYTES_MAX } from './table.ts'
import { seededRandom, TEST_LABEL, TEST_URL, testSeal, thrownCode } from './testSeal.ts'
import { runs } from '../testProperties.ts'

const content = Buffer.from('EXERCISE EXERCISE EXERCISE: one object, one direction')
const seal = testSeal(content, 'manifest')

describe('opening', () => {
  test.each(['x25519', 'x25519+ml-kem-1024'] as const)('[SEAL-30] the recipient opens: %s', (suite) => {
    const { manifest, keys, dek, metadataText, sealed } = testSeal(content, 'opens', suite)
    const opened = openManifest(manifest, [keys], TEST_LABEL)
    expect(Buffer.from(opened.dek)).toEqual(Buffer.from(dek))
    expect(opened.metadataText).toBe(metadataText)
    expect(opened.metadata.note).toBe('훈련 / 演習')
    expect(opened.table.contentSizeBytes).toBe(sealed.table.contentSizeBytes)
  })

  test('[SEAL-22] title, file name, media type and note appear nowhere outside the seal', () => {
    const decodedOnce = seal.manifest.replaceAll(/"([A-Za-z0-9+/]{8,}=*)"/g, (_, text: string) =>
      Buffer.from(text, 'base64').toString('utf8'),
    )
    for (const word of ['EXERCISE', 'report', 'pdf', '훈련', 'launch']) {
      expect(seal.manifest).not.toContain(word)
      expect(decodedOnce).not.toContain(word)
    }
  })

  test('[SEAL-31] another key, another label', () => {
    const other = generateKasKeys('x25519', seededRandom('other'))
    expect(thrownCode(() => openManifest(seal.manifest, [other], TEST_LABEL))).toBe('seal_not_recipient')
    expect(thrownCode(() => openManifest(seal.manifest, [], TEST_LABEL))).toBe('seal_not_recipient')
    const label = sha384(Buffer.from('another label'))
    expect(thrownCode(() => openManifest(seal.manifest, [seal.keys], label))).toBe('seal_label_mismatch')
  })

  test('[SEAL-31] a key with a forged kid is refused', () => {
    const other = generateKasKeys('x25519', seededRandom('impostor'))
    const impostor = { ...other, public: { ...other.public, kid: seal.keys.public.kid } }
    expect(thrownCode(() => openManifest(seal.manifest, [impostor], TEST_LABEL))).toBe('seal_key_refused')
  })

  test('[SEAL-32] a second recipient is added from what was kept, and an old key still opens', () => {
    const random = seededRandom('second')
    const second = generateKasKeys('x25519+ml-kem-1024', random)
    const manifest = buildManifest({
      dek: seal.dek,
      table: seal.sealed.table,
      metadataSealed: sealMetadata(seal.dek, seal.metadataText, random),
      labelDigest: TEST_LABEL,
      recipients: [seal.keys, second].map((keys) => ({ key: keys.public, url: TEST_URL })),
      random,
    })
    for (const keys of [[seal.keys], [second], [generateKasKeys('x25519', random), second]]) {
      expect(openManifest(manifest, keys, TEST_LABEL).metadataText).toBe(seal.metadataText)
    }
  })
})

describe('alteration', () => {
  test('[SEAL-33] any single byte change of the manifest fails with a code', () => {
    const codes = new Set<string>()
    fc.assert(
      fc.property(fc.nat(seal.manifest.length - 1), fc.integer({ min: 0x20, max: 0x7e }), (at, code) => {
        fc.pre(seal.manifest.charCodeAt(at) !== code)
        const altered = seal.manifest.slice(0, at) + String.fromCharCode(code) + seal.manifest.slice(at + 1)
        codes.add(thrownCode(() => openManifest(altered, [seal.keys], TEST_LABEL)))
      }),
      runs(3_000),
    )
    expect([...codes].filter((code) => !(SEAL_ERROR_CODES as readonly string[]).includes(code))).toEqual([])
    expect(codes.size).toBeGreaterThanOrEqual(4)
  })

  test('[SEAL-33] one bit at every position of the manifest', () => {
    for (let at = 0; at < seal.manifest.length; at += 1) {
      const flipped = String.fromCharCode(seal.manifest.charCodeAt(at) ^ 1)
      const altered = seal.manifest.slice(0, at) + flipped + seal.manifest.slice(at + 1)
      const code = thrownCode(() => openManifest(altered, [seal.keys], TEST_LABEL))
      expect(SEAL_ERROR_CODES).toContain(code)
    }
  })

  test('[SEAL-34] a policy that names another label opens for neither label', () => {
    const lower = sha384(Buffer.from('a lower label'))
    const manifest = JSON.parse(seal.manifest)
    const policy = Buffer.from(manifest.encryptionInformation.policy, 'base64').toString()
    expect(policy).toContain(TEST_LABEL.slice(7))
    const relabelled = policy.replace(TEST_LABEL.slice(7), lower.slice(7))
    manifest.encryptionInformation.policy = encodeBase64(Buffer.from(relabelled))
    const text = JSON.stringify(manifest)
    expect(thrownCode(() => openManifest(text, [seal.keys], TEST_LABEL))).toBe('seal_label_mismatch')
    expect(thrownCode(() => openManifest(text, [seal.keys], lower))).toBe('seal_key_refused')
  })

  test('[SEAL-33] the parts of two seals do not mix', () => {
    const other = testSeal(Buffer.from('another content'), 'other')
    const mine = JSON.parse(seal.manifest)
    const theirs = JSON.parse(other.manifest)
    const part = (change: (manifest: typeof mine) => void): string => {
      const copy = structuredClone(mine)
      change(copy)
      return thrownCode(() => openManifest(JSON.stringify(copy), [seal.keys], TEST_LABEL))
    }
    const info = theirs.encryptionInformation
    expect(part((m) => (m.encryptionInformation.integrityInformation = info.integrityInformation))).toBe(
      'seal_key_refused',
    )
    expect(part((m) => (m.encryptionInformation.policy = info.policy))).toBe('seal_key_refused')
    expect(part((m) => (m.encryptionInformation.keyAccess = info.keyAccess))).toBe('seal_not_recipient')
    expect(
      part((m) => {
        m.encryptionInformation.keyAccess[0].policyBinding = info.keyAccess[0].policyBinding
      }),
    ).toBe('seal_policy_altered')
    expect(
      part((m) => {
        m.encryptionInformation.keyAccess[0].encryptedMetadata = info.keyAccess[0].encryptedMetadata
      }),
    ).toBe('seal_metadata_altered')
    expect(
      part((m) => {
        m.encryptionInformation.integrityInformation.rootSignature = info.integrityInformation.rootSignature
      }),
    ).toBe('seal_table_altered')
    expect(
      part((m) => {
        m.encryptionInformation.keyAccess[0].wrappedKey = info.keyAccess[0].wrappedKey
      }),
    ).toBe('seal_key_refused')
  })
})

describe('form', () => {
  test('[SEAL-35] white space, another order, an unknown or repeated field', () => {
    const altered = [
      ` ${seal.manifest}`,
      `${seal.manifest}\n`,
      JSON.stringify(JSON.parse(seal.manifest), null, 1),
      seal.manifest.replace('{', '{"assertions":[],'),
      seal.manifest.replace('"schemaVersion"', '"schemaVersion":"4.3.0","schemaVersion"'),
      seal.manifest.replace('"protocol":"kas"', '"protocol":"kas","__proto__":{}'),
      seal.manifest.replace('4.3.0', '4.2.2'),
      seal.manifest.replace('"https:', '"javascript:'),
      '',
      'null',
      '[]',
      '{"encryptionInformation":',
    ]
    for (const text of altered) expect(thrownCode(() => parseManifest(text))).toBe('seal_manifest_malformed')
  })

  test('[SEAL-36] a manifest above the limit is not parsed', () => {
    const text = ' '.repeat(MANIFEST_SIZE_BYTES_MAX + 1)
    expect(thrownCode(() => parseManifest(text))).toBe('seal_manifest_too_large')
  })

  test('[SEAL-36] 2 GiB in 512 segments with the longest metadata stays within 32 KiB', () => {
    const random = seededRandom('largest')
    const keys = generateKasKeys('x25519+ml-kem-1024', random)
    const dek = random(32)
    const tags = random(512 * 16)
    const sizes = { segmentSizeBytes: SEGMENT_SIZE_BYTES_MAX, contentSizeBytes: 2 ** 31 - 1 }
    const head = {
      v: 1,
      title: 'x',
      fileName: null,
      mediaType: 'video/mp4',
      salt: encodeBase64(random(32)),
    } as const
    const restBytes = METADATA_SIZE_BYTES_MAX - sealMetadataText({ ...head, note: '' }).length
    const note = '가'.repeat(Math.floor(restBytes / 3))
    const manifest = buildManifest({
      dek,
      table: { ...sizes, tags, rootSignature: rootSignatureOver(dek, tags) },
      metadataSealed: sealMetadata(dek, sealMetadataText({ ...head, note }), random),
      labelDigest: TEST_LABEL,
      recipients: [{ key: keys.public, url: TEST_URL }],
      random,
    })
    expect(manifest.length).toBeGreaterThan(28_000)
    expect(manifest.length).toBeLessThanOrEqual(MANIFEST_SIZE_BYTES_MAX)
    expect(openManifest(manifest, [keys], TEST_LABEL).table).toMatchObject(sizes)
  })

  test('[SEAL-23] metadata beyond its limits, or with a lone surrogate, is not sealed', () => {
    const good = { v: 1, title: 'x', fileName: 'a', mediaType: 'text/plain', note: '' } as const
    const salt = encodeBase64(new Uint8Array(32))
    const bad = [
      { ...good, salt, title: '' },
      { ...good, salt, title: 'x'.repeat(301) },
      { ...good, salt, fileName: '' },
      { ...good, salt, mediaType: 'text/plain; charset=utf-8' },
      { ...good, salt, note: '가'.repeat(1500) },
      { ...good, salt, note: '\ud800' },
      { ...good, salt: 'AA==' },
      { ...good, salt, path: '../x' },
    ]
    for (const metadata of bad) {
      expect(thrownCode(() => sealMetadataText(metadata as never))).toBe('seal_metadata_malformed')
    }
  })
})

describe('metadata', () => {
  const sealed = sealMetadata(seal.dek, seal.metadataText, seededRandom('metadata'))

  test('[SEAL-21] opens to the exact text', () => {
    expect(openMetadata(seal.dek, sealed)).toMatchObject({ text: seal.metadataText, metadata: { v: 1 } })
    const inner = JSON.parse(Buffer.from(sealed, 'base64').toString())
    expect(Object.keys(inner)).toEqual(['ciphertext', 'iv'])
    expect(Buffer.from(inner.ciphertext, 'base64').subarray(0, 12).toString('base64')).toBe(inner.iv)
  })

  test('[SEAL-21] one bit at every position, another key, another form', () => {
    for (let at = 0; at < sealed.length; at += 1) {
      const flipped = String.fromCharCode(sealed.charCodeAt(at) ^ 1)
      const altered = sealed.slice(0, at) + flipped + sealed.slice(at + 1)
      expect(thrownCode(() => openMetadata(seal.dek, altered))).toBe('seal_metadata_altered')
    }
    for (const altered of ['', 'e30=', sealed.repeat(20)]) {
      expect(thrownCode(() => openMetadata(seal.dek, altered))).toBe('seal_metadata_altered')
    }
    expect(thrownCode(() => openMetadata(new Uint8Array(32), sealed))).toBe('seal_metadata_altered')
  })
})
