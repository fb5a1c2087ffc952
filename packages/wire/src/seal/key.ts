/**
 * Keys that open seals: a node's KAS key pairs, and the wrapping of a content key (DEK) to one of them.
 * Implements SEAL-1 to SEAL-7. Suites are data. `x25519` alone is for the simulator, where a seed determines
 * every byte: OpenSSL draws the randomness of an ML-KEM encapsulation itself.
 */

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  decapsulate,
  diffieHellman,
  encapsulate,
  hkdfSync,
} from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { SealError } from './error.ts'

/** Returns `sizeBytes` unpredictable bytes, as `World.random` does. */
export type Random = (sizeBytes: number) => Uint8Array

export const DEK_SIZE_BYTES = 32
export const IV_SIZE_BYTES = 12
export const TAG_SIZE_BYTES = 16
const X25519_SIZE_BYTES = 32
const KEM_SEED_SIZE_BYTES = 64
const KEM_PUBLIC_SIZE_BYTES = 1568
const KEM_CIPHERTEXT_SIZE_BYTES = 1568

export const KAS_SUITES = ['x25519', 'x25519+ml-kem-1024'] as const
export type KasSuite = (typeof KAS_SUITES)[number]
/**
 * The type of a key access object for each suite: our own, so that no OpenTDF client mistakes it for one of
 * its own.
 */
export const KEY_ACCESS_TYPES = {
  x25519: 'entente-x25519',
  'x25519+ml-kem-1024': 'entente-x25519-mlkem1024',
} as const satisfies Record<KasSuite, string>

/** What a partner needs to seal to this node. */
export interface KasPublicKey {
  readonly suite: KasSuite
  /** The key id: 32 hex digits of a digest over suite and public bytes. */
  readonly kid: string
  /** X25519 public key (32 bytes), then, in the hybrid suite, the ML-KEM-1024 one (1568 bytes). */
  readonly bytes: Uint8Array
}

/** A node's own key pair. Secret: it never leaves the node and never enters a log. */
export interface KasPrivateKey {
  readonly public: KasPublicKey
  /** X25519 private key (32 bytes), then, in the hybrid suite, the ML-KEM seed d‖z (64 bytes). */
  readonly secret: Uint8Array
}

/** Unambiguous concatenation: each part is preceded by its length as a 32-bit big-endian number. */
export function framed(parts: readonly (Uint8Array | string)[]): Uint8Array {
  const framedParts = parts.flatMap((part) => {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return [length, bytes]
  })
  return Buffer.concat(framedParts)
}

/** A new key pair; the same random bytes give the same pair, in both suites. */
export function generateKasKeys(suite: KasSuite, random: Random): KasPrivateKey {
  return keysFromSecret(suite, drawn(random, secretSizeBytes(suite)))
}

/** `entente-kas-private:<suite>:<base64url>`. Store it encrypted. */
export function exportKasPrivate(keys: KasPrivateKey): string {
  return `entente-kas-private:${keys.public.suite}:${Buffer.from(keys.secret).toString('base64url')}`
}

/** `entente-kas-public:<suite>:<base64url>`, the form in which partners exchange it. */
export function exportKasPublic(key: KasPublicKey): string {
  return `entente-kas-public:${key.suite}:${Buffer.from(key.bytes).toString('base64url')}`
}

/** The inverse of `exportKasPrivate`. Throws `seal_key_malformed`. */
export function importKasPrivate(text: string): KasPrivateKey {
  const { suite, bytes } = parseKeyText('entente-kas-private', text)
  if (bytes.length !== secretSizeBytes(suite)) throw malformedKey('a private key of another length')
  return keysFromSecret(suite, bytes)
}

/** The inverse of `exportKasPublic`, for a partner's key. Throws `seal_key_malformed`. */
export function importKasPublic(text: string): KasPublicKey {
  const { suite, bytes } = parseKeyText('entente-kas-public', text)
  if (bytes.length !== publicSizeBytes(suite)) throw malformedKey('a public key of another length')
  const key = publicKey(suite, bytes)
  try {
    publicObjects(key)
  } catch (cause) {
    throw malformedKey('a public key that is not one', cause)
  }
  return key
}

/** The number of bytes that `wrapKey` returns for a suite. */
export function wrappedSizeBytes(suite: KasSuite): number {
  return sentSizeBytes(suite) + IV_SIZE_BYTES + DEK_SIZE_BYTES + TAG_SIZE_BYTES
}

/**
 * Wraps a content key so that only the holder of the recipient's private key, given the same context, gets it
 * back. The result is `ephemeral X25519 public ‖ KEM ciphertext (hybrid) ‖ IV ‖ encrypted DEK ‖ tag`.
 */
export function wrapKey(
  dek: Uint8Array,
  recipient: KasPublicKey,
  context: Uint8Array,
  random: Random,
): Uint8Array {
  if (dek.length !== DEK_SIZE_BYTES) throw malformedKey('a content key of another length')
  const { x25519, kem } = publicObjects(recipient)
  const ephemeral = x25519Private(drawn(random, X25519_SIZE_BYTES))
  const ephemeralPublic = rawPublic(createPublicKey(ephemeral))
  const shared = [agree(ephemeral, x25519)]
  const sent = [ephemeralPublic]
  if (kem !== null) {
    const { sharedKey, ciphertext } = encapsulate(kem)
    shared.push(sharedKey)
    sent.push(ciphertext)
  }
  const iv = drawn(random, IV_SIZE_BYTES)
  const wrappingKey = combine(recipient, Buffer.concat(shared), Buffer.concat(sent), context)
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, iv)
  const encrypted = Buffer.concat([cipher.update(dek), cipher.final()])
  return Buffer.concat([...sent, iv, encrypted, cipher.getAuthTag()])
}

/** The inverse of `wrapKey`. Throws `seal_key_malformed` for a wrong length, else `seal_key_refused`. */
export function unwrapKey(wrapped: Uint8Array, keys: KasPrivateKey, context: Uint8Array): Uint8Array {
  const { suite } = keys.public
  if (wrapped.length !== wrappedSizeBytes(suite)) throw malformedKey('a wrapped key of another length')
  const sent = wrapped.subarray(0, sentSizeBytes(suite))
  const iv = wrapped.subarray(sent.length, sent.length + IV_SIZE_BYTES)
  const encrypted = wrapped.subarray(sent.length + IV_SIZE_BYTES, -TAG_SIZE_BYTES)
  try {
    const wrappingKey = combine(keys.public, sharedSecrets(sent, keys), sent, context)
    const decipher = createDecipheriv('aes-256-gcm', wrappingKey, iv, { authTagLength: TAG_SIZE_BYTES })
    decipher.setAuthTag(wrapped.subarray(-TAG_SIZE_BYTES))
    return Buffer.concat([decipher.update(encrypted), decipher.final()])
  } catch (cause) {
    throw new SealError('seal_key_refused', 'the wrapped key does not open', cause)
  }
}

const OWN_CONTEXT = 'entente own key v1'

/**
 * Wraps a content key to the node's own KAS key, so that nothing on disk opens by itself. `purpose` names
 * what the key belongs to; a wrapped key that is moved to another row does not open there.
 */
export function wrapOwn(dek: Uint8Array, own: KasPublicKey, purpose: string, random: Random): string {
  return Buffer.from(wrapKey(dek, own, framed([OWN_CONTEXT, purpose]), random)).toString('base64')
}

/** The inverse of `wrapOwn`, for the same purpose. */
export function unwrapOwn(wrapped: string, own: KasPrivateKey, purpose: string): Uint8Array {
  return unwrapKey(Buffer.from(wrapped, 'base64'), own, framed([OWN_CONTEXT, purpose]))
}

/**
 * Derives one wrapping key from all shared secrets and the whole transcript (SEAL-3). An attacker who breaks
 * one of the two algorithms still lacks a secret, and no part of the transcript can be substituted.
 */
function combine(
  recipient: KasPublicKey,
  sharedSecret: Uint8Array,
  sent: Uint8Array,
  context: Uint8Array,
): Uint8Array {
  const transcript = framed([recipient.suite, sent, recipient.bytes, context])
  const info = createHash('sha384').update(transcript).digest()
  return new Uint8Array(hkdfSync('sha384', sharedSecret, 'entente kas wrap v1', info, DEK_SIZE_BYTES))
}

function sharedSecrets(sent: Uint8Array, keys: KasPrivateKey): Uint8Array {
  const ephemeralPublic = x25519Public(sent.subarray(0, X25519_SIZE_BYTES))
  const { x25519, kem } = privateObjects(keys)
  const shared = [agree(x25519, ephemeralPublic)]
  if (kem !== null) shared.push(decapsulate(kem, sent.subarray(X25519_SIZE_BYTES)))
  return Buffer.concat(shared)
}

/** The Diffie-Hellman result. OpenSSL refuses a public key of low order, whose result is all zeros. */
function agree(privateKey: KeyObject, publicKeyObject: KeyObject): Buffer {
  try {
    return diffieHellman({ privateKey, publicKey: publicKeyObject })
  } catch (cause) {
    throw malformedKey('a public key of low order', cause)
  }
}

function keysFromSecret(suite: KasSuite, secret: Uint8Array): KasPrivateKey {
  const x25519 = rawPublic(createPublicKey(x25519Private(secret.subarray(0, X25519_SIZE_BYTES))))
  if (suite === 'x25519') return { public: publicKey(suite, x25519), secret }
  const kem = rawPublic(createPublicKey(kemPrivate(secret.subarray(X25519_SIZE_BYTES))))
  return { public: publicKey(suite, Buffer.concat([x25519, kem])), secret }
}

function publicKey(suite: KasSuite, bytes: Uint8Array): KasPublicKey {
  const digest = createHash('sha384')
    .update(framed(['entente kas key v1', suite, bytes]))
    .digest('hex')
  return { suite, kid: digest.slice(0, 32), bytes }
}

interface KeyObjects {
  readonly x25519: KeyObject
  readonly kem: KeyObject | null
}

/** Expanding an ML-KEM key costs more than using it, so each is expanded once while it is held. */
const expanded = new WeakMap<KasPublicKey | KasPrivateKey, KeyObjects>()

function expandedOnce(key: KasPublicKey | KasPrivateKey, expand: () => KeyObjects): KeyObjects {
  const objects = expanded.get(key) ?? expand()
  expanded.set(key, objects)
  return objects
}

function publicObjects(key: KasPublicKey): KeyObjects {
  return expandedOnce(key, () => {
    const x25519 = x25519Public(key.bytes.subarray(0, X25519_SIZE_BYTES))
    if (key.suite === 'x25519') return { x25519, kem: null }
    const raw = Buffer.from(key.bytes.subarray(X25519_SIZE_BYTES))
    return {
      x25519,
      kem: createPublicKey({ key: raw, format: 'raw-public', asymmetricKeyType: 'ml-kem-1024' }),
    }
  })
}

function privateObjects(keys: KasPrivateKey): KeyObjects {
  return expandedOnce(keys, () => {
    const x25519 = x25519Private(keys.secret.subarray(0, X25519_SIZE_BYTES))
    if (keys.public.suite === 'x25519') return { x25519, kem: null }
    return { x25519, kem: kemPrivate(keys.secret.subarray(X25519_SIZE_BYTES)) }
  })
}

function x25519Private(raw: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(raw), format: 'raw-private', asymmetricKeyType: 'x25519' })
}

function x25519Public(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(raw), format: 'raw-public', asymmetricKeyType: 'x25519' })
}

function kemPrivate(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(seed), format: 'raw-seed', asymmetricKeyType: 'ml-kem-1024' })
}

function rawPublic(key: KeyObject): Buffer {
  return key.export({ format: 'raw-public' })
}

function secretSizeBytes(suite: KasSuite): number {
  return suite === 'x25519' ? X25519_SIZE_BYTES : X25519_SIZE_BYTES + KEM_SEED_SIZE_BYTES
}

function publicSizeBytes(suite: KasSuite): number {
  return suite === 'x25519' ? X25519_SIZE_BYTES : X25519_SIZE_BYTES + KEM_PUBLIC_SIZE_BYTES
}

function sentSizeBytes(suite: KasSuite): number {
  return suite === 'x25519' ? X25519_SIZE_BYTES : X25519_SIZE_BYTES + KEM_CIPHERTEXT_SIZE_BYTES
}

/** Random bytes, with their number checked: a short draw would make a weak key. */
export function drawn(random: Random, sizeBytes: number): Uint8Array {
  const bytes = random(sizeBytes)
  if (bytes.length !== sizeBytes) throw malformedKey(`a random source that gave ${bytes.length} bytes`)
  return bytes
}

function parseKeyText(prefix: string, text: string): { suite: KasSuite; bytes: Uint8Array } {
  const parts = text.split(':')
  const suite = KAS_SUITES.find((known) => known === parts[1])
  if (parts.length !== 3 || parts[0] !== prefix || suite === undefined) {
    throw malformedKey(`not of the form ${prefix}:<suite>:<base64url>`)
  }
  const bytes = Buffer.from(parts[2] ?? '', 'base64url')
  if (bytes.toString('base64url') !== parts[2]) throw malformedKey('a key that is not base64url')
  return { suite, bytes }
}

function malformedKey(what: string, cause?: unknown): SealError {
  return new SealError('seal_key_malformed', what, cause)
}
