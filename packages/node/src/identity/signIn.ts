/**
 * The check of a password, outside any transaction: does it match, and which secret unseals the person's key (ID-13,
 * ID-21)? It costs the same for a person who does not exist.
 */
import { derive, dummyPhc, verifyPassword } from './password.ts'
import type { PasswordProfile, Phc } from './password.ts'
import { derivationOf } from './personKey.ts'
import type { KeyOwner } from './personKey.ts'

/** What the check of a password needs to know of the claimed person. */
export interface SignInFacts {
  /** The name that was claimed. */
  readonly person: string
  /** PHC string; null if the person does not exist or has no password. */
  readonly stored: string | null
  /** The sealed active key and its owner; null before the first sign-in. */
  readonly key: { readonly owner: KeyOwner; readonly sealed: string } | null
  /** 16 random bytes, for the first seal of a new key. */
  readonly salt: Uint8Array
}

/** The result of the check of a password. */
export interface SignInProof {
  readonly matches: boolean
  readonly derivation: Omit<Phc, 'hash'>
  /** 32 bytes, which unseal the key if `matches`. */
  readonly secret: Uint8Array
}

/** Checks a password by two derivations in parallel, whoever was claimed and whatever the result. */
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
