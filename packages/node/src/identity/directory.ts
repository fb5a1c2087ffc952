/**
 * The directory that nodes exchange: whose key binds the nation, and to what (ID-50 to ID-54). Pure. A partner controls
 * every field of its entries and signed acts.
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
import { iso, isoOrNull } from '#node/world.ts'
import type { Instant } from '#node/world.ts'
import type { Person } from './person.ts'
import { isEd25519PublicKey, keyIdOf } from './personKey.ts'
import { ententeRule } from '#node/kernel/permission.ts'

/** The authorities of roles, sorted by name. */
export function authoritiesOf(roles: readonly Role[]): readonly string[] {
  return [...new Set(roles.flatMap((role) => AUTHORITIES[role] ?? []))].sort()
}

export type DirectoryEntry = Statement<'directory.entered'>['body']

/** A key to verify a signed act with: of a person of ours, or from a partner's directory. */
export interface KnownKey {
  readonly person: string
  readonly office: string
  readonly publicKey: string
  readonly authorities: readonly string[]
  readonly from: Instant
  readonly until: Instant | null
}

/** The directory entry of a person and their key; null if their roles give no authority. */
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
    from: iso(person.activeFrom),
    until: isoOrNull(person.activeUntil),
  }
}

/** What to say to partners when the roles of a person with a key change. */
export function directoryChange(
  before: readonly Role[],
  after: readonly Role[],
): 'enter' | 'withdraw' | 'none' {
  const [was, is] = [authoritiesOf(before), authoritiesOf(after)]
  if (was.join() === is.join()) return 'none'
  return is.length === 0 ? 'withdraw' : 'enter'
}

/**
 * What is wrong with a partner's entry, or null. `known` are the earlier entries of the same key, which must be of the
 * same person.
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

/** The entry of a key that no later statement replaced or withdrew; null if there is none. */
export function activeEntry<Entry extends { readonly endedIndex: number | null }>(
  entries: readonly Entry[],
): Entry | null {
  return entries.find(({ endedIndex }) => endedIndex === null) ?? null
}

/** What a signed act must state. */
export interface ExpectedAct {
  readonly act: ActName
  /** The digest that it signs. */
  readonly over: string
}

/** The key id that a signed act claims; null if its text is malformed. Nothing is verified yet. */
export function claimedKeyId(signed: SignedAct): string | null {
  try {
    return parseActText(signed, 'act').key
  } catch (error) {
    if (error instanceof Malformed) return null
    throw error
  }
}

/**
 * Verifies a signed act with the key that the directory lists under the claimed id: first the signature over the exact
 * text, then the text, then the key's dates and authorities (ID-54).
 */
export function checkSignedAct(
  nation: string,
  known: KnownKey | null,
  signed: SignedAct,
  expected: ExpectedAct,
): ActText | Refusal {
  if (known === null) return refuse('unknown_signer', ententeRule('ID-54'))
  const text = verified(signed, known.publicKey)
  if (text === null) return refuse('signature_invalid', ententeRule('ID-54'))
  const isExpected =
    text.nation === nation &&
    text.person === known.person &&
    text.office === known.office &&
    text.act === expected.act &&
    text.over === expected.over
  if (!isExpected) return refuse('signature_invalid', ententeRule('ID-54'))
  const at = Date.parse(text.at)
  const isWithinDates = known.from <= at && (known.until === null || at < known.until)
  if (!isWithinDates) return refuse('unknown_signer', ententeRule('ID-54'))
  if (!known.authorities.includes(ACTS[expected.act])) return refuse('not_authorised', ententeRule('ID-54'))
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
