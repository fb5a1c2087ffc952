/**
 * Digests and the two binary-to-text encodings of the wire: SHA-384 names of blobs and statements,
 * SHA-256 of the tree, lower-case hex and canonical base64 (SUITE-1, SUITE-2).
 */
import { hash } from 'node:crypto'
import { Malformed } from './json.ts'

/** Names bytes by their SHA-384 digest: `sha384:` and 96 lower-case hex digits (SUITE-1). */
export type Sha384 = `sha384:${string}` & { readonly __brand: 'Sha384' }

const SHA384_FORM = /^sha384:[0-9a-f]{96}$/

/** The SHA-384 name of `bytes`. */
export function sha384(bytes: Uint8Array): Sha384 {
  return `sha384:${hash('sha384', bytes, 'hex')}` as Sha384
}

/** True if `value` has the form of a SHA-384 name. */
export function isSha384(value: unknown): value is Sha384 {
  return typeof value === 'string' && SHA384_FORM.test(value)
}

/** The 32 bytes of the SHA-256 digest of `bytes`. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer')
}

/** Lower-case hex of `bytes`. */
export function encodeHex(bytes: Uint8Array): string {
  return bufferOver(bytes).toString('hex')
}

/**
 * The bytes of a lower-case hex string (SUITE-2).
 * Throws `hex_malformed` for upper case, an odd length or any other character.
 */
export function decodeHex(text: string, place = 'hex'): Uint8Array {
  const bytes = Buffer.from(text, 'hex')
  if (bytes.toString('hex') !== text) throw new Malformed('hex_malformed', place)
  return bytes
}

/** Standard padded base64 of `bytes` (RFC 4648 section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  return bufferOver(bytes).toString('base64')
}

/**
 * The bytes of a base64 string, in the one spelling that `encodeBase64` writes (SUITE-2).
 * Throws `base64_malformed` for missing padding, the URL alphabet, white space or stray trailing bits.
 */
export function decodeBase64(text: string, place = 'base64'): Uint8Array {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') !== text) throw new Malformed('base64_malformed', place)
  return bytes
}

/** True if two byte strings are equal. Not constant time: do not use it for secrets. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0
}

function bufferOver(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
