/** Suites, keys and domains: [SUITE-3] to [SUITE-11]. */
import { describe, expect, test } from 'vitest'
import edVectors from '../../../spec/vectors/suite/ed25519.json' with { type: 'json' }
import keyVectors from '../../../spec/vectors/suite/keys.json' with { type: 'json' }
import mlVectors from '../../../spec/vectors/suite/ml-dsa-87.json' with { type: 'json' }
import { verify } from 'node:crypto'
import { cosignatureMessage } from './log/cosignature.ts'
import { decodeHex, encodeBase64, encodeHex } from './digest.ts'
import * as suite from './suite.ts'
import type { Domain, SuiteName } from './suite.ts'

const fixed = (label: number) => (sizeBytes: number) => Buffer.alloc(sizeBytes, label)
const codeOf = (code: string) => expect.objectContaining({ code })
const small = suite.generateSuiteKeys('ed25519', fixed(1))
const both = suite.generateSuiteKeys('ed25519+ml-dsa-87', fixed(1))
const bytes = Buffer.from('{"v":1}')

describe('keys', () => {
  test('[SUITE-3] [SUITE-10] the same random bytes give the same keys, one seed for each', () => {
    let drawn = 0
    const random = (sizeBytes: number) => Buffer.alloc(sizeBytes, (drawn += 1))
    const keys = suite.generateSuiteKeys(suite.defaultSuite, random)
    expect(drawn).toBe(2)
    expect(keys.pairs.map((pair) => [pair.publicKey.algorithm, pair.seed[0]])).toEqual([
      ['ed25519', 1],
      ['ml-dsa-87', 2],
    ])
    drawn = 0
    const again = suite.generateSuiteKeys(suite.defaultSuite, random)
    const textOf = (made: typeof keys) => suite.exportPublicKeys(suite.publicKeysOf(made))
    expect(textOf(again)).toBe(textOf(keys))
    expect(textOf(suite.generateSuiteKeys(suite.defaultSuite, random))).not.toBe(textOf(keys))
  })

  test.each(keyVectors.valid)(
    '[SUITE-8] [SUITE-10] keys of suite $suite as text',
    ({ privateKeys, publicKeys }) => {
      const keys = suite.importPrivateKeys(privateKeys)
      expect(suite.exportPrivateKeys(keys)).toBe(privateKeys)
      expect(suite.exportPublicKeys(suite.publicKeysOf(keys))).toBe(publicKeys)
      expect(suite.exportPublicKeys(suite.importPublicKeys(publicKeys))).toBe(publicKeys)
    },
  )

  test.each(keyVectors.malformed)('[SUITE-5] [SUITE-8] $about: $code', ({ text, code }) => {
    expect(() => suite.importPublicKeys(text)).toThrow(codeOf(code))
  })

  test('[SUITE-8] private keys of the wrong kind or length are refused', () => {
    const text = keyVectors.valid[0]!.privateKeys
    expect(() => suite.importPrivateKeys(keyVectors.valid[0]!.publicKeys)).toThrow(codeOf('key_malformed'))
    const short = `private:ed25519:${encodeBase64(Buffer.alloc(31))}`
    expect(() => suite.importPrivateKeys(short)).toThrow(codeOf('key_malformed'))
    expect(() => suite.importPrivateKeys(`${text}:`)).toThrow(codeOf('key_malformed'))
  })

  test('[SUITE-5] an unknown suite is refused by name', () => {
    for (const name of ['', 'ed25519 ', 'ED25519', 'ml-dsa-87', 'toString', '__proto__']) {
      expect(suite.isSuiteName(name)).toBe(false)
      expect(() => suite.suiteNamed(name, 'here')).toThrow(codeOf('suite_unknown'))
    }
    expect(suite.suiteNamed('ed25519')).toBe('ed25519')
  })
})

describe('algorithms', () => {
  test.each(edVectors.signs)('[SUITE-3] Ed25519 signs $message as published', (vector) => {
    const keys = suite.importPrivateKeys(`private:ed25519:${encodeBase64(decodeHex(vector.seed))}`)
    const [pair] = keys.pairs
    expect(encodeHex(pair!.publicKey.bytes)).toBe(vector.publicKey)
    const message = decodeHex(vector.message)
    const signature = suite.signBytes(pair!, 'note', message)
    expect(encodeHex(signature)).toBe(vector.signature)
    expect(suite.verifyBytes(pair!.publicKey, 'note', message, signature)).toBe(true)
  })

  test.each(edVectors.refused)('[SUITE-3] Ed25519 refuses: $about', ({ publicKey, message, signature }) => {
    const key = suite.publicKeyOf('ed25519', decodeHex(publicKey))
    expect(suite.verifyBytes(key, 'note', decodeHex(message), decodeHex(signature))).toBe(false)
  })

  const mlKey = suite.publicKeyOf('ml-dsa-87', Buffer.from(mlVectors.publicKey, 'base64'))
  const accepts = (message: string, context: string, signature: Uint8Array) =>
    verify(null, decodeHex(message), { key: mlKey.handle, context: Buffer.from(context, 'hex') }, signature)

  test('[SUITE-3] [SUITE-10] ML-DSA-87 has the public key of its seed', () => {
    const seeds = [Buffer.alloc(32), Buffer.from(mlVectors.seed, 'base64')].map(encodeBase64)
    const keys = suite.importPrivateKeys(`private:ed25519+ml-dsa-87:${seeds.join(':')}`)
    expect(encodeBase64(keys.pairs[1]!.publicKey.bytes)).toBe(mlVectors.publicKey)
  })

  test.each(mlVectors.accepted)('[SUITE-3] ML-DSA-87 accepts: $about', ({ message, context, signature }) => {
    expect(accepts(message, context, Buffer.from(signature, 'base64'))).toBe(true)
  })

  test.each(mlVectors.refused as MlChange[])('[SUITE-3] ML-DSA-87 refuses: $about', (change) => {
    const original = mlVectors.accepted[change.of]!
    const signature = changed(Buffer.from(original.signature, 'base64'), change)
    const { message = original.message, context = original.context } = change
    expect(accepts(message, context, signature)).toBe(false)
  })
})

interface MlChange {
  about: string
  of: number
  xor?: [number, number][]
  zero?: [number, number]
  cut?: number
  pad?: number
  message?: string
  context?: string
}

function changed(signature: Buffer, { xor = [], zero, cut, pad = 0 }: MlChange): Buffer {
  for (const [position, mask] of xor) signature[position]! ^= mask
  if (zero) signature.fill(0, ...zero)
  return Buffer.concat([signature.subarray(0, cut), Buffer.alloc(pad)])
}

describe('domains', () => {
  const domains: Domain[] = ['note', 'cosignature', 'act', 'card']

  test.each(suite.suites['ed25519+ml-dsa-87'])(
    '[SUITE-6] [SUITE-7] %s: a signature of one domain does not verify in another',
    (algorithm) => {
      const pair = both.pairs.find(({ publicKey }) => publicKey.algorithm === algorithm)!
      // Real messages of each domain.
      const texts: Record<Domain, Uint8Array> = {
        note: Buffer.from('jp.entente/national\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'),
        cosignature: cosignatureMessage('jp.entente/national\n0\n', 1),
        act: bytes,
        card: bytes,
      }
      const matrix = domains.map((made) => {
        const signature = suite.signBytes(pair, made, texts[made])
        return domains.map((asked) =>
          Number(suite.verifyBytes(pair.publicKey, asked, texts[asked], signature)),
        )
      })
      expect(matrix).toEqual([
        [1, 0, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
      ])
    },
  )

  test('[SUITE-6] [SUITE-7] ML-DSA-87 separates the domains even over the same bytes', () => {
    const pair = both.pairs[1]!
    for (const made of domains) {
      const signature = suite.signBytes(pair, made, bytes)
      const verdicts = domains.filter((asked) => suite.verifyBytes(pair.publicKey, asked, bytes, signature))
      expect(verdicts).toEqual([made])
    }
  })

  test('[SUITE-6] Ed25519 messages other than notes open with a line that no note may have', () => {
    const prefixes = ['cosignature/v1\ntime 1\n', 'entente act v1\n', 'entente card v1\n']
    expect(prefixes.map((prefix) => prefix.slice(0, prefix.indexOf('\n')))).toEqual(suite.reservedFirstLines)
    const pair = small.pairs[0]!
    for (const [domain, prefix] of [
      ['act', 'entente act v1\n'],
      ['card', 'entente card v1\n'],
    ] as const) {
      const signature = suite.signBytes(pair, domain, bytes)
      expect(suite.verifyBytes(pair.publicKey, 'note', Buffer.from(prefix + String(bytes)), signature)).toBe(
        true,
      )
    }
  })
})

describe('detached signatures', () => {
  test.each(Object.keys(suite.suites) as SuiteName[])('[SUITE-11] suite %s', async (name) => {
    const keys = suite.generateSuiteKeys(name, fixed(5))
    const publicKeys = suite.publicKeysOf(keys)
    const text = suite.signDetached(keys, 'card', bytes)
    expect(suite.verifyDetached(publicKeys, 'card', bytes, text)).toEqual({ ok: true, value: name })
    const refused = { ok: false, code: 'signature_invalid' }
    expect(suite.verifyDetached(publicKeys, 'act', bytes, text)).toEqual(refused)
    expect(suite.verifyDetached(publicKeys, 'card', Buffer.from('{}'), text)).toEqual(refused)
  })

  test('[SUITE-4] [SUITE-11] a signature with less than the suite is a downgrade, under either name', () => {
    const text = suite.signDetached(both, 'card', bytes)
    const publicKeys = suite.publicKeysOf(both)
    const withoutLast = text.slice(0, text.lastIndexOf(':'))
    expect(suite.verifyDetached(publicKeys, 'card', bytes, withoutLast)).toEqual({
      ok: false,
      code: 'suite_downgraded',
    })
    const renamed = withoutLast.replace('ed25519+ml-dsa-87', 'ed25519')
    expect(suite.verifyDetached(publicKeys, 'card', bytes, renamed)).toEqual({
      ok: false,
      code: 'suite_mismatch',
    })
    const [, first, second] = text.split(':')
    const swapped = `ed25519+ml-dsa-87:${second}:${first}`
    expect(suite.verifyDetached(publicKeys, 'card', bytes, swapped)).toEqual({
      ok: false,
      code: 'signature_invalid',
    })
  })

  test('[SUITE-5] [SUITE-11] malformed signatures are thrown', () => {
    const publicKeys = suite.publicKeysOf(small)
    const text = suite.signDetached(small, 'act', bytes)
    const cases = [
      ['', 'suite_unknown'],
      ['rsa:AAAA', 'suite_unknown'],
      [`${text}:AAAA`, 'signature_malformed'],
      [`${text} `, 'base64_malformed'],
    ] as const
    for (const [broken, code] of cases) {
      expect(() => suite.verifyDetached(publicKeys, 'act', bytes, broken)).toThrow(codeOf(code))
    }
  })
})
