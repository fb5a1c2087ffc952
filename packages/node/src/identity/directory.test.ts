import { describe, expect, it } from 'vitest'
import { ROLES } from '#api/identity.ts'
import { ACTS } from '#wire/pillars.ts'
import { signAct } from '#wire/personAct.ts'
import type { ActText } from '#wire/personAct.ts'
import {
  authoritiesOf,
  checkSignedAct,
  claimedKeyId,
  directoryChange,
  directoryEntry,
  entryFault,
} from './directory.ts'
import { createPersonKey } from './personKey.ts'
import { codeOf } from './testIdentity.ts'

const key = createPersonKey(new Uint8Array(32).fill(1))
const other = createPersonKey(new Uint8Array(32).fill(2))
const person = {
  id: 'release-1',
  office: 'Release Authority',
  organisation: 'Exercise Ministry',
  roles: ['release_authority'] as const,
  activeFrom: 1e3,
  activeUntil: 9e3,
}
const OVER = `sha384:${'a'.repeat(96)}`

describe('the directory', () => {
  it('[ID-50] gives each role its authorities and the administrator none', () => {
    const table = ROLES.map((role) => `${role}: ${authoritiesOf([role]).join(' ')}`.trim())
    expect(table).toEqual([
      'administrator:',
      'treaty_officer:',
      'analyst: submit',
      'release_authority: release',
      'registrar: register',
      'watch_officer: receipt submit',
      'officer: receipt',
      'security_officer: assure',
      'inspector:',
      'supply_officer:',
      'finance_officer:',
    ])
    for (const authority of Object.values(ACTS)) expect(authoritiesOf(ROLES)).toContain(authority)
  })

  it.each([
    [['officer'], ['officer', 'inspector'], 'none'],
    [['officer'], ['officer', 'analyst'], 'enter'],
    [['officer'], ['release_authority'], 'enter'],
    [['officer'], ['inspector'], 'withdraw'],
    [['inspector'], ['officer'], 'enter'],
    [['inspector'], ['administrator'], 'none'],
  ] as const)('[ID-51] roles %j to %j: %s', (before, after, change) => {
    expect(directoryChange(before, after)).toBe(change)
  })

  it('[ID-50] lists office, key, authorities and dates, and nobody without authority', () => {
    expect(directoryEntry(person, key)).toEqual({
      person: 'release-1',
      office: 'Release Authority',
      organisation: 'Exercise Ministry',
      key: key.publicKey,
      keyId: key.keyId,
      authorities: ['release'],
      from: '1970-01-01T00:00:01.000Z',
      until: '1970-01-01T00:00:09.000Z',
    })
    expect(directoryEntry({ ...person, roles: ['inspector'] }, key)).toBeNull()
  })

  it('[ID-52] rejects an entry with another key id, or with another person’s key', () => {
    const entry = directoryEntry(person, key)
    if (entry === null) throw new Error('no entry')
    const known = [{ person: entry.person, publicKey: entry.key }]
    expect(entryFault(entry, [])).toBeNull()
    expect(entryFault(entry, known)).toBeNull()
    expect(entryFault({ ...entry, keyId: other.keyId }, [])).toBe('statement_invalid')
    expect(entryFault({ ...entry, key: other.publicKey }, [])).toBe('statement_invalid')
    expect(entryFault({ ...entry, key: 'AAAA' }, [])).toBe('statement_invalid')
    expect(entryFault({ ...entry, person: 'release-2' }, known)).toBe('statement_invalid')
    expect(entryFault({ ...entry, until: entry.from }, [])).toBe('statement_invalid')
  })
})

describe('a signed act', () => {
  const text: ActText = {
    v: 1,
    act: 'exchange.approve',
    nation: 'JP',
    person: 'release-1',
    office: 'Release Authority',
    key: key.keyId,
    at: new Date(5e3).toISOString(),
    over: OVER,
  }
  const known = {
    person: 'release-1',
    office: 'Release Authority',
    publicKey: key.publicKey,
    authorities: ['release'],
    from: 1e3,
    until: 9e3,
  }
  const expected = { act: 'exchange.approve', over: OVER } as const
  const signed = (changed: Partial<ActText> = {}, by = key) => signAct({ ...text, ...changed }, by.privateKey)

  it('[ID-54] is believed when everything agrees', () => {
    expect(checkSignedAct('JP', known, signed(), expected)).toEqual(text)
    expect(claimedKeyId(signed())).toBe(key.keyId)
    expect(claimedKeyId({ text: '{"key":"0"}', signature: signed().signature })).toBeNull()
  })

  it.each([
    ['a key that nobody entered', null, signed(), expected, 'unknown_signer'],
    ['another key’s signature', known, signed({}, other), expected, 'signature_invalid'],
    [
      'a changed text',
      known,
      { ...signed(), text: signed().text.replace('JP', 'KR') },
      expected,
      'signature_invalid',
    ],
    ['another nation', known, signed({ nation: 'KR' }), expected, 'signature_invalid'],
    ['another person', known, signed({ person: 'release-2' }), expected, 'signature_invalid'],
    ['another office', known, signed({ office: 'Minister' }), expected, 'signature_invalid'],
    ['another act', known, signed({ act: 'exchange.submit' }), expected, 'signature_invalid'],
    [
      'another text signed',
      known,
      signed({ over: `sha384:${'b'.repeat(96)}` }),
      expected,
      'signature_invalid',
    ],
    ['before the dates', known, signed({ at: new Date(999).toISOString() }), expected, 'unknown_signer'],
    ['after the dates', known, signed({ at: new Date(9_000).toISOString() }), expected, 'unknown_signer'],
    ['no such authority', { ...known, authorities: ['submit'] }, signed(), expected, 'not_authorised'],
  ])('[ID-54] is refused: %s', (_, key, signedAct, wanted, code) => {
    expect(codeOf(checkSignedAct('JP', key, signedAct, wanted))).toBe(code)
  })
})
