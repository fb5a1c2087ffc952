/** Statements: exact bytes, closed shapes (WIRE-1 to WIRE-7). */
import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { Malformed } from './json.ts'
import { decodeStatement, encodeStatement } from './statement.ts'
import { thrownCode } from './seal/testSeal.ts'

interface StatementCase {
  readonly name: string
  readonly text: string
  readonly code: string | null
  readonly place?: string
}

const file = new URL('../../../spec/vectors/statement/statements.json', import.meta.url)
const cases = JSON.parse(readFileSync(file, 'utf8')) as StatementCase[]

describe('vectors', () => {
  it.each(cases)('[WIRE-3] $name', ({ text, code, place }) => {
    const decode = () => decodeStatement(Buffer.from(text))
    if (code === null) {
      expect(Buffer.from(encodeStatement(decode())).toString()).toBe(text)
      return
    }
    expect(decode).toThrow(Malformed)
    expect(thrownCode(decode)).toBe(code)
    if (place !== undefined) expect(decode).toThrow(`at ${place}`)
  })
})

const valid = decodeStatement(Buffer.from(cases[0]!.text))

test('[WIRE-1] 65,535 bytes fit and one more does not', () => {
  const sizeOf = (text: string) =>
    encodeStatement({ ...valid, kind: 'exchange.offered', body: { proposal: 'p', manifest: text } }).length
  const rest = 65_535 - sizeOf('')
  expect(sizeOf('a'.repeat(rest))).toBe(65_535)
  expect(thrownCode(() => sizeOf('a'.repeat(rest + 1)))).toBe('too_large')
  expect(thrownCode(() => decodeStatement(Buffer.alloc(65_536, 32)))).toBe('too_large')
})

test('[WIRE-2] only exact UTF-8 is read', () => {
  const bytes = Buffer.from(cases[0]!.text)
  expect(thrownCode(() => decodeStatement(Buffer.concat([Buffer.from('\ufeff'), bytes])))).toBe('not_json')
  expect(thrownCode(() => decodeStatement(Buffer.concat([bytes, Buffer.of(0xff)])))).toBe('not_utf8')
})
