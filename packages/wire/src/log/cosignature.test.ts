/** Cosignatures: [LOG-40] to [LOG-42]. */
import { describe, expect, test } from 'vitest'
import { cosign, cosignAsync, cosignatureMessage, verifyCosignature } from './cosignature.ts'
import { addSignatures, formatNote, parseNote, signNote, verifyNote } from './note.ts'
import { generateSuiteKeys, publicKeysOf, signBytes, signerOf, suites, verifierOf } from '../suite.ts'
import type { SuiteName } from '../suite.ts'

const random = (label: number) => (sizeBytes: number) => Buffer.alloc(sizeBytes, label)
const text = 'jp.entente/link/kr\n13\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'
const time = 1_793_491_200
const note = signNote(text, signerOf('jp.entente/link/kr', generateSuiteKeys('ed25519', random(1))))

describe.each(Object.keys(suites) as SuiteName[])('suite %s', (suite) => {
  const signer = signerOf('kr.entente/witness', generateSuiteKeys(suite, random(2)))
  const verifier = verifierOf(signer.name, publicKeysOf(signer.keys))

  test('[LOG-40] [LOG-41] the signed bytes are two lines and the text; the time comes back', async () => {
    expect(Buffer.from(cosignatureMessage(text, time)).toString()).toBe(
      `cosignature/v1\ntime 1793491200\n${text}`,
    )
    for (const lines of [cosign(text, time, signer), await cosignAsync(text, time, signer)]) {
      const whole = parseNote(formatNote(addSignatures(note, lines)))
      expect(verifyCosignature(whole, verifier)).toEqual({ ok: true, value: time })
      expect(lines.map((line) => line.signature.length)).toEqual(
        suites[suite].map((a) => (a === 'ed25519' ? 72 : 4635)),
      )
    }
  })

  test('[LOG-40] a cosignature is of this text, by this name, with these keys', () => {
    const whole = addSignatures(note, cosign(text, time, signer))
    const changed = { ...whole, text: whole.text.replace('\n13\n', '\n14\n') }
    expect(verifyCosignature(changed, verifier)).toEqual({ ok: false, code: 'signature_invalid' })
    expect(verifyCosignature(note, verifier)).toEqual({ ok: false, code: 'signature_missing' })
    const renamed = verifierOf('us.entente/witness', verifier.keys)
    expect(verifyCosignature(whole, renamed)).toEqual({ ok: false, code: 'signature_missing' })
  })

  test('[LOG-41] a changed or impossible time is refused', () => {
    const lines = cosign(text, time, signer)
    for (const stamp of [
      [0, 0, 0, 0, 0, 0, 0, 1],
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    ]) {
      const changed = lines.map((line) => ({
        ...line,
        signature: Buffer.concat([Buffer.from(stamp), line.signature.subarray(8)]),
      }))
      expect(verifyCosignature(addSignatures(note, changed), verifier)).toEqual({
        ok: false,
        code: 'signature_invalid',
      })
    }
    // A time beyond the safe integers is refused even where the signature over it is right.
    const beyond = cosignatureMessage(text, 2 ** 53)
    const stamp = Buffer.from([0, 0x20, 0, 0, 0, 0, 0, 0])
    const late = lines.map((line, position) => ({
      ...line,
      signature: Buffer.concat([stamp, signBytes(signer.keys.pairs[position]!, 'cosignature', beyond)]),
    }))
    expect(verifyCosignature(addSignatures(note, late), verifier)).toMatchObject({
      code: 'signature_invalid',
    })
    const short = lines.map((line) => ({ ...line, signature: line.signature.subarray(0, 8) }))
    expect(verifyCosignature(addSignatures(note, short), verifier)).toMatchObject({
      code: 'signature_invalid',
    })
    for (const wrong of [-1, 0.5, 2 ** 53, NaN]) {
      expect(() => cosign(text, wrong, signer)).toThrow(
        expect.objectContaining({ code: 'cosignature_time_malformed' }),
      )
    }
  })
})

describe('the default suite', () => {
  const signer = signerOf('kr.entente/witness', generateSuiteKeys('ed25519+ml-dsa-87', random(2)))
  const verifier = verifierOf(signer.name, publicKeysOf(signer.keys))

  test('[SUITE-4] either line alone is a downgrade', () => {
    for (const line of cosign(text, time, signer)) {
      expect(verifyCosignature(addSignatures(note, [line]), verifier)).toEqual({
        ok: false,
        code: 'suite_downgraded',
      })
    }
  })

  test('[SUITE-6] a cosignature does not verify as a note signature of the same key, nor the reverse', () => {
    const verdict = { ok: false, code: 'signature_invalid' }
    const made = cosign(text, time, signer)
    const signed = signNote(text, signer)
    const asNote = made.map((line, position) => ({
      ...signed.signatures[position]!,
      signature: line.signature.subarray(8),
    }))
    expect(verifyNote({ text, signatures: asNote }, verifier)).toEqual(verdict)
    const asCosignature = made.map((line, position) => ({
      ...line,
      signature: Buffer.concat([line.signature.subarray(0, 8), signed.signatures[position]!.signature]),
    }))
    expect(verifyCosignature({ text, signatures: asCosignature }, verifier)).toEqual(verdict)
    // The very bytes that were cosigned, as the text of a note: the one way in which Ed25519 would verify.
    const whole = Buffer.from(cosignatureMessage(text, time)).toString()
    expect(verifyNote({ text: whole, signatures: asNote }, verifier)).toEqual({
      ok: false,
      code: 'text_reserved',
    })
    const small = verifierOf(signer.name, { suite: 'ed25519', keys: verifier.keys.keys.slice(0, 1) })
    expect(verifyNote({ text: whole, signatures: asNote }, small)).toEqual({
      ok: false,
      code: 'text_reserved',
    })
  })

  test('[LOG-42] both lines name the same time', () => {
    const [first] = cosign(text, time, signer)
    const [, second] = cosign(text, time + 1, signer)
    expect(verifyCosignature(addSignatures(note, [first!, second!]), verifier)).toEqual({
      ok: false,
      code: 'time_mismatch',
    })
  })
})
