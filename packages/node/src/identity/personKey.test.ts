import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { Malformed } from '#wire/json.ts'
import { signAct, verifyAct } from '#wire/personAct.ts'
import { PASSWORD_PROFILES } from './password.ts'
import {
  createPersonKey,
  derivationOf,
  isEd25519PublicKey,
  keyIdOf,
  sealUnderPassword,
  sealUnderToken,
  unsealUnderPassword,
  unsealUnderToken,
} from './personKey.ts'

const key = createPersonKey(new Uint8Array(32).fill(1))
const owner = { person: 'analyst', keyId: key.keyId }
const derivation = { profile: PASSWORD_PROFILES.light, salt: new Uint8Array(16).fill(2) }
const secret = new Uint8Array(32).fill(3)
const nonce = new Uint8Array(12).fill(4)

describe('person keys', () => {
  it('[ID-20] makes the key of RFC 8032 from its seed', () => {
    const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')
    const publicKey = Buffer.from(createPersonKey(seed).publicKey, 'base64').subarray(12).toString('hex')
    expect(publicKey).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')
    expect(() => createPersonKey(new Uint8Array(31))).toThrow(RangeError)
  })

  it('[ID-20] names a key by its public half and signs with its private half', () => {
    expect(keyIdOf(key.publicKey)).toBe(key.keyId)
    expect(key.keyId).toMatch(/^[0-9a-f]{16}$/)
    const text = {
      v: 1 as const,
      act: 'exchange.approve' as const,
      nation: 'JP',
      person: 'analyst',
      office: 'Office',
      key: key.keyId,
      at: '2026-11-24T00:00:00Z',
      over: `sha384:${'0'.repeat(96)}`,
    }
    expect(verifyAct(signAct(text, key.privateKey), key.publicKey, 'act')).toEqual(text)
  })

  it('[ID-52] accepts an Ed25519 key and nothing else', () => {
    expect(isEd25519PublicKey(key.publicKey)).toBe(true)
    const der = Buffer.from(key.publicKey, 'base64')
    const x25519 = Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), der.subarray(12)])
    expect(isEd25519PublicKey(x25519.toString('base64'))).toBe(false)
    expect(isEd25519PublicKey(Buffer.concat([der, Buffer.of(0)]).toString('base64'))).toBe(false)
    expect(isEd25519PublicKey(`${key.publicKey} `)).toBe(false)
    fc.assert(
      fc.property(fc.base64String(), (text) => {
        expect(isEd25519PublicKey(text)).toBe(false)
      }),
    )
  })

  it('[ID-21] opens under the same secret, with the derivation written beside it', () => {
    const sealed = sealUnderPassword(key.privateKey, owner, derivation, secret, nonce)
    expect(derivationOf(sealed)).toEqual({ ...derivation, hash: null })
    expect(Buffer.from(unsealUnderPassword(sealed, owner, secret)).equals(key.privateKey)).toBe(true)
    expect(sealed).not.toContain(Buffer.from(key.privateKey).toString('base64').slice(-40))
  })

  it('[ID-21] does not open under another secret, for another person, or as another key', () => {
    const sealed = sealUnderPassword(key.privateKey, owner, derivation, secret, nonce)
    const other = new Uint8Array(32).fill(9)
    expect(() => unsealUnderPassword(sealed, owner, other)).toThrow(Malformed)
    expect(() => unsealUnderPassword(sealed, { ...owner, person: 'officer' }, secret)).toThrow(Malformed)
    expect(() => unsealUnderPassword(sealed, { ...owner, keyId: '0'.repeat(16) }, secret)).toThrow(Malformed)
  })

  it('[ID-22] separates the domains of the two seals', () => {
    const sealed = sealUnderToken(key.privateKey, owner, secret, nonce)
    expect(Buffer.from(unsealUnderToken(sealed, owner, secret)).equals(key.privateKey)).toBe(true)
    expect(() => unsealUnderPassword(`x ${sealed}`, owner, secret)).toThrow(Malformed)
  })

  it('[ID-22] rejects every changed byte, and a truncated seal', () => {
    const sealed = Buffer.from(sealUnderToken(key.privateKey, owner, secret, nonce), 'base64')
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(() => unsealUnderToken(changed.toString('base64'), owner, secret), `byte ${index}`).toThrow(
        Malformed,
      )
      const cut = sealed.subarray(0, index).toString('base64')
      expect(() => unsealUnderToken(cut, owner, secret), `cut ${index}`).toThrow(Malformed)
    }
  })
})
