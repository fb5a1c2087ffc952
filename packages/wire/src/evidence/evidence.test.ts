/** The form of evidence: one spelling, and every byte of it bound (EVI-1 to EVI-8). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkFingerprint } from '../link/card.ts'
import { readEvidence, signedPart, writeEvidence } from './evidence.ts'
import { verifyEvidence } from './verify.ts'
import { parseLogProof, verifyLogProof } from '../log/proof.ts'
import { cosignerName, linkOrigin } from '../log/checkpoint.ts'
import { leafHash } from '../log/merkle.ts'
import type { SuiteName } from '../suite.ts'
import { publicKeysOf, verifierOf } from '../suite.ts'
import { CONTENT, atMinute, partsOf, testCast, testItem, testLogs } from './testEvidence.ts'
import { thrownCode } from '../seal/testSeal.ts'
import { runs } from '../testProperties.ts'

function genuine(suite: SuiteName) {
  const cast = testCast(suite)
  const items = [testItem(1), testItem(2)]
  const parts = partsOf(cast, testLogs(cast, items), items[0]!)
  const exporter = { nation: 'JP', keys: cast.home.keys, at: atMinute(70) }
  const text = writeEvidence(parts, exporter)
  const fingerprint = linkFingerprint(cast.home.card.text, cast.other.card.text)
  return { cast, parts, exporter, text, fingerprint }
}

const { cast, parts, exporter, text, fingerprint } = genuine('ed25519+ml-dsa-87')

describe('evidence', () => {
  it.each<SuiteName>(['ed25519', 'ed25519+ml-dsa-87'])('[EVI-1] [EVI-30] holds with %s', (suite) => {
    const made = genuine(suite)
    const report = verifyEvidence(made.text, { fingerprint: made.fingerprint, content: [CONTENT] })
    expect(report.findings.filter(({ held }) => !held)).toEqual([])
    expect(report).toMatchObject({
      verdict: 'proved',
      matter: { state: 'receipted' },
      exported: { by: 'JP' },
    })
    expect(report.matter?.articles).toContainEqual({ term: 'equivalence', articles: ['4.2'] })
  })

  it('[EVI-4] is not proved until its keys are compared with those that the verifier holds', () => {
    expect(verifyEvidence(text).verdict).toBe('keys_open')
    expect(verifyEvidence(text).unproved).toContain('keys_not_compared')
    const trusted = [cast.home.card, cast.other.card]
    expect(verifyEvidence(text, { trusted }).verdict).toBe('proved')
    expect(verifyEvidence(text, { trusted: trusted.slice(1) }).verdict).toBe('broken')
    expect(verifyEvidence(text, { fingerprint: fingerprint.replaceAll(' ', '') }).verdict).toBe('proved')
  })

  it('[EVI-5] carries C2SP log proofs, byte for byte', () => {
    const { home } = readEvidence(text).logs
    const log = verifierOf(linkOrigin('JP', 'KR'), publicKeysOf(cast.home.keys))
    const cosigner = verifierOf(cosignerName('KR'), publicKeysOf(cast.other.keys))
    for (const { proof, statement } of home.entries) {
      const read = parseLogProof(Buffer.from(proof + home.checkpoint))
      const leaf = leafHash(Buffer.from(statement))
      const verdict = verifyLogProof(read, leaf, { log, cosigners: [cosigner], cosignersMin: 1 })
      expect(verdict.ok).toBe(true)
    }
  })

  it('[EVI-2] is read in one spelling only', () => {
    const value = JSON.parse(text) as object
    expect(thrownCode(() => readEvidence(JSON.stringify(value)))).toBe('evidence_spelling')
    expect(thrownCode(() => readEvidence(`${text}\n`))).toBe('evidence_spelling')
    const reversed = JSON.stringify(Object.fromEntries(Object.entries(value).reverse()), null, 2)
    expect(thrownCode(() => readEvidence(`${reversed}\n`))).toBe('evidence_spelling')
    const more = `${JSON.stringify({ ...value, more: 1 }, null, 2)}\n`
    expect(thrownCode(() => readEvidence(more))).toBe('evidence_malformed')
    expect(thrownCode(() => readEvidence(' '.repeat(9_000_000)))).toBe('too_large')
  })

  it('[EVI-3] is signed by its exporter over every byte before the signature', () => {
    expect(text.startsWith(signedPart(text))).toBe(true)
    const stranger = testCast('ed25519+ml-dsa-87', 'stranger').home
    const forged = writeEvidence(parts, { ...exporter, keys: stranger.keys })
    expect(faultsOf(forged)).toEqual(['exporter_signature_invalid'])
    expect(faultsOf(writeEvidence(parts, { ...exporter, nation: 'US' }))).toEqual(['exporter_unknown'])
    const other = writeEvidence({ ...parts, opening: null }, exporter)
    const moved = `${signedPart(text)}${other.slice(signedPart(other).length)}`
    expect(faultsOf(moved)).toEqual(['exporter_signature_invalid'])
  })

  it('[EVI-8] does not hold when any one byte is changed', () => {
    const bytes = Buffer.from(text)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (position, change) => {
        const altered = Buffer.from(bytes)
        altered[position]! ^= change
        expect(verifyEvidence(altered.toString('utf8'), { fingerprint }).verdict).toBe('broken')
      }),
      runs(150),
    )
  })

  it('[EVI-8] does not hold when any member is emptied, cut, doubled or removed', () => {
    const verdicts = mutationsOf(JSON.parse(text) as unknown).map((altered) =>
      verifyEvidence(`${JSON.stringify(altered, null, 2)}\n`, { fingerprint }),
    )
    expect(verdicts.length).toBeGreaterThan(150)
    expect(verdicts.filter(({ verdict }) => verdict !== 'broken')).toEqual([])
  })

  it('[EVI-8] does not hold when cut off anywhere, or with anything after it', () => {
    for (let part = 0; part < 40; part += 1) {
      const cut = text.slice(0, Math.floor((text.length * part) / 40))
      expect(verifyEvidence(cut, { fingerprint }).verdict).toBe('broken')
    }
    expect(verifyEvidence(`${text} `, { fingerprint }).verdict).toBe('broken')
    expect(verifyEvidence(text + text, { fingerprint }).verdict).toBe('broken')
  })
})

function faultsOf(altered: string): (string | null)[] {
  return verifyEvidence(altered, { fingerprint }).findings.flatMap(({ held, fault }) => (held ? [] : [fault]))
}

/**
 * Every mutation of one member of a value: strings cut, extended and emptied, lists shortened, doubled,
 * reversed.
 */
function mutationsOf(value: unknown): unknown[] {
  if (typeof value === 'string') return ['', value.slice(0, -1), `${value}x`, null]
  if (typeof value !== 'object' || value === null) return ['x', 0]
  if (Array.isArray(value)) {
    const lists = value.length === 0 ? [] : [[], value.slice(1), value.slice(0, -1), [...value, value[0]]]
    const reversed = value.length > 1 ? [value.toReversed()] : []
    const inside = value.flatMap((element, at) => mutationsOf(element).map((next) => value.with(at, next)))
    return [...lists, ...reversed, ...inside]
  }
  return Object.entries(value).flatMap(([key, member]) => {
    const { [key]: _, ...without } = value as Record<string, unknown>
    return [without, ...mutationsOf(member).map((next) => ({ ...value, [key]: next }))]
  })
}
