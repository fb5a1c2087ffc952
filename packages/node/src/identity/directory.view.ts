/** Verifies signed acts with the keys of a nation's directory: our own people's, or a partner's entries (ID-54). */
import { refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { ActText, SignedAct } from '#wire/personAct.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { View } from '#node/kernel/view.ts'
import { activeEntry, authoritiesOf, checkSignedAct, claimedKeyId } from './directory.ts'
import type { ExpectedAct, KnownKey } from './directory.ts'
import { findPerson } from './person.store.ts'
import { findKey } from './personKey.store.ts'
import { listPartnerKey } from './rights.store.ts'
import { ententeRule } from '#node/kernel/permission.ts'

/** The directory of a nation in one transaction. It looks up every key once. */
export interface Directory {
  /** Starts to look up the keys of signed acts that will be verified. */
  prefetch(acts: readonly SignedAct[]): void
  /** Verifies a signed act. Refusals: `unknown_signer`, `signature_invalid`, `not_authorised`. */
  verify(signed: SignedAct, expected: ExpectedAct): Promise<ActText | Refusal>
}

type Transaction = Pick<View, 'tx' | 'nation'>

/** Opens the directory of `nation`, which is ours or a partner's. */
export function openDirectory({ tx, nation: ours }: Transaction, nation: string): Directory {
  const keys = new Map<string, Promise<KnownKey | null>>()
  const keyOf = (keyId: string): Promise<KnownKey | null> => {
    const found =
      keys.get(keyId) ??
      (nation === ours ? ownKey(tx, keyId) : listPartnerKey(tx, nation, keyId).then(activeEntry))
    keys.set(keyId, found)
    return found
  }
  return {
    prefetch(acts) {
      // `verify` awaits the same promise, and gets the error.
      for (const keyId of acts.map(claimedKeyId)) if (keyId !== null) void keyOf(keyId).catch(() => {})
    },
    async verify(signed, expected) {
      const keyId = claimedKeyId(signed)
      if (keyId === null) return refuse('signature_invalid', ententeRule('ID-54'))
      return checkSignedAct(nation, await keyOf(keyId), signed, expected)
    },
  }
}

/** Verifies one signed act of a person of `nation`. */
export async function verifySignedAct(
  transaction: Transaction,
  nation: string,
  signed: SignedAct,
  expected: ExpectedAct,
): Promise<ActText | Refusal> {
  return openDirectory(transaction, nation).verify(signed, expected)
}

async function ownKey(reader: Reader, keyId: string): Promise<KnownKey | null> {
  const key = await findKey(reader, keyId)
  if (key === null || key.withdrawnAt !== null) return null
  const person = await findPerson(reader, key.person)
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
