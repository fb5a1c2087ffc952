/**
 * Passwords: derivation profiles, the stored PHC string, and verification in constant time (ID-10 to ID-14). Derivation
 * runs on the thread pool; do it outside any transaction.
 */
import { argon2, pbkdf2, timingSafeEqual } from 'node:crypto'
import { Malformed } from '#wire/json.ts'

/** The parameters of a derivation. `memoryKiB` is m of RFC 9106, `passes` is t, `lanes` is p. */
export type PasswordProfile =
  | {
      readonly algorithm: 'argon2id'
      readonly memoryKiB: number
      readonly passes: number
      readonly lanes: number
    }
  | { readonly algorithm: 'pbkdf2-sha512'; readonly iterations: number }

/** The profiles to configure. `light` protects nothing: it is for tests and simulations. */
export const PASSWORD_PROFILES = {
  /** The second recommended option of RFC 9106, section 4. */
  strong: { algorithm: 'argon2id', memoryKiB: 65_536, passes: 3, lanes: 4 },
  /** The minimum for interactive sign-in: 19 MiB, two passes. */
  standard: { algorithm: 'argon2id', memoryKiB: 19_456, passes: 2, lanes: 1 },
  /** For cryptographic providers in FIPS mode, which have no Argon2. */
  fips: { algorithm: 'pbkdf2-sha512', iterations: 220_000 },
  light: { algorithm: 'argon2id', memoryKiB: 8, passes: 1, lanes: 1 },
} as const satisfies Record<string, PasswordProfile>

export const SALT_SIZE_BYTES = 16
const TAG_SIZE_BYTES = 32

/** 15 to 128 characters after NFC, as SP 800-63B requires of a single factor. */
export const PASSWORD_LENGTH_MIN = 15
const PASSWORD_LENGTH_MAX = 128

/** A stored password; without `hash`, the parameters and salt of a derivation. */
export interface Phc {
  readonly profile: PasswordProfile
  readonly salt: Uint8Array
  readonly hash: Uint8Array | null
}

/** Upper bounds on the cost, so that an altered row cannot stall the node. */
const LIMITS = { memoryKiB: 1_048_576, passes: 64, lanes: 16, iterations: 10_000_000 }

const PHC = new RegExp(
  '^\\$(?:argon2id\\$v=19\\$m=([1-9]\\d{0,9}),t=([1-9]\\d{0,9}),p=([1-9]\\d{0,9})' +
    '|pbkdf2-sha512\\$i=([1-9]\\d{0,9}))\\$([A-Za-z0-9+/]{22,86})(?:\\$([A-Za-z0-9+/]{43}))?$',
)

/** `preferred`, or PBKDF2 if the cryptographic provider has no Argon2. Called once, at start. */
export async function availableProfile(preferred: PasswordProfile): Promise<PasswordProfile> {
  if (preferred.algorithm === 'pbkdf2-sha512') return preferred
  try {
    await derive('probe', new Uint8Array(SALT_SIZE_BYTES), PASSWORD_PROFILES.light)
    return preferred
  } catch {
    return PASSWORD_PROFILES.fips
  }
}

/** Derives 32 bytes from a password, on the thread pool. */
export function derive(password: string, salt: Uint8Array, profile: PasswordProfile): Promise<Uint8Array> {
  const message = Buffer.from(password.normalize('NFC'), 'utf8')
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, key: Uint8Array) => (error === null ? resolve(key) : reject(error))
    if (profile.algorithm === 'pbkdf2-sha512') {
      pbkdf2(message, salt, profile.iterations, TAG_SIZE_BYTES, 'sha512', done)
    } else {
      const { memoryKiB: memory, passes, lanes: parallelism } = profile
      argon2(
        'argon2id',
        { message, nonce: salt, memory, passes, parallelism, tagLength: TAG_SIZE_BYTES },
        done,
      )
    }
  })
}

/** Hashes a password for storage; `salt` is 16 random bytes. */
export async function hashPassword(
  password: string,
  salt: Uint8Array,
  profile: PasswordProfile,
): Promise<string> {
  return formatPhc({ profile, salt, hash: await derive(password, salt, profile) })
}

/**
 * Whether a password matches the stored one; compares in constant time.
 * @throws Malformed `password_invalid` if the stored string is malformed
 */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const { profile, salt, hash } = parsePhc(stored)
  if (hash === null) throw new Malformed('password_invalid', 'person.password')
  return timingSafeEqual(await derive(password, salt, profile), hash)
}

/**
 * A stored password that none matches. It is verified for people who do not exist or have no password, so that the
 * timing of an answer does not reveal them (ID-13).
 */
export function dummyPhc(profile: PasswordProfile): string {
  return formatPhc({ profile, salt: new Uint8Array(SALT_SIZE_BYTES), hash: new Uint8Array(TAG_SIZE_BYTES) })
}

/** Writes the PHC string. */
export function formatPhc({ profile, salt, hash }: Phc): string {
  const parameters =
    profile.algorithm === 'argon2id'
      ? `argon2id$v=19$m=${profile.memoryKiB},t=${profile.passes},p=${profile.lanes}`
      : `pbkdf2-sha512$i=${profile.iterations}`
  const tail = hash === null ? '' : `$${base64(hash)}`
  return `$${parameters}$${base64(salt)}${tail}`
}

/**
 * Parses a PHC string in exactly the form that `formatPhc` writes (ID-11).
 * @throws Malformed `password_invalid`
 */
export function parsePhc(text: string): Phc {
  const match = PHC.exec(text)
  if (match === null) throw new Malformed('password_invalid', 'person.password')
  const [memoryKiB, passes, lanes, iterations] = match.slice(1, 5).map(Number) as [
    number,
    number,
    number,
    number,
  ]
  const isArgon = match[1] !== undefined
  const profile: PasswordProfile = isArgon
    ? { algorithm: 'argon2id', memoryKiB, passes, lanes }
    : { algorithm: 'pbkdf2-sha512', iterations }
  const isBounded = isArgon
    ? memoryKiB <= LIMITS.memoryKiB &&
      memoryKiB >= 8 * lanes &&
      passes <= LIMITS.passes &&
      lanes <= LIMITS.lanes
    : iterations <= LIMITS.iterations
  const phc = {
    profile,
    salt: new Uint8Array(Buffer.from(match[5] ?? '', 'base64')),
    hash: match[6] === undefined ? null : new Uint8Array(Buffer.from(match[6], 'base64')),
  }
  if (!isBounded || formatPhc(phc) !== text) throw new Malformed('password_invalid', 'person.password')
  return phc
}

/** What is wrong with a new password, or null. `own_words`: half or more of it is words about the person. */
export function passwordFault(
  password: string,
  ownWords: readonly string[],
  lengthMin: number = PASSWORD_LENGTH_MIN,
): 'too_short' | 'too_long' | 'repeats' | 'own_words' | null {
  const text = password.normalize('NFC')
  const length = characterCount(text)
  if (length < lengthMin) return 'too_short'
  if (length > PASSWORD_LENGTH_MAX) return 'too_long'
  if (/^(.{1,4}?)\1+.{0,3}$/su.test(text)) return 'repeats'
  const folded = text.toLowerCase()
  const rest = ownWords.reduce(
    (left, word) => (word === '' ? left : left.replaceAll(word.toLowerCase(), '')),
    folded,
  )
  return characterCount(rest) < length / 2 ? 'own_words' : null
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '')
}

/** Counts code points, as SP 800-63B does. */
function characterCount(text: string): number {
  return Array.from(text).length
}
