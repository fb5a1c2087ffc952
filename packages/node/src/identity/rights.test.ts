import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { Malformed } from '#wire/json.ts'
import { clearanceAt, isValidAt } from './clearance.ts'
import type { Clearance } from './clearance.ts'
import { failed, isLocked, lockDelayMs, NO_FAILURES } from './lockout.ts'
import { coveringGrant, formatScope, parseScope } from './needToKnow.ts'
import { codeDigest, formatCode, isCode } from './oneTimeCode.ts'

const LADDER = ['秘', '極秘', '特定秘密']
const MATTER = '0123456789abcdef0123456789abcdef'

function clearance(marking: string, from: number, until: number, revokedAt: number | null = null): Clearance {
  const id = `${marking}${from}`
  return { id, person: 'officer', marking, reason: 'r', from, until, grantedBy: 's', revokedAt }
}

describe('clearances', () => {
  it.each([
    ['none', [], 10, null],
    ['one that is valid', [clearance('極秘', 0, 20)], 10, { marking: '極秘', valid: true, until: 20 }],
    ['its first instant', [clearance('極秘', 10, 20)], 10, { marking: '極秘', valid: true, until: 20 }],
    [
      'its last instant has passed',
      [clearance('極秘', 0, 10)],
      10,
      { marking: '極秘', valid: false, until: 10 },
    ],
    ['one that begins later', [clearance('極秘', 11, 20)], 10, null],
    [
      'the higher of two',
      [clearance('秘', 0, 90), clearance('特定秘密', 0, 20)],
      10,
      { marking: '特定秘密', valid: true, until: 20 },
    ],
    [
      'a lower one that is valid, before a higher one that ended',
      [clearance('秘', 0, 90), clearance('特定秘密', 0, 5)],
      10,
      { marking: '秘', valid: true, until: 90 },
    ],
    ['revoked', [clearance('極秘', 0, 20, 9)], 10, { marking: '極秘', valid: false, until: 9 }],
    [
      'revoked at this very instant',
      [clearance('極秘', 0, 20, 10)],
      10,
      { marking: '極秘', valid: false, until: 10 },
    ],
    ['a marking of another nation', [clearance('SECRET', 0, 20)], 10, null],
    [
      'renewed: the one that ends last',
      [clearance('極秘', 0, 20), clearance('極秘', 5, 40)],
      10,
      { marking: '極秘', valid: true, until: 40 },
    ],
  ])('[ID-41] %s', (_, clearances, now, expected) => {
    expect(clearanceAt(clearances, LADDER, now)).toEqual(expected)
  })

  it('[ID-44] is never valid after its revocation', () => {
    const instant = fc.integer({ min: 0, max: 100 })
    fc.assert(
      fc.property(instant, instant, instant, instant, (from, until, revokedAt, now) => {
        const isValid = isValidAt({ from, until, revokedAt }, now)
        expect(isValid).toBe(from <= now && now < until && now < revokedAt)
      }),
    )
  })
})

describe('need-to-know', () => {
  const grant = (scope: string, from: number, until: number, revokedAt: number | null = null) => ({
    id: `${scope}${until}`,
    person: 'officer',
    scope: parseScope(scope),
    reason: 'r',
    from,
    until,
    grantedBy: 's',
    revokedAt,
  })

  it.each([
    ['the matter', [grant(`matter:${MATTER}`, 0, 20)], 20],
    ['another matter', [grant(`matter:${MATTER.replace('0', '1')}`, 0, 20)], null],
    ['the category', [grant('category:ballistic-missile', 0, 20)], 20],
    ['another category', [grant('category:maritime', 0, 20)], null],
    ['ended', [grant(`matter:${MATTER}`, 0, 10)], null],
    ['not begun', [grant(`matter:${MATTER}`, 11, 20)], null],
    ['revoked', [grant(`matter:${MATTER}`, 0, 20, 10)], null],
    [
      'two: the one that ends last',
      [grant(`matter:${MATTER}`, 0, 20), grant('category:ballistic-missile', 0, 30)],
      30,
    ],
  ])('[ID-42] %s', (_, grants, until) => {
    const covering = coveringGrant(grants, { matter: MATTER, category: 'ballistic-missile' }, 10)
    expect(covering?.until ?? null).toBe(until)
  })

  it('[ID-42] a grant over a matter does not cover a case without a matter', () => {
    expect(coveringGrant([grant(`matter:${MATTER}`, 0, 20)], { category: 'maritime' }, 10)).toBeNull()
  })

  it('[ID-42] reads back every scope that it writes, and rejects malformed text', () => {
    for (const scope of [`matter:${MATTER}`, 'category:a', 'category:x1_y.z-9']) {
      expect(formatScope(parseScope(scope))).toBe(scope)
    }
    const bad = [
      '',
      'matter:',
      `matter:${MATTER}0`,
      'matter:*',
      'category:',
      'category:A',
      'category:a\n',
      'x:y',
      '*',
    ]
    for (const scope of bad) expect(() => parseScope(scope), scope).toThrow(Malformed)
  })
})

describe('lock-out', () => {
  const MINUTES = 60_000

  it('[ID-15] grows from one minute at the fifth failure to one hour', () => {
    const minutes = Array.from({ length: 14 }, (_, index) => lockDelayMs(index + 1) / MINUTES)
    expect(minutes).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60])
    expect(lockDelayMs(100_000)).toBe(60 * MINUTES)
  })

  it('[ID-15] locks until its end, and expires after a day without an attempt', () => {
    let failures = NO_FAILURES
    for (let count = 0; count < 5; count += 1) failures = failed(failures, 1_000)
    expect(failures).toEqual({ count: 5, lockedUntil: 61_000, lastAt: 1_000 })
    expect([isLocked(failures, 1_000), isLocked(failures, 60_999), isLocked(failures, 61_000)]).toEqual([
      true,
      true,
      false,
    ])
    expect(failed(failures, 61_000).count).toBe(6)
    expect(failed(failures, 1_000 + 24 * 60 * MINUTES + 1).count).toBe(1)
  })
})

describe('one-time codes', () => {
  it('[ID-14] can be read aloud', () => {
    const code = formatCode(new Uint8Array(15).fill(0b1000_0001))
    expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/)
    const digest = codeDigest(code)
    const spoken = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
    expect(isCode(spoken, digest)).toBe(true)
    expect(isCode(`${code}0`, digest)).toBe(false)
    expect(isCode('', digest)).toBe(false)
  })

  it('[ID-14] differ wherever their bytes differ', () => {
    const some = fc.uint8Array({ minLength: 15, maxLength: 15 })
    fc.assert(
      fc.property(some, some, (a, b) => {
        expect(formatCode(a) === formatCode(b)).toBe(Buffer.from(a).equals(Buffer.from(b)))
      }),
    )
  })
})
