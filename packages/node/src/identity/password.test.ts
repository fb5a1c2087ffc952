import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Malformed } from '#wire/json.ts'
import {
  PASSWORD_PROFILES,
  availableProfile,
  derive,
  dummyPhc,
  formatPhc,
  hashPassword,
  parsePhc,
  passwordFault,
  verifyPassword,
} from './password.ts'
import type { PasswordProfile } from './password.ts'

const bytes = (sizeBytes: number) => fc.uint8Array({ minLength: sizeBytes, maxLength: sizeBytes })
const argon: fc.Arbitrary<PasswordProfile> = fc
  .tuple(
    fc.integer({ min: 1, max: 16 }),
    fc.integer({ min: 128, max: 1_048_576 }),
    fc.integer({ min: 1, max: 64 }),
  )
  .map(([lanes, memoryKiB, passes]) => ({ algorithm: 'argon2id', memoryKiB, passes, lanes }))
const pbkdf2: fc.Arbitrary<PasswordProfile> = fc
  .integer({ min: 1, max: 10_000_000 })
  .map((iterations) => ({ algorithm: 'pbkdf2-sha512', iterations }))
const phc = fc.record({
  profile: fc.oneof(argon, pbkdf2),
  salt: fc.integer({ min: 16, max: 64 }).chain(bytes),
  hash: fc.option(bytes(32)),
})

describe('passwords', () => {
  it('[ID-10] derives what the reference implementations derive', async () => {
    const reference = { algorithm: 'argon2id', memoryKiB: 256, passes: 2, lanes: 1 } as const
    const key = await derive('password', Buffer.from('somesalt'), reference)
    expect(Buffer.from(key).toString('hex')).toBe(
      '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe',
    )
    const once = await derive('password', Buffer.from('salt'), { algorithm: 'pbkdf2-sha512', iterations: 1 })
    expect(Buffer.from(once).toString('hex')).toBe(
      '867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252',
    )
  })

  it.each(['light', 'fips'] as const)(
    '[ID-10] verifies a password hashed under %s and no other',
    async (name) => {
      const stored = await hashPassword(
        'a long enough phrase',
        new Uint8Array(16).fill(7),
        PASSWORD_PROFILES[name],
      )
      expect(await verifyPassword('a long enough phrase', stored)).toBe(true)
      expect(await verifyPassword('a long enough phrasE', stored)).toBe(false)
      expect(await verifyPassword('', stored)).toBe(false)
    },
  )

  it('[ID-10] accepts both Unicode forms of a Korean word', async () => {
    const stored = await hashPassword('한국'.normalize('NFD'), new Uint8Array(16), PASSWORD_PROFILES.light)
    expect(await verifyPassword('한국'.normalize('NFC'), stored)).toBe(true)
  })

  it('[ID-10] keeps the preferred profile where the provider has it', async () => {
    expect(await availableProfile(PASSWORD_PROFILES.strong)).toBe(PASSWORD_PROFILES.strong)
    expect(await availableProfile(PASSWORD_PROFILES.fips)).toBe(PASSWORD_PROFILES.fips)
  })

  it('[ID-11] reads back every string that it writes', () => {
    fc.assert(
      fc.property(phc, (value) => {
        expect(parsePhc(formatPhc(value))).toEqual(value)
      }),
    )
  })

  it('[ID-11] reads nothing else: every changed character is another value or malformed', () => {
    const edit = fc.tuple(phc, fc.nat(), fc.string({ minLength: 0, maxLength: 2, unit: 'grapheme' }))
    fc.assert(
      fc.property(edit, ([value, position, insert]) => {
        const text = formatPhc(value)
        const at = position % text.length
        const changed = text.slice(0, at) + insert + text.slice(at + 1)
        try {
          expect(formatPhc(parsePhc(changed))).toBe(changed)
        } catch (error) {
          if (!(error instanceof Malformed)) throw error
          expect(error.code).toBe('password_invalid')
        }
      }),
    )
  })

  it.each([
    ['memory that would stall the node', '$argon2id$v=19$m=1048577,t=1,p=1$'],
    ['passes that would stall the node', '$argon2id$v=19$m=8,t=65,p=1$'],
    ['iterations that would stall the node', '$pbkdf2-sha512$i=10000001$'],
    ['less memory than the lanes need', '$argon2id$v=19$m=8,t=1,p=2$'],
    ['another Argon2', '$argon2i$v=19$m=8,t=1,p=1$'],
    ['another version', '$argon2id$v=16$m=8,t=1,p=1$'],
    ['a leading zero', '$argon2id$v=19$m=08,t=1,p=1$'],
  ])('[ID-11] refuses %s', (_, head) => {
    expect(() => parsePhc(`${head}AAAAAAAAAAAAAAAAAAAAAA$${'A'.repeat(43)}`)).toThrow(Malformed)
  })

  it('[ID-13] has a dummy that no password matches and that costs what the profile costs', async () => {
    const dummy = dummyPhc(PASSWORD_PROFILES.light)
    expect(parsePhc(dummy).profile).toEqual(PASSWORD_PROFILES.light)
    expect(await verifyPassword('anything', dummy)).toBe(false)
  })

  it.each([
    ['fourteen letter', 'too_short'],
    ['x'.repeat(129), 'too_long'],
    ['aaaaaaaaaaaaaaaa', 'repeats'],
    ['abcabcabcabcabca', 'repeats'],
    ['analyst-ministry', 'own_words'],
    ['seven herons at low tide', null],
    ['서해의 새벽 물길을 따라 걷다 보면', null],
  ])('[ID-12] %s: %s', (password, fault) => {
    const text = password === 'fourteen letter' ? password.slice(0, 14) : password
    expect(passwordFault(text, ['analyst', 'ministry', ''])).toBe(fault)
  })
})
