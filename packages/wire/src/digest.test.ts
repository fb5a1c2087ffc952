/** Digests and the strict encodings: [SUITE-1], [SUITE-2]. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBase64, decodeHex, encodeBase64, encodeHex, equalBytes } from './digest.ts'
import { isSha384, sha256, sha384 } from './digest.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('digest', () => {
  test('[SUITE-1] a SHA-384 name is the published digest of "abc" with its prefix', () => {
    expect(sha384(bytesOf('abc'))).toBe(
      'sha384:cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed' +
        '8086072ba1e7cc2358baeca134c825a7',
    )
    expect(encodeHex(sha256(bytesOf('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  test('[SUITE-1] only the exact form is a SHA-384 name', () => {
    const name = sha384(bytesOf('abc'))
    expect(isSha384(name)).toBe(true)
    const others = [name.toUpperCase(), name.slice(0, -1), `${name}0`, `${name}\n`, name.slice(7), 7, null]
    for (const other of others) expect(isSha384(other), String(other)).toBe(false)
  })

  test('[SUITE-2] bytes come back from their hex and base64', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(equalBytes(decodeHex(encodeHex(bytes)), bytes)).toBe(true)
        expect(equalBytes(decodeBase64(encodeBase64(bytes)), bytes)).toBe(true)
      }),
    )
  })

  const misspelt = ['A', 'AA', 'AA=', 'AB==', 'AAB=', 'AA==\n', ' AA==', 'AA== ', '-_8=', 'AA==AA==', '=']
  test.each([...misspelt, 'AA\u00a0=='])('[SUITE-2] base64 %j is refused', (text) => {
    expect(() => decodeBase64(text, 'here')).toThrow(
      expect.objectContaining({ code: 'base64_malformed', place: 'here' }),
    )
  })

  test.each(['0', 'AB', '0g', '00 ', '0x00', '00\n'])('[SUITE-2] hex %j is refused', (text) => {
    expect(() => decodeHex(text, 'here')).toThrow(
      expect.objectContaining({ code: 'hex_malformed', place: 'here' }),
    )
  })

  test('a view into a larger buffer is encoded as the view alone', () => {
    const view = new Uint8Array([9, 1, 2, 9]).subarray(1, 3)
    expect(encodeHex(view)).toBe('0102')
    expect(encodeBase64(view)).toBe('AQI=')
  })
})
