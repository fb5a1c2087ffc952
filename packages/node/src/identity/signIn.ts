/**
 * What is computed from a password, outside every transaction: whether it is the stored one, and the secret
 * under which the person's key is sealed (ID-13, ID-21). The cost is the same for people who do not exist.
 */
import { derive, dummyPhc, verifyPassword } from './password.ts'
import type { PasswordProfile, Phc } from './password.ts'
import { derivationOf } from './personKey.ts'
import type { KeyOwner } from './personKey.ts'

/** What was read of a claimed person before the password is looked at. */
export interface SignInFacts {
  /** The name that was claimed. */
  readonly person: string
  /** PHC string; null for people who do not exist or have no password. */
  readonly stored: string | null
  /** The sealed key that stands, and whose it is; null before the first sign-in. */
  readonly key: { readonly owner: KeyOwner; readonly sealed: string } | null
  /** 16 fresh bytes, used when a key has to be sealed for the first time. */
  readonly salt: Uint8Array
}

/** What a password has shown. */
export interface SignInProof {
  readonly matches: boolean
  readonly derivation: Omit<Phc, 'hash'>
  /** 32 bytes; opens the sealed key when `matches`. */
  readonly secret: Uint8Array
}

/** Looks at a password: two derivations at once, whoever was claimed and whatever the answer. */
export async function provePassword(
  facts: SignInFacts,
  password: string,
  profile: PasswordProfile,
): Promise<SignInProof> {
  const derivation = facts.key === null ? { profile, salt: facts.salt } : derivationOf(facts.key.sealed)
  const [matches, secret] = await Promise.all([
    verifyPassword(password, facts.stored ?? dummyPhc(profile)),
    derive(password, derivation.salt, derivation.profile),
  ])
  return {
    matches: matches && facts.stored !== null,
    derivation: { profile: derivation.profile, salt: derivation.salt },
    secret,
  }
}
