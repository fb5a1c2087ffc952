/** Signed acts: the exact text, one domain, and nothing believed before it has verified (ACT-1). */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha384 } from './digest.ts'
import { parseActText, signAct, verifyAct } from './personAct.ts'
import type { ActText } from './personAct.ts'
import { seededRandom, thrownCode } from './seal/testSeal.ts'

const seed = Buffer.from(seededRandom('person')(32))
const privateKey = createPrivateKey({ key: seed, format: 'raw-private', asymmetricKeyType: 'ed25519' })
const secret = privateKey.export({ format: 'der', type: 'pkcs8' })
const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64')
const act: ActText = {
  v: 1,
  act: 'exchange.approve',
  nation: 'JP',
  person: 'release-1',
  office: 'Release authority',
  key: '0123456789abcdef',
  at: '2026-01-02T03:04:05.678Z',
  over: sha384(Buffer.from('a proposal')),
}
const signed = signAct(act, secret)

test('[ACT-1] a signed act verifies and round-trips', () => {
  expect(verifyAct(signed, publicKey, 'acts.0')).toEqual(act)
  expect(parseActText(signed, 'acts.0')).toEqual(act)
})

test('[ACT-1] any changed byte of text or signature is refused before parsing', () => {
  const raw = Buffer.from(signed.signature, 'base64')
  fc.assert(
    fc.property(
      fc.nat(signed.text.length - 1),
      fc.nat(63),
      fc.integer({ min: 1, max: 127 }),
      (at, byte, flip) => {
        const letter = String.fromCharCode(signed.text.charCodeAt(at) ^ flip)
        const text = signed.text.slice(0, at) + letter + signed.text.slice(at + 1)
        expect(thrownCode(() => verifyAct({ ...signed, text }, publicKey, 'p'))).toBe('signature_invalid')
        const altered = Buffer.from(raw)
        altered[byte]! ^= flip
        const signature = altered.toString('base64')
        expect(thrownCode(() => verifyAct({ ...signed, signature }, publicKey, 'p'))).toBe(
          'signature_invalid',
        )
      },
    ),
  )
})

test('[ACT-1] another key, a key of another algorithm, and malformed keys are refused', () => {
  const other = generateKeyPairSync('ed25519')
    .publicKey.export({ format: 'der', type: 'spki' })
    .toString('base64')
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey
  const p384 = curve.export({ format: 'der', type: 'spki' }).toString('base64')
  for (const key of [other, p384, '', 'AAAA', 'not base64']) {
    expect(
      thrownCode(() => verifyAct(signed, key, 'p')),
      key,
    ).toBe('signature_invalid')
  }
})

test('[ACT-1] a valid signature over anything but an act is refused', () => {
  expect(() => signAct({ ...act, act: 'war.declare' as never }, secret)).toThrow('act')
  expect(thrownCode(() => parseActText({ ...signed, text: '{"v":1}' }, 'p'))).toBe('act_invalid')
  expect(thrownCode(() => parseActText({ ...signed, text: '{' }, 'p'))).toBe('not_json')
})
