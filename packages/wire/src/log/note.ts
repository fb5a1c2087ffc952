/**
 * Signed notes after C2SP signed-note v1: exact text, signature lines, key ids and verifier keys, signed
 * and verified with a suite (LOG-20 to LOG-28, SUITE-4, SUITE-9).
 */
import { decodeBase64, encodeBase64, encodeHex, sha256 } from '../digest.ts'
import { Malformed, decodeUtf8 } from '../json.ts'
import { algorithms, publicKeyOf, reservedFirstLines } from '../suite.ts'
import { signBytes, signBytesAsync, verifyBytes } from '../suite.ts'
import type { Algorithm, PublicKey, Signer, Verdict, Verifier } from '../suite.ts'

/** The longest text of a note, in bytes. */
export const NOTE_TEXT_SIZE_BYTES_MAX = 1_000_000

/** The most signature lines in a note. */
const NOTE_SIGNATURES_MAX = 100

/** A signature line: key name, 4-byte key id and what follows it. */
export interface NoteSignature {
  readonly name: string
  readonly keyId: Uint8Array
  readonly signature: Uint8Array
}

/** A note: its text, which ends in a newline, and its signatures in the order of their lines. */
export interface Note {
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

type Signed = Pick<Note, 'signatures'>

/** What a note key signs: a note, or a checkpoint as a cosigner. */
export type NoteKeyKind = 'note' | 'cosignature'

/** A verifier key: the key of one algorithm with the name and kind it is trusted for. */
export interface VerifierKey {
  readonly name: string
  readonly kind: NoteKeyKind
  readonly key: PublicKey
}

const MARK = '\u2014 '
// A control character below U+0020 other than a newline.
const CONTROL_CHARACTER = /[^\P{Cc}\n\u007f-\u009f]/u
const KEY_ID_SIZE_BYTES = 4
const KEY_NAME_LENGTH_MAX = 255
const SIGNATURE_SIZE_BYTES_MAX = 16_384
// A line holds the mark, a name, and base64 of a signature: the limits above bound it.
const NOTE_SIZE_BYTES_MAX = NOTE_TEXT_SIZE_BYTES_MAX + NOTE_SIGNATURES_MAX * 2 * SIGNATURE_SIZE_BYTES_MAX

/** The signature type that opens the public key material: a C2SP byte, or 0xff and our own identifier. */
const typePrefixes: Readonly<Record<NoteKeyKind, Readonly<Record<Algorithm, Buffer>>>> = {
  note: {
    ed25519: Buffer.of(0x01),
    'ml-dsa-87': Buffer.from('\xffentente.int/ml-dsa-87\n', 'latin1'),
  },
  cosignature: {
    ed25519: Buffer.of(0x04),
    'ml-dsa-87': Buffer.from('\xffentente.int/ml-dsa-87-cosignature\n', 'latin1'),
  },
}

/** True if `name` may be a key name: not empty, no Unicode space, no plus, no control character. */
export function isKeyName(name: string): boolean {
  const sized = name.length > 0 && name.length <= KEY_NAME_LENGTH_MAX
  return sized && name.isWellFormed() && !/[\p{White_Space}+\p{Cc}]/u.test(name)
}

/**
 * The note of exact bytes (LOG-20 to LOG-24). Throws with the line that is wrong: `not_utf8`,
 * `note_too_large`, `note_control_character`, `note_malformed`, `note_signature_malformed`,
 * `note_signatures_too_many` or `note_signature_duplicate`.
 */
export function parseNote(bytes: Uint8Array): Note {
  if (bytes.length > NOTE_SIZE_BYTES_MAX) throw new Malformed('note_too_large', 'note')
  const whole = decodeUtf8(bytes, 'note')
  const split = whole.lastIndexOf('\n\n')
  if (split < 0 || !whole.endsWith('\n')) throw new Malformed('note_malformed', 'note')
  const text = whole.slice(0, split + 1)
  const lines = whole
    .slice(split + 2)
    .split('\n')
    .slice(0, -1)
  checkText(text)
  if (lines.length === 0) throw new Malformed('note_malformed', 'note signatures')
  if (lines.length > NOTE_SIGNATURES_MAX) throw new Malformed('note_signatures_too_many', 'note signatures')
  const signatures = lines.map((line, position) => parseSignatureLine(line, position + 1))
  checkDistinct(signatures)
  return { text, signatures }
}

/** The exact bytes of a note. Throws as `parseNote` if the parts are not a valid note. */
export function formatNote(note: Note): Uint8Array {
  checkText(note.text)
  if (note.signatures.length === 0) throw new Malformed('note_malformed', 'note signatures')
  if (note.signatures.length > NOTE_SIGNATURES_MAX) {
    throw new Malformed('note_signatures_too_many', 'note signatures')
  }
  checkDistinct(note.signatures)
  return Buffer.from(`${note.text}\n${note.signatures.map(formatSignatureLine).join('')}`)
}

/** One signature line, with its newline. */
export function formatSignatureLine(line: NoteSignature): string {
  if (!isKeyName(line.name)) throw new Malformed('note_signature_malformed', 'key name')
  return `${MARK}${line.name} ${encodeBase64(Buffer.concat([line.keyId, line.signature]))}\n`
}

/** Parses signature lines that travel alone, as a cosigner returns them. Throws as `parseNote`. */
export function parseSignatureLines(text: string): NoteSignature[] {
  const lines = text.split('\n')
  if (lines.pop() !== '' || lines.length === 0) throw new Malformed('note_signature_malformed', 'signatures')
  if (lines.length > NOTE_SIGNATURES_MAX) throw new Malformed('note_signatures_too_many', 'signatures')
  const signatures = lines.map((line, position) => parseSignatureLine(line, position + 1))
  checkDistinct(signatures)
  return signatures
}

/** The note with more signatures. Skips a line whose name and key id the note already has. */
export function addSignatures(note: Note, signatures: readonly NoteSignature[]): Note {
  const fresh = signatures.filter((line) => !findSignature(note, line.name, line.keyId))
  return { text: note.text, signatures: [...note.signatures, ...fresh] }
}

/** The signature line with this key name and key id, if the note has one. */
function findSignature(note: Signed, name: string, keyId: Uint8Array): NoteSignature | undefined {
  return note.signatures.find((line) => line.name === name && Buffer.compare(line.keyId, keyId) === 0)
}

/** The key id: the first four bytes of SHA-256(name || 0x0A || signature type || public key). */
export function keyIdOf(name: string, kind: NoteKeyKind, key: PublicKey): Uint8Array {
  const material = Buffer.concat([Buffer.from(`${name}\n`), typePrefixes[kind][key.algorithm], key.bytes])
  return sha256(material).subarray(0, KEY_ID_SIZE_BYTES)
}

/** The verifier key string: `<name>+<hex key id>+<base64 of signature type and public key>`. */
export function formatVerifierKey({ name, kind, key }: VerifierKey): string {
  const material = Buffer.concat([typePrefixes[kind][key.algorithm], key.bytes])
  return `${name}+${encodeHex(keyIdOf(name, kind, key))}+${encodeBase64(material)}`
}

/**
 * The verifier key of a string. Throws `verifier_key_malformed` for a wrong form, type, length or key id,
 * and `base64_malformed`.
 */
export function parseVerifierKey(text: string): VerifierKey {
  const [name = '', idText = '', ...rest] = text.split('+')
  const material = Buffer.from(decodeBase64(rest.join('+'), 'verifier key'))
  for (const kind of ['note', 'cosignature'] as const) {
    for (const algorithm of Object.keys(algorithms) as Algorithm[]) {
      const prefix = typePrefixes[kind][algorithm]
      const fits = material.length === prefix.length + algorithms[algorithm].publicKeySizeBytes
      if (!fits || !material.subarray(0, prefix.length).equals(prefix)) continue
      const key = publicKeyOf(algorithm, material.subarray(prefix.length))
      if (!isKeyName(name) || encodeHex(keyIdOf(name, kind, key)) !== idText) break
      return { name, kind, key }
    }
  }
  throw new Malformed('verifier_key_malformed', 'verifier key')
}

/** The verifier key strings of all algorithms of a verifier's suite. */
export function verifierKeysOf(verifier: Verifier, kind: NoteKeyKind): string[] {
  return verifier.keys.keys.map((key) => formatVerifierKey({ name: verifier.name, kind, key }))
}

/**
 * Signs a text with every algorithm of the signer's suite: one line each, in suite order. Throws
 * `note_malformed` for a text that is not a note text or that opens as a message of another domain.
 */
export function signNote(text: string, signer: Signer): Note {
  const bytes = signableText(text)
  const signatures = signer.keys.pairs.map((pair) => ({
    name: signer.name,
    keyId: keyIdOf(signer.name, 'note', pair.publicKey),
    signature: signBytes(pair, 'note', bytes),
  }))
  return { text, signatures }
}

/** `signNote` on the thread pool. */
export async function signNoteAsync(text: string, signer: Signer): Promise<Note> {
  const bytes = signableText(text)
  const signatures = await Promise.all(
    signer.keys.pairs.map(async (pair) => ({
      name: signer.name,
      keyId: keyIdOf(signer.name, 'note', pair.publicKey),
      signature: await signBytesAsync(pair, 'note', bytes),
    })),
  )
  return { text, signatures }
}

/**
 * Verifies that every algorithm of the verifier's suite signed the note (SUITE-4). The value is the text,
 * which must not be read before. No line is `signature_missing`, only some `suite_downgraded`, a wrong one
 * `signature_invalid`. Lines of other keys are ignored.
 */
export function verifyNote(note: Note, verifier: Verifier): Verdict<string> {
  if (isReserved(note.text)) return { ok: false, code: 'text_reserved' }
  const bytes = Buffer.from(note.text)
  const lines = verifierLines(note, verifier, 'note')
  if (!lines.ok) return lines
  const good = lines.value.every(({ key, signature }) => verifyBytes(key, 'note', bytes, signature))
  return good ? { ok: true, value: note.text } : { ok: false, code: 'signature_invalid' }
}

/** The key and signature of each algorithm of the verifier's suite, or why one is missing. */
export function verifierLines(
  note: Signed,
  verifier: Verifier,
  kind: NoteKeyKind,
): Verdict<{ key: PublicKey; signature: Uint8Array }[]> {
  const found = verifier.keys.keys.flatMap((key) => {
    const keyId = keyIdOf(verifier.name, kind, key)
    const line = findSignature(note, verifier.name, keyId)
    return line ? [{ key, signature: line.signature }] : []
  })
  if (found.length === verifier.keys.keys.length) return { ok: true, value: found }
  return { ok: false, code: found.length === 0 ? 'signature_missing' : 'suite_downgraded' }
}

function signableText(text: string): Uint8Array {
  checkText(text)
  if (isReserved(text)) throw new Malformed('note_malformed', 'first line')
  return Buffer.from(text)
}

function isReserved(text: string): boolean {
  return reservedFirstLines.includes(text.slice(0, text.indexOf('\n')))
}

function checkText(text: string): void {
  if (!text.endsWith('\n') || !text.isWellFormed()) throw new Malformed('note_malformed', 'note text')
  if (Buffer.byteLength(text) > NOTE_TEXT_SIZE_BYTES_MAX) throw new Malformed('note_too_large', 'note text')
  const position = text.search(CONTROL_CHARACTER)
  if (position < 0) return
  const line = text.slice(0, position).split('\n').length
  throw new Malformed('note_control_character', `note line ${line}`)
}

function parseSignatureLine(line: string, number: number): NoteSignature {
  const place = `signature line ${number}`
  const space = line.indexOf(' ', MARK.length)
  const name = line.slice(MARK.length, space)
  if (!line.startsWith(MARK) || space < 0 || !isKeyName(name)) {
    throw new Malformed('note_signature_malformed', place)
  }
  const bytes = decodeBase64(line.slice(space + 1), place)
  if (bytes.length <= KEY_ID_SIZE_BYTES || bytes.length > SIGNATURE_SIZE_BYTES_MAX) {
    throw new Malformed('note_signature_malformed', place)
  }
  return { name, keyId: bytes.subarray(0, KEY_ID_SIZE_BYTES), signature: bytes.subarray(KEY_ID_SIZE_BYTES) }
}

function checkDistinct(signatures: readonly NoteSignature[]): void {
  const seen = new Set<string>()
  for (const { name, keyId } of signatures) {
    const key = `${name} ${encodeHex(keyId)}`
    if (seen.has(key)) throw new Malformed('note_signature_duplicate', 'note signatures')
    seen.add(key)
  }
}
