/** Signed notes: [LOG-20] to [LOG-28], [SUITE-4], [SUITE-9]. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../../../spec/vectors/log/notes.json' with { type: 'json' }
import { equalBytes } from '../digest.ts'
import * as notes from './note.ts'
import { generateSuiteKeys, importPublicKeys, publicKeysOf, signerOf, verifierOf } from '../suite.ts'
import type { SuiteName } from '../suite.ts'

const bytesOf = (text: string) => Buffer.from(text)
const codeOf = (code: string) => expect.objectContaining({ code })
const random = (label: number) => (sizeBytes: number) => Buffer.alloc(sizeBytes, label)
const signer = signerOf('jp.entente/link/kr', generateSuiteKeys('ed25519+ml-dsa-87', random(1)))
const verifier = verifierOf(signer.name, publicKeysOf(signer.keys))
const dummy = (name: string, id: number) => ({ name, keyId: Buffer.alloc(4, id), signature: Buffer.alloc(9) })

describe('form', () => {
  test.each(vectors.malformed)('[LOG-20] [LOG-21] [LOG-23] [LOG-24] $about: $code', ({ base64, code }) => {
    expect(() => notes.parseNote(Buffer.from(base64, 'base64'))).toThrow(codeOf(code))
  })

  test('[LOG-20] the text ends at the last empty line, and the bytes round-trip', () => {
    const bytes = bytesOf('one\n\ntwo\n\n\n\u2014 a AQIDBAU=\n\u2014 a/b AQIDBAY=\n')
    const note = notes.parseNote(bytes)
    expect(note.text).toBe('one\n\ntwo\n\n')
    expect(note.signatures.map((line) => line.name)).toEqual(['a', 'a/b'])
    expect(equalBytes(notes.formatNote(note), bytes)).toBe(true)
  })

  test('[LOG-20] what parses is written back byte for byte', () => {
    const character = fc.oneof(
      fc.constant(0x0a),
      fc.integer({ min: 0x20, max: 0xd7ff }),
      fc.integer({ min: 0xe000, max: 0x10ffff }),
    )
    const word = fc.array(character).map((codes) => String.fromCodePoint(...codes))
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const note = { text: `${words.join('\n')}\n`, signatures: [dummy('a', 1), dummy('b', 1)] }
        const bytes = notes.formatNote(note)
        const again = notes.parseNote(bytes)
        expect(again.text).toBe(note.text)
        expect(equalBytes(notes.formatNote(again), bytes)).toBe(true)
      }),
    )
  })

  test('[LOG-21] arbitrary bytes are a note or Malformed, never another error', () => {
    const start = bytesOf('text\n\n\u2014 a AQIDBAU=\n')
    fc.assert(
      fc.property(fc.nat(start.length - 1), fc.uint8Array({ maxLength: 6 }), (at, bytes) => {
        const mutated = Buffer.concat([start.subarray(0, at), bytes, start.subarray(at + 1)])
        try {
          expect(equalBytes(notes.formatNote(notes.parseNote(mutated)), mutated)).toBe(true)
        } catch (error) {
          expect(error).toHaveProperty('place')
        }
      }),
    )
  })

  test('[LOG-22] limits: a text of a million bytes, a hundred signatures', () => {
    const line = '\n\u2014 a AQIDBAU=\n'
    const text = `${'x'.repeat(notes.NOTE_TEXT_SIZE_BYTES_MAX - 1)}\n`
    expect(notes.parseNote(bytesOf(text + line)).text).toHaveLength(notes.NOTE_TEXT_SIZE_BYTES_MAX)
    expect(() => notes.parseNote(bytesOf(`x${text}${line}`))).toThrow(codeOf('note_too_large'))
    expect(() => notes.parseNote(Buffer.alloc(10_000_000, 10))).toThrow(codeOf('note_too_large'))
    const signatures = Array.from({ length: 100 }, (_, id) => dummy('a', id))
    expect(notes.parseNote(notes.formatNote({ text: 'x\n', signatures })).signatures).toHaveLength(100)
    const more = [...signatures, dummy('b', 1)]
    expect(() => notes.formatNote({ text: 'x\n', signatures: more })).toThrow(
      codeOf('note_signatures_too_many'),
    )
  })

  test('[LOG-23] key names', () => {
    for (const name of ['a', 'jp.entente/link/kr', '日本', 'a-b_c~'])
      expect(notes.isKeyName(name), name).toBe(true)
    const others = ['', 'a b', 'a+b', 'a\nb', 'a\u2003b', 'a\u0085b', 'a\u007fb', '\ud800', 'x'.repeat(256)]
    for (const name of others) expect(notes.isKeyName(name), name).toBe(false)
  })

  test('[LOG-24] signature lines parse on their own and are added once', () => {
    const note = { text: 'x\n', signatures: [dummy('a', 1)] }
    const lines = notes.parseSignatureLines(
      [dummy('a', 1), dummy('b', 1)].map(notes.formatSignatureLine).join(''),
    )
    expect(notes.addSignatures(note, lines).signatures.map((line) => line.name)).toEqual(['a', 'b'])
    for (const text of ['', '\n', '\u2014 a AQIDBAU=', 'x\n']) {
      expect(() => notes.parseSignatureLines(text)).toThrow(codeOf('note_signature_malformed'))
    }
    const twice = notes.formatSignatureLine(dummy('a', 1)).repeat(2)
    expect(() => notes.parseSignatureLines(twice)).toThrow(codeOf('note_signature_duplicate'))
  })
})

describe('keys', () => {
  test('[LOG-25] [LOG-26] [SUITE-9] the four verifier keys of a name', () => {
    const trusted = verifierOf(vectors.name, importPublicKeys(vectors.keys['ed25519+ml-dsa-87']))
    const texts = [...notes.verifierKeysOf(trusted, 'note'), ...notes.verifierKeysOf(trusted, 'cosignature')]
    expect(texts).toEqual(vectors.verifierKeys)
    for (const text of texts) expect(notes.formatVerifierKey(notes.parseVerifierKey(text))).toBe(text)
    const ids = new Set(texts.map((text) => text.split('+')[1]))
    expect(ids.size).toBe(4)
  })

  test('[LOG-26] the published example verifies', () => {
    const { verifierKey, note } = vectors.published
    const { name, key } = notes.parseVerifierKey(verifierKey)
    const parsed = notes.parseNote(bytesOf(note))
    const verdict = notes.verifyNote(parsed, verifierOf(name, { suite: 'ed25519', keys: [key] }))
    expect(verdict).toEqual({ ok: true, value: note.slice(0, note.indexOf('\n\n') + 1) })
  })

  test('[LOG-26] a verifier key of another form, type, length or id is refused', () => {
    const text = vectors.published.verifierKey
    const [name, id, key] = text.split(/\+(.{8})\+/) as [string, string, string]
    const broken = [
      '',
      name,
      `${name}+${id}`,
      `+${id}+${key}`,
      `a b+${id}+${key}`,
      `Other+${id}+${key}`,
      `${name}+${id.toUpperCase()}+${key}`,
      `${name}+00000000+${key}`,
      `${name}+${id}+${Buffer.from([2, ...Buffer.alloc(32)]).toString('base64')}`,
      `${name}+${id}+${Buffer.from([1, ...Buffer.alloc(31)]).toString('base64')}`,
    ]
    for (const other of broken) {
      expect(() => notes.parseVerifierKey(other), other).toThrow(codeOf('verifier_key_malformed'))
    }
    expect(() => notes.parseVerifierKey(`${name}+${id}+${key}=`)).toThrow(codeOf('base64_malformed'))
  })
})

describe('signing', () => {
  test.each(vectors.verified)('[LOG-27] [LOG-28] [SUITE-4] $about: $code', ({ suite, note, code }) => {
    const keys = importPublicKeys(vectors.keys[suite as SuiteName])
    const parsed = notes.parseNote(bytesOf(note))
    const verdict = notes.verifyNote(parsed, verifierOf(vectors.name, keys))
    expect(verdict).toEqual(code === null ? { ok: true, value: parsed.text } : { ok: false, code })
  })

  test('[SUITE-4] a signed note verifies, from this thread and from the pool', async () => {
    for (const note of [notes.signNote('text\n', signer), await notes.signNoteAsync('text\n', signer)]) {
      const parsed = notes.parseNote(notes.formatNote(note))
      expect(parsed.signatures).toHaveLength(2)
      expect(notes.verifyNote(parsed, verifier)).toEqual({ ok: true, value: 'text\n' })
      expect(notes.verifyNote({ ...parsed, text: 'texs\n' }, verifier)).toEqual({
        ok: false,
        code: 'signature_invalid',
      })
    }
  })

  test('[LOG-21] [SUITE-6] an invalid text, or one that opens another domain, is not signed', async () => {
    for (const text of [
      '',
      'x',
      'x\ty\n',
      'x\ud800\n',
      'cosignature/v1\ntime 1\nx\n',
      'entente act v1\n{}\n',
    ]) {
      expect(() => notes.signNote(text, signer), text).toThrow(
        expect.objectContaining({ place: expect.any(String) }),
      )
      await expect(notes.signNoteAsync(text, signer)).rejects.toHaveProperty('place')
    }
  })
})
