/** People in the database. */
import { z } from 'zod'
import { ROLES } from '#api/identity.ts'
import type { Role } from '#api/identity.ts'
import { parseJson } from '#wire/json.ts'
import type { Reader, Tx } from '#node/kernel/database.ts'
import type { Instant } from '#node/world.ts'
import type { Person } from './person.ts'

const Roles = z.array(z.enum(ROLES))

/** A person with the stored hash of their password. */
export interface PersonSecrets extends Person {
  /** PHC string; null until the person has set a password. */
  readonly password: string | null
  readonly oneTimeCode: string | null
  readonly oneTimeCodeUntil: Instant | null
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
