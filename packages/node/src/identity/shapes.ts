/** People in the shapes of the contracts in `api/identity.ts`. Pure. */
import type { Me, PersonRecord, PersonRow } from '#api/identity.ts'
import { refuse } from '#api/refusals.ts'
import type { Can } from '#api/refusals.ts'
import type { By } from '#node/kernel/caller.ts'
import { iso, isoOrNull } from '#node/world.ts'
import type { Instant } from '#node/world.ts'
import { clearanceAt, isValidAt } from './clearance.ts'
import type { Clearance, ClearanceNow } from './clearance.ts'
import { authoritiesOf } from './directory.ts'
import { formatScope } from './needToKnow.ts'
import type { Grant } from './needToKnow.ts'
import { isActive, permitOnOther } from './person.ts'
import type { Person } from './person.ts'
import { MAY, mayAsk, ententeRule } from '#node/kernel/permission.ts'
import type { Permission } from '#node/kernel/permission.ts'
import { sessionEndsAt } from './session.ts'
import type { SessionTimes } from './session.ts'
import type { IdentitySettings } from './settings.ts'

/** Everything stored about one person. */
export interface PersonDetails {
  readonly person: Person
  readonly hasPassword: boolean
  readonly lockedUntil: Instant
  readonly keys: readonly { keyId: string; madeAt: Instant; withdrawnAt: Instant | null }[]
  readonly clearances: readonly Clearance[]
  readonly grants: readonly Grant[]
}

/** The caller. */
export function meShape(
  nation: string,
  settings: IdentitySettings,
  details: PersonDetails,
  session: SessionTimes & { readonly keyId: string },
  now: Instant,
): Me {
  const { person, clearances, grants } = details
  return {
    nation,
    person: personFields(person, now),
    authorities: [...authoritiesOf(person.roles)],
    keyId: session.keyId,
    clearance: clearanceShape(clearanceAt(clearances, settings.markings, now)),
    needToKnow: grants.filter((grant) => isValidAt(grant, now)).map((grant) => grantShape(grant, now)),
    sessionEndsAt: iso(sessionEndsAt(session, settings.session)),
    sessionEndsAtLatest: iso(session.startedAt + settings.session.absoluteMs),
  }
}

/** A row of the list of people. The clearance is shown to the person and to those who may read records. */
export function rowShape(
  settings: IdentitySettings,
  by: By,
  person: Person,
  clearances: readonly Clearance[],
  now: Instant,
): PersonRow {
  const clearance = mayReadRecord(by, person.id) ? clearanceAt(clearances, settings.markings, now) : null
  return {
    ...personFields(person, now),
    clearance: clearanceShape(clearance),
    can: actionsOn(by, person, now),
  }
}

/** The record of one person. */
export function recordShape(
  settings: IdentitySettings,
  by: By,
  details: PersonDetails,
  now: Instant,
): PersonRecord {
  const { person } = details
  return {
    ...rowShape(settings, by, person, details.clearances, now),
    authorities: [...authoritiesOf(person.roles)],
    hasPassword: details.hasPassword,
    lockedUntil: details.lockedUntil > now ? iso(details.lockedUntil) : null,
    keys: details.keys.map((key) => ({
      keyId: key.keyId,
      madeAt: iso(key.madeAt),
      withdrawnAt: isoOrNull(key.withdrawnAt),
    })),
    clearances: details.clearances.map((clearance) => ({
      ...datedShape(clearance, now),
      marking: clearance.marking,
    })),
    needToKnow: details.grants.map((grant) => grantShape(grant, now)),
  }
}

/** Whether the caller may read a person's record: their own, or by their role. */
export function mayReadRecord(by: By, person: string): boolean {
  return by.personId === person || mayAsk(by.roles, MAY['person.read_record'])
}

function actionsOn(by: By, person: Person, now: Instant): PersonRow['can'] {
  const isOver = person.activeUntil !== null && person.activeUntil <= now
  const on = (permission: Permission, over: Can) => {
    const permitted = permitOnOther(by, permission, person.id)
    return permitted === true && isOver ? over : permitted
  }
  const unchanged = refuse('person_withdrawn', ententeRule('ID-6'))
  const ungranted = refuse('person_withdrawn', ententeRule('ID-5'))
  return {
    changeRoles: on(MAY['person.change_roles'], unchanged),
    renewCode: on(MAY['person.renew_code'], unchanged),
    withdraw: on(MAY['person.withdraw'], unchanged),
    grantClearance: on(MAY['clearance.grant'], ungranted),
    grantNeedToKnow: on(MAY['need_to_know.grant'], ungranted),
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

function clearanceShape(clearance: ClearanceNow | null) {
  return clearance === null ? null : { ...clearance, until: iso(clearance.until) }
}

function grantShape(grant: Grant, now: Instant) {
  return { ...datedShape(grant, now), scope: formatScope(grant.scope) }
}

function datedShape(dated: Clearance | Grant, now: Instant) {
  return {
    id: dated.id,
    reason: dated.reason,
    from: iso(dated.from),
    until: iso(dated.until),
    grantedBy: dated.grantedBy,
    revokedAt: isoOrNull(dated.revokedAt),
    holds: isValidAt(dated, now),
  }
}
