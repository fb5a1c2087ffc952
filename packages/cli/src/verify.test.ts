/** The offline verifier on the command line: words, exit codes, and no network (EVI-34, EVI-35). */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { linkFingerprint } from '#wire/link/card.ts'
import { writeEvidence } from '#wire/evidence/evidence.ts'
import { CONTENT, atMinute, partsOf, testCast, testItem, testLogs } from '#wire/evidence/testEvidence.ts'
import { EVIDENCE_FAULTS } from '#wire/pillars.ts'
import { LANGUAGES } from '#words/word.ts'
import { faults } from './verifyFaults.ts'
import { runVerify } from './verify.ts'
import { proved, unproved } from './verifyWords.ts'

const folder = mkdtempSync(join(tmpdir(), 'entente-verify-'))
const cast = testCast('ed25519+ml-dsa-87')
const item = testItem(1)
const parts = partsOf(cast, testLogs(cast, [item]), item)
const text = writeEvidence(parts, { nation: 'JP', keys: cast.home.keys, at: atMinute(70) })
const fingerprint = linkFingerprint(cast.home.card.text, cast.other.card.text)

function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const file = put('genuine.entente-evidence.json', text)
const content = put('report.txt', CONTENT)

function run(...args: string[]): { code: number; said: string } {
  let said = ''
  const code = runVerify(args, { write: (line) => (said += line) })
  return { code, said }
}

describe('entente verify', () => {
  it('[EVI-34] says what is proved and what is not, in three languages', () => {
    const words = { en: 'PROVED', ko: '입증됨', ja: '証明済み' }
    for (const lang of LANGUAGES) {
      const { code, said } = run(file, '--fingerprint', fingerprint, '--content', content, '--lang', lang)
      expect(code).toBe(0)
      expect(said.startsWith(words[lang])).toBe(true)
      for (const shown of [item.control, '極秘', '군사 Ⅱ급 비밀', 'JP release-1', fingerprint, '4.2']) {
        expect(said).toContain(shown)
      }
      expect(said).toContain(proved.content[lang])
      expect(said).toContain(unproved.truth[lang])
    }
  })

  it('[EVI-4] [EVI-35] does not decide until the keys are compared', () => {
    const { code, said } = run(file)
    expect(code).toBe(2)
    expect(said).toContain(fingerprint)
    expect(said).toContain('--fingerprint')
    const cards = [cast.home.card, cast.other.card].map((card, at) =>
      put(`card-${at}.json`, JSON.stringify(card)),
    )
    expect(run(file, '--trust', cards[0]!, '--trust', cards[1]!).code).toBe(0)
    expect(run(file, '--trust', cards[0]!).code).toBe(1)
    expect(
      run(
        file,
        '--fingerprint',
        fingerprint.replace(/.$/, (last) => String((Number(last) + 1) % 10)),
      ).code,
    ).toBe(1)
  })

  it('[EVI-35] names what broke and where', () => {
    const altered = put('altered.json', text.replace('\\"KR-2026-000001', '\\"KR-2026-000009'))
    const { code, said } = run(altered, '--fingerprint', fingerprint)
    expect(code).toBe(1)
    expect(said).toContain('BROKEN')
    expect(said).toContain('kr.entente/link/jp[4] (inclusion_invalid)')
    expect(said).toContain('export (exporter_signature_invalid)')
    expect(said).not.toContain('What is proved')
    const other = put('other.txt', 'EXERCISE something else')
    expect(run(file, '--fingerprint', fingerprint, '--content', other).said).toContain('(content_differs)')
  })

  it('[EVI-35] distinguishes what cannot be read from what is broken', () => {
    expect(run().code).toBe(2)
    expect(run(file, '--lang', 'fr').code).toBe(2)
    expect(run(file, '--unknown').code).toBe(2)
    expect(run(join(folder, 'none')).code).toBe(2)
    expect(run(file, '--content', join(folder, 'none')).code).toBe(2)
    expect(run(file, '--trust', content).code).toBe(2)
    expect(run(put('cut.json', text.slice(0, 1000))).code).toBe(1)
    expect(run(put('bytes', Buffer.from([0xff, 0xfe, 0x00]))).code).toBe(1)
    expect(run(put('large', Buffer.alloc(9_000_000, 0x20))).code).toBe(1)
  })

  it('[EVI-34] reports the same as JSON', () => {
    const { code, said } = run(file, '--fingerprint', fingerprint, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(said)).toMatchObject({ verdict: 'proved', matter: { state: 'receipted' } })
  })

  it('[EVI-34] lets nothing in the file move the cursor or hide a word', () => {
    const office = 'EXERCISE \u202e\u009b31m desk'
    const shown = run(put('path\u009b2J', '{}')).said
    expect(shown).not.toMatch(/[\u0080-\u009f]/)
    const stage = testCast('ed25519')
    const person = { ...stage.home.person('analyst'), office }
    const home = {
      ...stage.home,
      person: (id: string) => (id === 'analyst' ? person : stage.home.person(id)),
    }
    const spoiled = partsOf({ ...stage, home }, testLogs({ ...stage, home }, [item]), item)
    const { said } = run(
      put('office.json', writeEvidence(spoiled, { nation: 'JP', keys: home.keys, at: atMinute(70) })),
    )
    expect(said).toContain('EXERCISE \ufffd\ufffd31m desk')
    expect(said).not.toMatch(/[\u0080-\u009f\u202e]/)
  })

  it('has words for every fault in every language', () => {
    for (const language of LANGUAGES) {
      expect(EVIDENCE_FAULTS.filter((fault) => faults[fault][language].length < 5)).toEqual([])
    }
  })

  it('[EVI-34] runs in its own process, in another folder, without network permission', () => {
    const program = fileURLToPath(new URL('verify.ts', import.meta.url))
    const forbidding = ['--permission', '--allow-fs-read=*']
    const args = [...forbidding, program, file, '--fingerprint', fingerprint]
    const ran = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
    expect({ status: ran.status, stderr: ran.stderr }).toMatchObject({ status: 0 })
    expect(ran.stdout).toContain('PROVED')
    // The same permissions do not allow a socket.
    const connect = `require('node:net').connect(1, '127.0.0.1').on('error', (error) => console.log(error.code))`
    const tried = spawnSync(process.execPath, [...forbidding, '-e', connect], { encoding: 'utf8' })
    expect(tried.stdout + tried.stderr).toContain('ERR_ACCESS_DENIED')
  })
})
