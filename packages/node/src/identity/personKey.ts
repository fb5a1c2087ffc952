/**
 * A person's signing key, and the seals of its private key: at rest under the password, during a session under the
 * session's token. The database alone never yields it (ID-20 to ID-24).
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
} from 'node:crypto'
import { Malformed } from '#wire/json.ts'
import { formatPhc, parsePhc } from './password.ts'
import type { Phc } from './password.ts'

export interface PersonKey {
  /** First 16 hex digits of the SHA-256 of the public key's SPKI DER. */
  readonly keyId: string
  /** SPKI DER, base64. */
  readonly publicKey: string
  /** PKCS8 DER; stored only sealed. */
  readonly privateKey: Uint8Array
}

/** The owner of a sealed key, authenticated by the seal, so that it cannot be moved to another person or key id. */
export interface KeyOwner {
  readonly person: string
  readonly keyId: string
}

export const SEED_SIZE_BYTES = 32
export const NONCE_SIZE_BYTES = 12

/** RFC 8410: the PKCS8 of an Ed25519 key is this prefix and the 32-byte seed. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI_SIZE_BYTES = 44
const TAG_SIZE_BYTES = 16
const PASSWORD_DOMAIN = 'entente person key under password v1'
const TOKEN_DOMAIN = 'entente person key under session v1'

/** Derives an Ed25519 key from 32 random bytes. */
export function createPersonKey(seed: Uint8Array): PersonKey {
  if (seed.length !== SEED_SIZE_BYTES) throw new RangeError('a person key needs a seed of 32 bytes')
  const privateKey = Buffer.concat([PKCS8_PREFIX, seed])
  const secret = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(secret).export({ format: 'der', type: 'spki' }).toString('base64')
  return { keyId: keyIdOf(publicKey), publicKey, privateKey }
}

/** The id of a public key (SPKI DER, base64). */
export function keyIdOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 16)
}

/** Whether a base64 text is exactly one Ed25519 public key in SPKI DER, with no trailing bytes. */
export function isEd25519PublicKey(publicKey: string): boolean {
  const der = Buffer.from(publicKey, 'base64')
  if (der.length !== SPKI_SIZE_BYTES || der.toString('base64') !== publicKey) return false
  try {
    return createPublicKey({ key: der, format: 'der', type: 'spki' }).asymmetricKeyType === 'ed25519'
  } catch {
    return false
  }
}

/**
 * Seals a private key under a secret derived from the password (ID-21). `derivation` is stored with the seal, so that
 * the secret can be derived again; its salt is not that of the stored password.
 */
export function sealUnderPassword(
  privateKey: Uint8Array,
  owner: KeyOwner,
  derivation: Omit<Phc, 'hash'>,
  secret: Uint8Array,
  nonce: Uint8Array,
): string {
  const key = subkey(secret, PASSWORD_DOMAIN)
  const body = seal(privateKey, key, nonce, aad(PASSWORD_DOMAIN, owner))
  return `${formatPhc({ ...derivation, hash: null })} ${body}`
}

/** The derivation stored with a seal. */
export function derivationOf(sealed: string): Phc {
  return parsePhc(sealed.split(' ', 1)[0] ?? '')
}

/** Opens a seal of `sealUnderPassword`. @throws Malformed `key_sealed` if secret, owner or bytes are wrong */
export function unsealUnderPassword(sealed: string, owner: KeyOwner, secret: Uint8Array): Uint8Array {
  const text = sealed.slice(sealed.indexOf(' ') + 1)
  return unseal(text, subkey(secret, PASSWORD_DOMAIN), aad(PASSWORD_DOMAIN, owner))
}

/** Seals a private key under a session's token, of which the database has only a digest (ID-22). */
export function sealUnderToken(
  privateKey: Uint8Array,
  owner: KeyOwner,
  token: Uint8Array,
  nonce: Uint8Array,
): string {
  return seal(privateKey, subkey(token, TOKEN_DOMAIN), nonce, aad(TOKEN_DOMAIN, owner))
}

/** Opens a seal of `sealUnderToken`. @throws Malformed `key_sealed` if token, owner or bytes are wrong */
export function unsealUnderToken(sealed: string, owner: KeyOwner, token: Uint8Array): Uint8Array {
  return unseal(sealed, subkey(token, TOKEN_DOMAIN), aad(TOKEN_DOMAIN, owner))
}

function subkey(secret: Uint8Array, domain: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), domain, 32))
}

function aad(domain: string, owner: KeyOwner): Uint8Array {
  return Buffer.from(JSON.stringify([domain, owner.person, owner.keyId]))
}

function seal(plain: Uint8Array, key: Uint8Array, nonce: Uint8Array, bound: Uint8Array): string {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(bound)
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64')
}

function unseal(text: string, key: Uint8Array, bound: Uint8Array): Uint8Array {
  const bytes = Buffer.from(text, 'base64')
  try {
    const nonce = bytes.subarray(0, NONCE_SIZE_BYTES)
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_SIZE_BYTES })
    decipher.setAAD(bound)
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_SIZE_BYTES))
    const body = bytes.subarray(NONCE_SIZE_BYTES, bytes.length - TAG_SIZE_BYTES)
    return Buffer.concat([decipher.update(body), decipher.final()])
  } catch (cause) {
    throw new Malformed('key_sealed', 'person_key', cause)
  }
}
