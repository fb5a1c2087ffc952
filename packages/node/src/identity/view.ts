/** What the console sees of people: domain values as the contracts of `api/identity.ts` write them. Pure. */
import type { Me, PersonRecord, PersonRow } from '#api/identity.ts'
import { refuse } from '#api/refusals.ts'
import type { Can } from '#api/refusals.ts'
import type { Instant } from '#node/world.ts'
import { clearanceAt, holdsAt } from './clearance.ts'
import type { Clearance, ClearanceNow } from './clearance.ts'
import { authoritiesOf } from './directory.ts'
import { formatScope } from './needToKnow.ts'
import type { Grant } from './needToKnow.ts'
import { isActive, permitOnOther } from './person.ts'
import type { Person } from './person.ts'
import { MAY, mayAsk, national } from './role.ts'
import type { Permission } from './role.ts'
import { sessionEndsAt } from './session.ts'
import type { SessionTimes } from './session.ts'
import type { IdentitySettings } from './settings.ts'

/** Everything that is kept of one person, as the record page needs it. */
export interface Kept {
  readonly person: Person
  readonly hasPassword: boolean
  readonly lockedUntil: Instant
  readonly keys: readonly { keyId: string; madeAt: Instant; withdrawnAt: Instant | null }[]
  readonly clearances: readonly Clearance[]
  readonly grants: readonly Grant[]
}

type By = { readonly personId: string; readonly roles: readonly string[] }

/** Who the caller is. */
export function meView(
  nation: string,
  settings: IdentitySettings,
  kept: Kept,
  session: SessionTimes & { readonly keyId: string },
  now: Instant,
): Me {
  const { person } = kept
  return {
    nation,
    person: personFields(person, now),
    authorities: [...authoritiesOf(person.roles)],
    keyId: session.keyId,
    clearance: clearanceView(clearanceAt(kept.clearances, settings.markings, now)),
    needToKnow: kept.grants.filter((grant) => holdsAt(grant, now)).map((grant) => grantView(grant, now)),
    sessionEndsAt: iso(sessionEndsAt(session, settings.session)),
    sessionEndsAtLatest: iso(session.startedAt + settings.session.absoluteMs),
  }
}

/** One line of the list of people. Clearances are shown to those who may read records, and to oneself. */
export function rowView(
  settings: IdentitySettings,
  by: By,
  person: Person,
  clearances: readonly Clearance[],
  now: Instant,
): PersonRow {
  const clearance = mayReadRecord(by, person.id) ? clearanceAt(clearances, settings.markings, now) : null
  return {
    ...personFields(person, now),
    clearance: clearanceView(clearance),
    can: actionsOn(by, person, now),
  }
}

/** The record of one person. */
export function recordView(settings: IdentitySettings, by: By, kept: Kept, now: Instant): PersonRecord {
  const { person } = kept
  return {
    ...rowView(settings, by, person, kept.clearances, now),
    authorities: [...authoritiesOf(person.roles)],
    hasPassword: kept.hasPassword,
    lockedUntil: kept.lockedUntil > now ? iso(kept.lockedUntil) : null,
    keys: kept.keys.map((key) => ({
      keyId: key.keyId,
      madeAt: iso(key.madeAt),
      withdrawnAt: isoOrNull(key.withdrawnAt),
    })),
    clearances: kept.clearances.map((clearance) => ({
      ...datedView(clearance, now),
      marking: clearance.marking,
    })),
    needToKnow: kept.grants.map((grant) => grantView(grant, now)),
  }
}

/** Whether the caller may read a person's record: their own, or with a role that may. */
export function mayReadRecord(by: By, person: string): boolean {
  return by.personId === person || mayAsk(by.roles, MAY['person.read_record'])
}

function actionsOn(by: By, person: Person, now: Instant): PersonRow['can'] {
  const isOver = person.activeUntil !== null && person.activeUntil <= now
  const on = (permission: Permission, over: Can) => {
    const permitted = permitOnOther(by, permission, person.id)
    return permitted === true && isOver ? over : permitted
  }
  const done = refuse('already_done', national('ID-6'))
  const ended = refuse('wrong_state', national('ID-5'))
  return {
    changeRoles: on(MAY['person.change_roles'], done),
    renewCode: on(MAY['person.renew_code'], done),
    withdraw: on(MAY['person.withdraw'], done),
    grantClearance: on(MAY['clearance.grant'], ended),
    grantNeedToKnow: on(MAY['need_to_know.grant'], ended),
  }
}

function personFields(person: Person, now: Instant) {
  return {
    id: person.id,
    office: person.office,
    organisation: person.organisation,
    roles: [...person.roles],
    active: isActive(person, now),
    activeFrom: iso(person.activeFrom),
    activeUntil: isoOrNull(person.activeUntil),
  }
}

function clearanceView(clearance: ClearanceNow | null) {
  return clearance === null ? null : { ...clearance, until: iso(clearance.until) }
}

function grantView(grant: Grant, now: Instant) {
  return { ...datedView(grant, now), scope: formatScope(grant.scope) }
}

function datedView(dated: Clearance | Grant, now: Instant) {
  return {
    id: dated.id,
    reason: dated.reason,
    from: iso(dated.from),
    until: iso(dated.until),
    grantedBy: dated.grantedBy,
    revokedAt: isoOrNull(dated.revokedAt),
    holds: holdsAt(dated, now),
  }
}

/** An instant as the contracts write it. */
export function iso(at: Instant): string {
  return new Date(at).toISOString()
}

/** As `iso`, where there may be none. */
export function isoOrNull(at: Instant | null): string | null {
  return at === null ? null : iso(at)
}
