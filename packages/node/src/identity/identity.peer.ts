/** What partners say of their people, and whether a person's act is what it claims (ID-52 to ID-54). */
import { refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { ActText, SignedAct } from '#wire/personAct.ts'
import type { Statement } from '#wire/statement.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Tx } from '#node/kernel/database.ts'
import type { Instant } from '#node/world.ts'
import { authoritiesOf, checkAct, claimedKeyId, entryFault } from './directory.ts'
import type { Expected, KnownKey } from './directory.ts'
import { findKey, findPerson } from './identity.store.ts'
import { endPartnerPerson, insertPartnerPerson, listPartnerKey } from './rights.store.ts'
import type { PartnerPerson } from './rights.store.ts'
import { national } from './role.ts'

/** Where a statement stands: whose log, and at which index. */
export interface Heard {
  readonly from: string
  readonly index: number
}

/** A partner enters a key, or says anew what it may bind to. */
export async function onDirectoryEntered(
  act: Act,
  statement: Statement<'directory.entered'>,
  { from, index }: Heard,
): Promise<Refusal | null> {
  const entry = statement.body
  const fault = entryFault(entry, await listPartnerKey(act.tx, from, entry.keyId))
  if (fault !== null) return refuse(fault, national('ID-52'))
  await endPartnerPerson(act.tx, from, entry.keyId, index, false)
  await insertPartnerPerson(act.tx, from, entry, index)
  act.hint({ slice: 'people', id: `${from}/${entry.person}` })
  return null
}

/** A partner withdraws a key: from this place of its log on, it binds that nation no longer. */
export async function onDirectoryWithdrawn(
  act: Act,
  statement: Statement<'directory.withdrawn'>,
  { from, index }: Heard,
): Promise<Refusal | null> {
  const { keyId, person } = statement.body
  const standing = standingOf(await listPartnerKey(act.tx, from, keyId))
  if (standing === null) return refuse('not_found', national('ID-53'))
  if (standing.person !== person) return refuse('statement_invalid', national('ID-53'))
  await endPartnerPerson(act.tx, from, keyId, index, true)
  act.hint({ slice: 'people', id: `${from}/${person}` })
  return null
}

/** A partner's key that stands in its directory and whose dates cover an instant; null otherwise. */
export async function findPartnerKey(
  tx: Tx,
  nation: string,
  keyId: string,
  at: Instant,
): Promise<PartnerPerson | null> {
  const standing = standingOf(await listPartnerKey(tx, nation, keyId))
  if (standing === null) return null
  return standing.from <= at && (standing.until === null || at < standing.until) ? standing : null
}

/** The directory of a nation as it stands in one transaction; every key is looked up once. */
export interface Directory {
  /** Begins to look up the keys of acts that are to be verified. */
  expect(acts: readonly SignedAct[]): void
  /** Verifies an act by a person. Refusals: `unknown_signer`, `signature_invalid`, `not_authorised`. */
  verify(signed: SignedAct, expected: Expected): Promise<ActText | Refusal>
}

/** Opens the directory of `nation`, our own or a partner's, for one act. */
export function partnerDirectory(act: Pick<Act, 'tx' | 'nation'>, nation: string): Directory {
  const keys = new Map<string, Promise<KnownKey | null>>()
  const keyOf = (keyId: string): Promise<KnownKey | null> => {
    const found =
      keys.get(keyId) ??
      (nation === act.nation ? ownKey(act.tx, keyId) : listPartnerKey(act.tx, nation, keyId).then(standingOf))
    keys.set(keyId, found)
    return found
  }
  return {
    expect(acts) {
      for (const keyId of acts.map(claimedKeyId)) if (keyId !== null) void keyOf(keyId).catch(() => {})
    },
    async verify(signed, expected) {
      const keyId = claimedKeyId(signed)
      if (keyId === null) return refuse('signature_invalid', national('ID-54'))
      return checkAct(nation, await keyOf(keyId), signed, expected)
    },
  }
}

/** Verifies one act by a person of `nation` against its directory. */
export async function verifyPersonAct(
  act: Pick<Act, 'tx' | 'nation'>,
  nation: string,
  signed: SignedAct,
  expected: Expected,
): Promise<ActText | Refusal> {
  return partnerDirectory(act, nation).verify(signed, expected)
}

function standingOf(said: readonly PartnerPerson[]): PartnerPerson | null {
  return said.find(({ endedIndex }) => endedIndex === null) ?? null
}

async function ownKey(tx: Tx, keyId: string): Promise<KnownKey | null> {
  const key = await findKey(tx, keyId)
  if (key === null || key.withdrawnAt !== null) return null
  const person = await findPerson(tx, key.person)
  if (person === null) return null
  return {
    person: person.id,
    office: person.office,
    publicKey: key.publicKey,
    authorities: authoritiesOf(person.roles),
    from: person.activeFrom,
    until: person.activeUntil,
  }
}
