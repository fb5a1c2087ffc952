/**
 * The directory that nodes exchange: whose key binds the nation, and to what (ID-50 to ID-54). Pure.
 * Everything of a partner's entry or act is written by the partner and is checked before it is believed.
 */
import type { Role } from '#api/identity.ts'
import { AUTHORITIES } from '#api/pillars.ts'
import { refuse } from '#api/refusals.ts'
import type { NodeCode, Refusal } from '#api/refusals.ts'
import { Malformed } from '#wire/json.ts'
import type { Statement } from '#wire/statement.ts'
import { parseActText, verifyAct } from '#wire/personAct.ts'
import type { ActText, SignedAct } from '#wire/personAct.ts'
import { ACTS } from '#wire/pillars.ts'
import type { ActName } from '#wire/pillars.ts'
import type { Instant } from '#node/world.ts'
import type { Person } from './person.ts'
import { isEd25519PublicKey, keyIdOf } from './personKey.ts'
import { national } from './role.ts'

/** The authorities that roles give, in the order of their names. */
export function authoritiesOf(roles: readonly Role[]): readonly string[] {
  return [...new Set(roles.flatMap((role) => AUTHORITIES[role] ?? []))].sort()
}

export type DirectoryEntry = Statement<'directory.entered'>['body']

/** A key as the verifier knows it: an own person's, or a partner's as its directory has it. */
export interface KnownKey {
  readonly person: string
  readonly office: string
  readonly publicKey: string
  readonly authorities: readonly string[]
  readonly from: Instant
  readonly until: Instant | null
}

/** What is said of a person and their key; null when their roles give no authority. */
export function directoryEntry(
  person: Person,
  key: { readonly keyId: string; readonly publicKey: string },
): DirectoryEntry | null {
  const authorities = authoritiesOf(person.roles)
  if (authorities.length === 0) return null
  return {
    person: person.id,
    office: person.office,
    organisation: person.organisation,
    key: key.publicKey,
    keyId: key.keyId,
    authorities: [...authorities],
    from: new Date(person.activeFrom).toISOString(),
    until: person.activeUntil === null ? null : new Date(person.activeUntil).toISOString(),
  }
}

/** What has to be said to partners when a person's roles change while they have a key. */
export function directoryChange(
  before: readonly Role[],
  after: readonly Role[],
): 'enter' | 'withdraw' | 'none' {
  const [was, is] = [authoritiesOf(before), authoritiesOf(after)]
  if (was.join() === is.join()) return 'none'
  return is.length === 0 ? 'withdraw' : 'enter'
}

/**
 * What is wrong with a partner's entry, or null. `known` is what was said of the same key before: a key never
 * changes hands.
 */
export function entryFault(
  entry: DirectoryEntry,
  known: readonly { readonly person: string; readonly publicKey: string }[],
): NodeCode | null {
  if (!isEd25519PublicKey(entry.key) || keyIdOf(entry.key) !== entry.keyId) return 'statement_invalid'
  if (entry.until !== null && Date.parse(entry.until) <= Date.parse(entry.from)) return 'statement_invalid'
  const isSame = known.every(({ person, publicKey }) => person === entry.person && publicKey === entry.key)
  return isSame ? null : 'statement_invalid'
}

/** What an act must say to be believed. */
export interface Expected {
  readonly act: ActName
  /** Digest of the exact text that is signed. */
  readonly over: string
}

/**
 * Which key an act claims; null when the text is not an act at all. Nothing else of it is to be trusted yet.
 */
export function claimedKeyId(signed: SignedAct): string | null {
  try {
    return parseActText(signed, 'act').key
  } catch (error) {
    if (error instanceof Malformed) return null
    throw error
  }
}

/**
 * Verifies a person's act against the key that the directory has under the id that it claims: the signature
 * over the exact text first, then what the text says, then whether the key's dates and authorities cover it
 * (ID-54).
 */
export function checkAct(
  nation: string,
  known: KnownKey | null,
  signed: SignedAct,
  expected: Expected,
): ActText | Refusal {
  if (known === null) return refuse('unknown_signer', national('ID-54'))
  const text = verified(signed, known.publicKey)
  if (text === null) return refuse('signature_invalid', national('ID-54'))
  const saysIt =
    text.nation === nation &&
    text.person === known.person &&
    text.office === known.office &&
    text.act === expected.act &&
    text.over === expected.over
  if (!saysIt) return refuse('signature_invalid', national('ID-54'))
  const at = Date.parse(text.at)
  const isDated = known.from <= at && (known.until === null || at < known.until)
  if (!isDated) return refuse('unknown_signer', national('ID-54'))
  if (!known.authorities.includes(ACTS[expected.act])) return refuse('not_authorised', national('ID-54'))
  return text
}

function verified(signed: SignedAct, publicKey: string): ActText | null {
  try {
    return verifyAct(signed, publicKey, 'act')
  } catch (error) {
    if (error instanceof Malformed) return null
    throw error
  }
}
