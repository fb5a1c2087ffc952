/** The one-time code with which a person sets the first password (ID-14). Pure. */
import { createHash, timingSafeEqual } from 'node:crypto'

export const CODE_SIZE_BYTES = 15
export const CODE_LIFE_MS = 7 * 24 * 3_600_000

/** Crockford's base 32 has no I, L, O or U, so that a code can be read aloud. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Writes 15 random bytes as six groups of four, for example `7Q2M-…`. */
export function formatCode(bytes: Uint8Array): string {
  let bits = BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
  let text = ''
  for (let index = 0; index < 24; index += 1) {
    text = `${ALPHABET[Number(bits & 31n)]}${text}`
    bits >>= 5n
  }
  return (text.match(/.{4}/g) ?? []).join('-')
}

/** The stored digest of a code. Ignores case, spaces and dashes; reads O as 0, and I and L as 1. */
export function codeDigest(code: string): string {
  const plain = code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  return createHash('sha256').update(`entente one-time code v1\n${plain}`).digest('hex')
}

/** Whether a code has the stored digest; compares in constant time. */
export function isCode(code: string, digest: string): boolean {
  return timingSafeEqual(Buffer.from(codeDigest(code)), Buffer.from(digest.padEnd(64).slice(0, 64)))
}
