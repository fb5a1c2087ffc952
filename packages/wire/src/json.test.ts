/** Strict JSON against the cases of JSONTestSuite, and against what an attacker would nest (WIRE-2). */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { Malformed, decodeUtf8, parseJson } from './json.ts'

interface ParsingCase {
  readonly name: string
  readonly base64?: string
  readonly repeat?: string
  readonly times?: number
  readonly then?: string
  readonly code: string | null
}

const file = new URL('../../../spec/vectors/json/parsing.json', import.meta.url)
const cases = JSON.parse(readFileSync(file, 'utf8')) as ParsingCase[]

const bytesOf = ({ base64, repeat = '', times = 0, then = '' }: ParsingCase): Uint8Array =>
  base64 === undefined ? Buffer.from(repeat.repeat(times) + then, 'latin1') : Buffer.from(base64, 'base64')

/** The code of the refusal, null when it is accepted; anything else that is thrown is a fault. */
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
  it('[WIRE-2] is here as a whole', () => {
    const countOf = (kind: string) => cases.filter(({ name }) => name.startsWith(kind)).length
    expect([countOf('y_'), countOf('n_'), countOf('i_')]).toEqual([95, 188, 35])
  })

  it.each(cases.map((each) => [each.name, each] as const))('[WIRE-2] %s', (_name, each) => {
    expect(codeOf(bytesOf(each))).toBe(each.code)
  })

  it('[WIRE-2] every case that must be refused is, and only stricter rules refuse what JSON allows', () => {
    for (const { name, code } of cases) {
      if (name.startsWith('n_')) expect(code, name).not.toBeNull()
      if (name.startsWith('y_')) expect([null, 'duplicate_key', 'unsafe_number'], name).toContain(code)
    }
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

test('[WIRE-2] any bytes are accepted or refused with a code, and any value without its own traps comes back', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void codeOf(bytes)))
  const values = fc.jsonValue({ maxDepth: 8, noUnicodeString: false } as never)
  fc.assert(
    fc.property(values, (value) => {
      const text = JSON.stringify(value)
      const code = codeOf(Buffer.from(text))
      if (code === null) expect(parseJson(text, 'input')).toEqual(JSON.parse(text))
      else expect(['unsafe_number', 'not_json']).toContain(code)
    }),
  )
})
