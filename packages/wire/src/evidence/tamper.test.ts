/** Evidence tampered with by outsiders and by the nations themselves (EVI-10 to EVI-33). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkFingerprint } from '../link/card.ts'
import { verifyEvidence } from './verify.ts'
import { offerOf, partsOf, receiptOf, showLog, statementText, testCast, testLogs } from './testEvidence.ts'
import {
  A,
  JP,
  KR,
  cast,
  edited,
  fingerprint,
  forgeries,
  honest,
  honestB,
  logs,
  pick,
  replaced,
  signedBy,
  withEntries,
} from './testForgeries.ts'
import { runs } from '../testProperties.ts'

describe('[EVI-33] tampering', () => {
  it('is tried in thirteen kinds', () => {
    expect(verifyEvidence(signedBy(JP, honest), { fingerprint }).verdict).toBe('proved')
    expect(new Set(forgeries.map(({ kind }) => kind)).size).toBe(13)
  })

  it.each(forgeries)('$kind: $how → $fault', ({ fault, forge }) => {
    const report = verifyEvidence(forge(), { fingerprint })
    expect(report.verdict).toBe('broken')
    expect(report.matter).toBeNull()
    expect(report.proved).toEqual([])
    const broken = report.findings.filter(({ held }) => !held)
    expect(broken.map((finding) => finding.fault)).toContain(fault)
    expect(broken.every(({ place }) => place !== '')).toBe(true)
  })

  it('[EVI-4] by replacing all keys is detected only by the fingerprint', () => {
    const text = forgeries.find(({ fault }) => fault === 'fingerprint_differs')!.forge()
    expect(verifyEvidence(text)).toMatchObject({ verdict: 'keys_open' })
    expect(verifyEvidence(text).unproved).toContain('keys_not_compared')
  })

  it('[EVI-32] by an exporter that omits the end proves no more than what is left', () => {
    const less = signedBy(
      KR,
      withEntries('other', (all) => all.slice(0, -1)),
    )
    const report = verifyEvidence(less, { fingerprint })
    expect(report).toMatchObject({ verdict: 'proved', matter: { state: 'accepted' } })
    expect(report.proved).not.toContain('receipted')
    expect(report.unproved).toEqual(expect.arrayContaining(['no_receipt', 'omission', 'later']))
  })

  it('[EVI-32] by omission is detected beside the file of the other nation', () => {
    const whole = signedBy(JP, honest)
    const checked = (text: string, against: string) => {
      const report = verifyEvidence(text, { fingerprint, against })
      return { report, faults: report.findings.flatMap(({ held, fault }) => (held ? [] : [fault])) }
    }
    const good = checked(signedBy(KR, honest), whole)
    expect(good.report.verdict).toBe('proved')
    expect(good.report.unproved).not.toContain('omission')
    expect(checked(whole, whole).report.unproved).toContain('omission')

    const less = signedBy(
      KR,
      withEntries('other', (all) => all.slice(0, -1)),
    )
    expect(checked(less, whole).faults).toEqual(['entry_missing_here'])
    expect(checked(whole, less).report.verdict).toBe('proved')
    expect(checked(whole, signedBy(JP, honestB)).faults).toEqual(['other_file_of_another'])
    expect(checked(whole, whole.slice(1)).faults).toEqual(['other_file_broken'])
  })

  it('[EVI-32] by showing two cosigned histories is detected by comparing two files', () => {
    const whole = signedBy(KR, honest)
    const { proposal, manifest } = edited
    const second = { ...A, proposal, manifest, digest: edited.digest }
    const forked = (more: readonly string[]) => {
      const other = replaced(logs.other, 'receipted', receiptOf(cast, second, 40))
      const entries = [...replaced(logs.home, 'offered', offerOf(cast, second, 20)), ...more]
      const parts = {
        ...honest,
        logs: { home: showLog(JP, KR, entries, { pick }), other: showLog(KR, JP, other, { pick }) },
      }
      return signedBy(JP, parts)
    }
    const { keyId } = JP.person('analyst')
    const body = { person: 'analyst', keyId }
    const later = statementText('directory.withdrawn', 'JP', 'KR', 50, { body })
    for (const text of [forked([]), forked([later])]) {
      expect(verifyEvidence(text, { fingerprint }).findings.filter(({ held }) => !held)).toEqual([])
      const { findings } = verifyEvidence(whole, { fingerprint, against: text })
      expect(findings.flatMap(({ held, fault }) => (held ? [] : [fault]))).toContain('forked')
    }
  })

  it('[EVI-10] [EVI-11] with one proved byte is detected whoever signs the file', () => {
    const small = testCast('ed25519')
    const base = partsOf(small, testLogs(small, [A]), A)
    const pin = linkFingerprint(small.home.card.text, small.other.card.text)
    const sides = fc.constantFrom('home' as const, 'other' as const)
    fc.assert(
      fc.property(sides, fc.nat(), fc.nat(), fc.boolean(), (side, which, where, inProof) => {
        const log = base.logs[side]!
        const at = which % log.entries.length
        const entry = log.entries[at]!
        const member = inProof ? 'proof' : 'statement'
        const altered = { ...entry, [member]: flipped(entry[member], where) }
        const entries = log.entries.with(at, altered)
        const parts = { ...base, logs: { ...base.logs, [side]: { ...log, entries } } }
        expect(verifyEvidence(signedBy(small.other, parts), { fingerprint: pin }).verdict).toBe('broken')
      }),
      runs(150),
    )
  })
})

function flipped(text: string, where: number): string {
  const at = where % text.length
  const next = text[at] === 'a' ? 'b' : 'a'
  return text.slice(0, at) + next + text.slice(at + 1)
}
