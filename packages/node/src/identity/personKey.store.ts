/** The signing keys of people in the database, sealed under their passwords. */
import type { Reader, Tx } from '#node/kernel/database.ts'
import type { Instant } from '#node/world.ts'

export interface StoredKey {
  readonly keyId: string
  readonly person: string
  readonly publicKey: string
  /** Null once withdrawn: nobody can sign with it again. */
  readonly sealed: string | null
  readonly madeAt: Instant
  readonly withdrawnAt: Instant | null
}

interface KeyRow {
  key_id: string
  person: string
  public_key: string
  private_key_sealed: string | null
  made_at: number
  withdrawn_at: number | null
}

function keyOf(row: KeyRow): StoredKey {
  return {
    keyId: row.key_id,
    person: row.person,
    publicKey: row.public_key,
    sealed: row.private_key_sealed,
    madeAt: row.made_at,
    withdrawnAt: row.withdrawn_at,
  }
}

/** The key that a person signs with: the one that is not withdrawn. */
export async function findActiveKey(reader: Reader, person: string): Promise<StoredKey | null> {
  const row = await reader
    .selectFrom('person_key')
    .selectAll()
    .where('person', '=', person)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return row === undefined ? null : keyOf(row)
}

/** A key by its id, withdrawn or not. */
export async function findKey(reader: Reader, keyId: string): Promise<StoredKey | null> {
  const row = await reader.selectFrom('person_key').selectAll().where('key_id', '=', keyId).executeTakeFirst()
  return row === undefined ? null : keyOf(row)
}

/** Every key of a person, newest first. */
export async function listKeys(reader: Reader, person: string): Promise<StoredKey[]> {
  const rows = await reader
    .selectFrom('person_key')
    .selectAll()
    .where('person', '=', person)
    .orderBy('made_at', 'desc')
    .orderBy('key_id')
    .execute()
  return rows.map(keyOf)
}

/** Every key that is not withdrawn, by person. */
export async function listActiveKeys(reader: Reader): Promise<StoredKey[]> {
  const rows = await reader
    .selectFrom('person_key')
    .selectAll()
    .where('withdrawn_at', 'is', null)
    .orderBy('person')
    .execute()
  return rows.map(keyOf)
}

export async function insertKey(tx: Tx, key: StoredKey): Promise<void> {
  await tx
    .insertInto('person_key')
    .values({
      key_id: key.keyId,
      person: key.person,
      public_key: key.publicKey,
      private_key_sealed: key.sealed,
      made_at: key.madeAt,
      withdrawn_at: key.withdrawnAt,
    })
    .execute()
}

export async function resealKey(tx: Tx, keyId: string, sealed: string): Promise<void> {
  await tx.updateTable('person_key').set({ private_key_sealed: sealed }).where('key_id', '=', keyId).execute()
}

/** Withdraws a key: erases the sealed private key and keeps the public key, which verifies what it signed. */
export async function withdrawKey(tx: Tx, keyId: string, at: Instant): Promise<void> {
  await tx
    .updateTable('person_key')
    .set({ private_key_sealed: null, withdrawn_at: at })
    .where('key_id', '=', keyId)
    .execute()
}
