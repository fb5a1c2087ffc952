/** People, their keys, sessions and failed sign-ins in the database. */
import { z } from 'zod'
import { ROLES } from '#api/identity.ts'
import type { Role } from '#api/identity.ts'
import { parseJson } from '#wire/json.ts'
import type { Reader, Tx } from '#node/kernel/database.ts'
import type { Instant } from '#node/world.ts'
import { NO_FAILURES } from './lockout.ts'
import type { Failures } from './lockout.ts'
import type { Person } from './person.ts'
import type { SessionTimes } from './session.ts'

const Roles = z.array(z.enum(ROLES))

/** A person with the stored hash of their password. */
export interface PersonSecrets extends Person {
  /** PHC string; null until the person has set a password. */
  readonly password: string | null
  readonly oneTimeCode: string | null
  readonly oneTimeCodeUntil: Instant | null
}

export interface StoredKey {
  readonly keyId: string
  readonly person: string
  readonly publicKey: string
  /** Null once withdrawn: nobody can sign with it again. */
  readonly sealed: string | null
  readonly madeAt: Instant
  readonly withdrawnAt: Instant | null
}

export interface StoredSession extends SessionTimes {
  readonly tokenHash: string
  readonly person: string
  readonly keyId: string
  readonly sealed: string
}

/** A row of `person`, also as JSON. */
export interface PersonRow {
  id: string
  office: string
  organisation: string
  roles: string
  password: string | null
  one_time_code: string | null
  one_time_code_until: number | null
  active_from: number
  active_until: number | null
}

/** A person from their row. */
export function personOf(row: PersonRow): PersonSecrets {
  return {
    id: row.id,
    office: row.office,
    organisation: row.organisation,
    roles: Roles.parse(parseJson(row.roles, 'person.roles')),
    password: row.password,
    oneTimeCode: row.one_time_code,
    oneTimeCodeUntil: row.one_time_code_until,
    activeFrom: row.active_from,
    activeUntil: row.active_until,
  }
}

export async function findPerson(reader: Reader, id: string): Promise<PersonSecrets | null> {
  const row = await reader.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : personOf(row)
}

/** Locks a person until the act ends, which serialises sign-in, role changes and withdrawal. */
export async function lockPerson(tx: Tx, id: string): Promise<PersonSecrets | null> {
  const row = await tx.selectFrom('person').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row === undefined ? null : personOf(row)
}

/** Everyone, by id. */
export async function listPeople(reader: Reader): Promise<PersonSecrets[]> {
  const rows = await reader.selectFrom('person').selectAll().orderBy('id').execute()
  return rows.map(personOf)
}

/** The offices of people by their ids; unknown ids are left out. */
export async function officesOf(reader: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await reader
    .selectFrom('person')
    .select(['id', 'office'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, office }) => [id, office]))
}

/** Adds a person; false if the id is taken. */
export async function insertPerson(tx: Tx, person: PersonSecrets): Promise<boolean> {
  const row = await tx
    .insertInto('person')
    .values({
      id: person.id,
      office: person.office,
      organisation: person.organisation,
      roles: JSON.stringify(person.roles),
      password: person.password,
      one_time_code: person.oneTimeCode,
      one_time_code_until: person.oneTimeCodeUntil,
      active_from: person.activeFrom,
      active_until: person.activeUntil,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function setRoles(tx: Tx, id: string, roles: readonly Role[]): Promise<void> {
  await tx
    .updateTable('person')
    .set({ roles: JSON.stringify(roles) })
    .where('id', '=', id)
    .execute()
}

export async function setActiveUntil(tx: Tx, id: string, until: Instant): Promise<void> {
  await tx.updateTable('person').set({ active_until: until }).where('id', '=', id).execute()
}

/** Sets a password and deletes the one-time code. */
export async function setPassword(tx: Tx, id: string, password: string): Promise<void> {
  await tx
    .updateTable('person')
    .set({ password, one_time_code: null, one_time_code_until: null })
    .where('id', '=', id)
    .execute()
}

/** Sets a one-time code and deletes the password. */
export async function setOneTimeCode(tx: Tx, id: string, digest: string, until: Instant): Promise<void> {
  await tx
    .updateTable('person')
    .set({ password: null, one_time_code: digest, one_time_code_until: until })
    .where('id', '=', id)
    .execute()
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

/** Locks the failures of a claimed name until the act ends, so that concurrent attempts are counted one by one. */
export async function lockFailures(tx: Tx, person: string): Promise<Failures> {
  await tx
    .insertInto('sign_in_failure')
    .values({ person, failures: 0, locked_until: 0, last_at: 0 })
    .onConflict((conflict) => conflict.column('person').doNothing())
    .execute()
  const row = await tx
    .selectFrom('sign_in_failure')
    .selectAll()
    .where('person', '=', person)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return NO_FAILURES
  return { count: row.failures, lockedUntil: row.locked_until, lastAt: row.last_at }
}

/** The failures of a person. */
export async function findFailures(reader: Reader, person: string): Promise<Failures> {
  const row = await reader
    .selectFrom('sign_in_failure')
    .selectAll()
    .where('person', '=', person)
    .executeTakeFirst()
  if (row === undefined) return NO_FAILURES
  return { count: row.failures, lockedUntil: row.locked_until, lastAt: row.last_at }
}

/** Stores the failures of a name, and deletes those of names without an attempt since `forgetBefore`. */
export async function putFailures(
  tx: Tx,
  person: string,
  failures: Failures,
  forgetBefore: Instant,
): Promise<void> {
  const values = { failures: failures.count, locked_until: failures.lockedUntil, last_at: failures.lastAt }
  await tx
    .insertInto('sign_in_failure')
    .values({ person, ...values })
    .onConflict((conflict) => conflict.column('person').doUpdateSet(values))
    .execute()
  const stale = tx
    .selectFrom('sign_in_failure')
    .select('person')
    .where('last_at', '<', forgetBefore)
    .where('person', '!=', person)
    .forUpdate()
    .skipLocked()
  await tx.deleteFrom('sign_in_failure').where('person', 'in', stale).execute()
}

export async function clearFailures(tx: Tx, person: string): Promise<void> {
  await tx.deleteFrom('sign_in_failure').where('person', '=', person).execute()
}

export async function insertSession(tx: Tx, session: StoredSession): Promise<void> {
  await tx
    .insertInto('session')
    .values({
      token_hash: session.tokenHash,
      person: session.person,
      key_id: session.keyId,
      private_key_sealed: session.sealed,
      started_at: session.startedAt,
      seen_at: session.seenAt,
    })
    .execute()
}

export async function findSession(reader: Reader, tokenHash: string): Promise<StoredSession | null> {
  const row = await reader
    .selectFrom('session')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    tokenHash: row.token_hash,
    person: row.person,
    keyId: row.key_id,
    sealed: row.private_key_sealed,
    startedAt: row.started_at,
    seenAt: row.seen_at,
  }
}

/** Advances the time of the last request. */
export async function touchSession(tx: Tx, tokenHash: string, at: Instant): Promise<void> {
  await tx
    .updateTable('session')
    .set({ seen_at: at })
    .where('token_hash', '=', tokenHash)
    .where('seen_at', '<', at)
    .execute()
}

export async function deleteSession(tx: Tx, tokenHash: string): Promise<void> {
  await tx.deleteFrom('session').where('token_hash', '=', tokenHash).execute()
}

/** Ends the sessions of a person, except one; returns how many. */
export async function deleteSessionsOf(tx: Tx, person: string, except: string | null): Promise<number> {
  let ended = tx.deleteFrom('session').where('person', '=', person)
  if (except !== null) ended = ended.where('token_hash', '!=', except)
  return (await ended.returning('token_hash').execute()).length
}

/** Deletes the sessions that either limit has ended. */
export async function sweepSessions(tx: Tx, seenBefore: Instant, startedBefore: Instant): Promise<void> {
  await tx
    .deleteFrom('session')
    .where((or) => or.or([or('seen_at', '<=', seenBefore), or('started_at', '<=', startedBefore)]))
    .execute()
}
