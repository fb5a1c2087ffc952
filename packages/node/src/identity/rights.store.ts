/** Clearances, need-to-know grants and the partners' directories in the database. */
import { sql } from 'kysely'
import { z } from 'zod'
import { parseJson } from '#wire/json.ts'
import type { Reader, Tx } from '#node/kernel/database.ts'
import type { Instant } from '#node/world.ts'
import type { Clearance } from './clearance.ts'
import type { DirectoryEntry } from './directory.ts'
import { personOf } from './person.store.ts'
import type { PersonRow, PersonSecrets } from './person.store.ts'
import { formatScope, parseScope } from './needToKnow.ts'
import type { Grant } from './needToKnow.ts'

const Authorities = z.array(z.string())

/** An entry of a partner's directory, with its index in the partner's log. */
export interface PartnerPerson {
  readonly nation: string
  readonly keyId: string
  readonly person: string
  readonly office: string
  readonly organisation: string
  readonly publicKey: string
  readonly authorities: readonly string[]
  readonly from: Instant
  readonly until: Instant | null
  readonly enteredIndex: number
  /** Index of the statement that replaced or withdrew it; null while it is active. */
  readonly endedIndex: number | null
  readonly withdrawn: boolean
}

interface DatedRow {
  id: string
  person: string
  reason: string
  valid_from: number
  valid_until: number
  granted_by: string
  revoked_at: number | null
}

function datedOf(row: DatedRow) {
  return {
    id: row.id,
    person: row.person,
    reason: row.reason,
    from: row.valid_from,
    until: row.valid_until,
    grantedBy: row.granted_by,
    revokedAt: row.revoked_at,
  }
}

function datedValues(dated: Clearance | Grant) {
  return {
    id: dated.id,
    person: dated.person,
    reason: dated.reason,
    valid_from: dated.from,
    valid_until: dated.until,
    granted_by: dated.grantedBy,
    revoked_at: dated.revokedAt,
    revoked_by: null,
  }
}

const clearanceOf = (row: DatedRow & { marking: string }): Clearance => ({
  ...datedOf(row),
  marking: row.marking,
})

const grantOf = (row: DatedRow & { scope: string }): Grant => ({
  ...datedOf(row),
  scope: parseScope(row.scope),
})

interface RightsRow extends PersonRow {
  clearances: (DatedRow & { marking: string })[] | null
  grants: (DatedRow & { scope: string })[] | null
}

/** A person with their clearances and grants, newest first, in one query; null if there is no such person. */
export async function readRights(
  reader: Reader,
  person: string,
): Promise<{ person: PersonSecrets; clearances: Clearance[]; grants: Grant[] } | null> {
  const { rows } = await sql<RightsRow>`
    select person.*,
      (select json_agg(clearance order by valid_from desc, clearance.id)
        from clearance where clearance.person = person.id) as clearances,
      (select json_agg(need_to_know order by valid_from desc, need_to_know.id)
        from need_to_know where need_to_know.person = person.id) as grants
    from person where person.id = ${person}`.execute(reader)
  const row = rows[0]
  if (row === undefined) return null
  return {
    person: personOf(row),
    clearances: (row.clearances ?? []).map(clearanceOf),
    grants: (row.grants ?? []).map(grantOf),
  }
}

/** The clearances of one person, or of everyone (null), newest first. */
export async function listClearances(reader: Reader, person: string | null): Promise<Clearance[]> {
  let query = reader.selectFrom('clearance').selectAll()
  if (person !== null) query = query.where('person', '=', person)
  const rows = await query.orderBy('valid_from', 'desc').orderBy('id').execute()
  return rows.map(clearanceOf)
}

export async function insertClearance(tx: Tx, clearance: Clearance): Promise<void> {
  await tx
    .insertInto('clearance')
    .values({ ...datedValues(clearance), marking: clearance.marking })
    .execute()
}

/** Locks a clearance until the act ends. */
export async function lockClearance(tx: Tx, id: string): Promise<Clearance | null> {
  const row = await tx.selectFrom('clearance').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row === undefined ? null : clearanceOf(row)
}

export async function revokeClearanceRow(tx: Tx, id: string, by: string, at: Instant): Promise<void> {
  await tx.updateTable('clearance').set({ revoked_at: at, revoked_by: by }).where('id', '=', id).execute()
}

/** The need-to-know grants of a person, newest first. */
export async function listGrants(reader: Reader, person: string): Promise<Grant[]> {
  const rows = await reader
    .selectFrom('need_to_know')
    .selectAll()
    .where('person', '=', person)
    .orderBy('valid_from', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(grantOf)
}

export async function insertGrant(tx: Tx, grant: Grant): Promise<void> {
  await tx
    .insertInto('need_to_know')
    .values({ ...datedValues(grant), scope: formatScope(grant.scope) })
    .execute()
}

/** Locks a grant until the act ends. */
export async function lockGrant(tx: Tx, id: string): Promise<Grant | null> {
  const row = await tx
    .selectFrom('need_to_know')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? null : grantOf(row)
}

export async function revokeGrantRow(tx: Tx, id: string, by: string, at: Instant): Promise<void> {
  await tx.updateTable('need_to_know').set({ revoked_at: at, revoked_by: by }).where('id', '=', id).execute()
}

interface PartnerRow {
  nation: string
  key_id: string
  person: string
  office: string
  organisation: string
  public_key: string
  authorities: string
  valid_from: number
  valid_until: number | null
  entered_index: number
  ended_index: number | null
  withdrawn: boolean
}

function partnerOf(row: PartnerRow): PartnerPerson {
  return {
    nation: row.nation,
    keyId: row.key_id,
    person: row.person,
    office: row.office,
    organisation: row.organisation,
    publicKey: row.public_key,
    authorities: Authorities.parse(parseJson(row.authorities, 'partner_person.authorities')),
    from: row.valid_from,
    until: row.valid_until,
    enteredIndex: row.entered_index,
    endedIndex: row.ended_index,
    withdrawn: row.withdrawn,
  }
}

/** The directory of one partner, or of all (null), including ended entries, in the order of the log. */
export async function listPartnerPeople(reader: Reader, nation: string | null): Promise<PartnerPerson[]> {
  let query = reader.selectFrom('partner_person').selectAll()
  if (nation !== null) query = query.where('nation', '=', nation)
  const rows = await query.orderBy('nation').orderBy('entered_index').orderBy('key_id').execute()
  return rows.map(partnerOf)
}

/** All entries of one key in a partner's directory, in the order of the log. */
export async function listPartnerKey(
  reader: Reader,
  nation: string,
  keyId: string,
): Promise<PartnerPerson[]> {
  const rows = await reader
    .selectFrom('partner_person')
    .selectAll()
    .where('nation', '=', nation)
    .where('key_id', '=', keyId)
    .orderBy('entered_index')
    .execute()
  return rows.map(partnerOf)
}

export async function insertPartnerPerson(
  tx: Tx,
  nation: string,
  entry: DirectoryEntry,
  index: number,
): Promise<void> {
  await tx
    .insertInto('partner_person')
    .values({
      nation,
      key_id: entry.keyId,
      person: entry.person,
      office: entry.office,
      organisation: entry.organisation,
      public_key: entry.key,
      authorities: JSON.stringify(entry.authorities),
      valid_from: Date.parse(entry.from),
      valid_until: entry.until === null ? null : Date.parse(entry.until),
      entered_index: index,
      ended_index: null,
      withdrawn: false,
    })
    .execute()
}

/** Ends the active entry of a key, as of an index of the partner's log. */
export async function endPartnerPerson(
  tx: Tx,
  nation: string,
  keyId: string,
  index: number,
  withdrawn: boolean,
): Promise<void> {
  await tx
    .updateTable('partner_person')
    .set({ ended_index: index, withdrawn })
    .where('nation', '=', nation)
    .where('key_id', '=', keyId)
    .where('ended_index', 'is', null)
    .execute()
}
