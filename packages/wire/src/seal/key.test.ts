/** KAS keys: wrapping, its binding to context and transcript, and the forms in which keys are exchanged. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  exportKasPrivate,
  exportKasPublic,
  framed,
  generateKasKeys,
  importKasPrivate,
  importKasPublic,
  KAS_SUITES,
  unwrapKey,
  unwrapOwn,
  wrapKey,
  wrappedSizeBytes,
  wrapOwn,
} from './key.ts'
import { seededRandom, thrownCode } from './testSeal.ts'
import { runs } from '../testProperties.ts'

const dek = seededRandom('dek')(32)
const context = Buffer.from('context')

describe.each(KAS_SUITES)('suite %s', (suite) => {
  const random = seededRandom(`keys ${suite}`)
  const keys = generateKasKeys(suite, random)
  const other = generateKasKeys(suite, random)
  const wrapped = wrapKey(dek, keys.public, context, random)

  test('[SEAL-2] wraps and unwraps', () => {
    expect(wrapped.length).toBe(wrappedSizeBytes(suite))
    expect(Buffer.from(unwrapKey(wrapped, keys, context))).toEqual(Buffer.from(dek))
    expect(Buffer.from(wrapped).includes(dek)).toBe(false)
  })

  test('[SEAL-3] another key, another context, any altered byte', () => {
    expect(thrownCode(() => unwrapKey(wrapped, other, context))).toBe('seal_key_refused')
    expect(thrownCode(() => unwrapKey(wrapped, keys, Buffer.from('contexT')))).toBe('seal_key_refused')
    fc.assert(
      fc.property(fc.nat(wrapped.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const altered = Buffer.from(wrapped)
        altered[at] = (altered[at] ?? 0) ^ mask
        expect(thrownCode(() => unwrapKey(altered, keys, context))).toBe('seal_key_refused')
      }),
      runs(300),
    )
    expect(thrownCode(() => unwrapKey(wrapped.subarray(1), keys, context))).toBe('seal_key_malformed')
    expect(thrownCode(() => unwrapKey(new Uint8Array(0), keys, context))).toBe('seal_key_malformed')
  })

  test('[SEAL-4] the same seed gives the same pair, and strings carry it', () => {
    const again = generateKasKeys(suite, seededRandom(`keys ${suite}`))
    expect(again.public.kid).toBe(keys.public.kid)
    expect(other.public.kid).not.toBe(keys.public.kid)
    const read = importKasPrivate(exportKasPrivate(keys))
    expect(Buffer.from(unwrapKey(wrapped, read, context))).toEqual(Buffer.from(dek))
    const readPublic = importKasPublic(exportKasPublic(keys.public))
    expect(readPublic.kid).toBe(keys.public.kid)
    expect(Buffer.from(unwrapKey(wrapKey(dek, readPublic, context, random), keys, context))).toEqual(
      Buffer.from(dek),
    )
  })

  test('[SEAL-4] a key string of another form is refused', () => {
    const text = exportKasPublic(keys.public)
    const bad = [
      '',
      'x',
      `${text}A`,
      text.slice(0, -2),
      `${text}=`,
      text.replace('kas', 'kaz'),
      `${text}:`,
      text.replace(suite, 'rsa'),
      exportKasPrivate(keys),
    ]
    for (const wrong of bad) expect(thrownCode(() => importKasPublic(wrong))).toBe('seal_key_malformed')
    expect(thrownCode(() => importKasPrivate(text))).toBe('seal_key_malformed')
  })

  test('[SEAL-6] a key wrapped to the own key opens only for its purpose', () => {
    const own = wrapOwn(dek, keys.public, 'content 17', random)
    expect(Buffer.from(unwrapOwn(own, keys, 'content 17'))).toEqual(Buffer.from(dek))
    expect(thrownCode(() => unwrapOwn(own, keys, 'content 18'))).toBe('seal_key_refused')
    expect(thrownCode(() => unwrapOwn(own, other, 'content 17'))).toBe('seal_key_refused')
    expect(thrownCode(() => unwrapOwn('', keys, 'content 17'))).toBe('seal_key_malformed')
  })

  test('[SEAL-5] a random source that returns too few bytes is not used', () => {
    const short = () => new Uint8Array(3)
    expect(thrownCode(() => generateKasKeys(suite, short))).toBe('seal_key_malformed')
    expect(thrownCode(() => wrapKey(dek, keys.public, context, short))).toBe('seal_key_malformed')
  })
})

test('[SEAL-1] with x25519 alone a seed determines every byte of a wrapped key', () => {
  const wrappedOnce = () => {
    const random = seededRandom('determined')
    return Buffer.from(wrapKey(dek, generateKasKeys('x25519', random).public, context, random)).toString(
      'hex',
    )
  }
  expect(wrappedOnce()).toBe(wrappedOnce())
})

test('[SEAL-7] a public key of low order is refused', () => {
  const zeros = `entente-kas-public:x25519:${Buffer.alloc(32).toString('base64url')}`
  const wrap = () => wrapKey(dek, importKasPublic(zeros), context, seededRandom('low order'))
  expect(thrownCode(wrap)).toBe('seal_key_malformed')
})

test('[SEAL-3] framing is unambiguous', () => {
  expect(framed(['ab', 'c'])).not.toEqual(framed(['a', 'bc']))
  expect(Buffer.from(framed(['ab', ''])).toString('hex')).toBe('00000002616200000000')
})
