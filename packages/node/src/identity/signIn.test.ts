import { expect, it } from 'vitest'
import { PASSWORD_PROFILES, hashPassword } from './password.ts'
import type { PasswordProfile } from './password.ts'
import { sealUnderPassword } from './personKey.ts'
import { provePassword } from './signIn.ts'

const salt = new Uint8Array(16).fill(1)
const owner = { person: 'analyst', keyId: '0123456789abcdef' }
const derivation = { profile: PASSWORD_PROFILES.light, salt }
const sealed = sealUnderPassword(
  new Uint8Array(48),
  owner,
  derivation,
  new Uint8Array(32),
  new Uint8Array(12),
)
const key = { owner, sealed }

/** Out of bounds: whoever verifies or derives under it fails. */
const IMPOSSIBLE: PasswordProfile = { algorithm: 'argon2id', memoryKiB: 1, passes: 1, lanes: 1 }

it('[ID-13] verifies the dummy, under the node’s profile, where there is no password', async () => {
  const facts = { person: 'nobody', stored: null, key, salt }
  expect((await provePassword(facts, 'x', PASSWORD_PROFILES.light)).matches).toBe(false)
  await expect(provePassword(facts, 'x', IMPOSSIBLE)).rejects.toThrow('password_invalid')
})

it('[ID-13] never matches where there is no password', async () => {
  const facts = { person: 'nobody', stored: null, key: null, salt }
  expect((await provePassword(facts, '', PASSWORD_PROFILES.light)).matches).toBe(false)
})

it('[ID-21] derives the key’s secret with the salt and the profile that the seal names', async () => {
  const stored = await hashPassword('right', salt, PASSWORD_PROFILES.light)
  const proof = await provePassword(
    { person: 'analyst', stored, key, salt: new Uint8Array(16) },
    'right',
    IMPOSSIBLE,
  )
  expect(proof.matches).toBe(true)
  expect(proof.derivation).toEqual(derivation)
})
