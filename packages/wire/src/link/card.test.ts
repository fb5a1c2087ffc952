/** Cards and the fingerprint that two operators compare (LINK-1 to LINK-3). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkFingerprint, readCard, signCard } from './card.ts'
import type { Card } from './card.ts'
import { Malformed } from '../json.ts'
import { exportPublicKeys, generateSuiteKeys, publicKeysOf } from '../suite.ts'
import { seededRandom, thrownCode } from '../seal/testSeal.ts'

const keys = generateSuiteKeys('ed25519', seededRandom('card'))
const other = generateSuiteKeys('ed25519', seededRandom('other'))
const card: Card = {
  v: 1,
  nation: 'JP',
  address: 'https://jp.example:7443',
  certificate: 'ab'.repeat(32),
  keys: exportPublicKeys(publicKeysOf(keys)),
  seal: 'entente-kas-public:x25519:AAAA',
}
const signed = signCard(card, keys)

test('[LINK-1] a card round-trips', () => {
  expect(readCard(signed)).toEqual(card)
})

test('[LINK-2] a card must be signed by the keys that it names', () => {
  expect(thrownCode(() => readCard(signCard(card, other)))).toBe('signature_invalid')
  expect(
    thrownCode(() => readCard({ ...signed, text: signed.text.replace('jp.example', 'kr.example') })),
  ).toBe('signature_invalid')
  expect(thrownCode(() => readCard({ ...signed, signature: '' }))).toBe('suite_unknown')
})

test.each([
  ['http', { address: 'http://jp.example:7443' }],
  ['a path', { address: 'https://jp.example/door' }],
  ['user information', { address: 'https://a@jp.example' }],
  ['a short pin', { certificate: 'ab' }],
  ['a nation in lower case', { nation: 'jp' }],
  ['an unknown field', { extra: 1 }],
])('[LINK-1] refuses %s', (_name, change) => {
  const text = JSON.stringify({ ...card, ...change })
  expect(thrownCode(() => readCard({ ...signed, text }))).toBe('card_invalid')
})

test('[LINK-2] any single changed letter of the text is refused with a code', () => {
  fc.assert(
    fc.property(fc.nat(signed.text.length - 1), fc.integer({ min: 1, max: 127 }), (at, flip) => {
      const letter = String.fromCharCode(signed.text.charCodeAt(at) ^ flip)
      const text = signed.text.slice(0, at) + letter + signed.text.slice(at + 1)
      expect(() => readCard({ ...signed, text })).toThrow(Malformed)
    }),
  )
})

test('[LINK-3] the fingerprint is the same from both sides, and differs for any other card', () => {
  expect(linkFingerprint('a', 'b')).toBe(linkFingerprint('b', 'a'))
  expect(linkFingerprint(signed.text, 'b')).toMatch(/^(\d{5} ){7}\d{5}$/)
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (one, two, three) => {
      fc.pre(two !== three)
      expect(linkFingerprint(one, two)).not.toBe(linkFingerprint(one, three))
    }),
  )
})
