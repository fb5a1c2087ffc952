/**
 * Clearances and need-to-know grants: given and revoked, and what a person has at an instant (ID-40 to
 * ID-44).
 */
import { refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { recordNational } from '#node/federation/national.ts'
import { newId } from '#node/federation/say.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Reader } from '#node/kernel/database.ts'
import type { Instant } from '#node/world.ts'
import { clearanceAt, endOf, holdsAt } from './clearance.ts'
import type { ClearanceNow } from './clearance.ts'
import type { By } from './identity.commands.ts'
import { findPerson } from './identity.store.ts'
import { formatScope } from './needToKnow.ts'
import type { Grant, Scope } from './needToKnow.ts'
import { isActive, permitOnOther } from './person.ts'
import type { Person } from './person.ts'
import {
  insertClearance,
  insertGrant,
  lockClearance,
  lockGrant,
  readRights,
  revokeClearanceRow,
  revokeGrantRow,
} from './rights.store.ts'
import { MAY, national } from './role.ts'
import type { Permission } from './role.ts'
import type { IdentitySettings } from './settings.ts'

interface Dates {
  /** From now when absent. */
  readonly from?: Instant
  readonly until: Instant
}

/** What the gate has to know of a person at an instant. */
export interface Standing {
  readonly person: Person
  readonly active: boolean
  readonly clearance: ClearanceNow | null
  /** The grants that hold at that instant. */
  readonly needToKnow: readonly Grant[]
}

/** What a person has at an instant; null when there is no such person. */
export async function standingOf(
  reader: Reader,
  settings: IdentitySettings,
  id: string,
  now: Instant,
): Promise<Standing | null> {
  const found = await readRights(reader, id)
  if (found === null) return null
  const { office, organisation, roles, activeFrom, activeUntil } = found.person
  const person = { id, office, organisation, roles, activeFrom, activeUntil }
  return {
    person,
    active: isActive(person, now),
    clearance: clearanceAt(found.clearances, settings.markings, now),
    needToKnow: found.grants.filter((grant) => holdsAt(grant, now)),
  }
}

/** Grants a clearance to another person. */
export async function grantClearance(
  act: Act,
  settings: IdentitySettings,
  by: By,
  input: Dates & { readonly person: string; readonly marking: string; readonly reason: string },
): Promise<{ id: string } | Refusal> {
  const fault = await grantFault(act, by, MAY['clearance.grant'], input)
  if (fault !== null) return fault
  if (!settings.markings.includes(input.marking)) return refuse('invalid_input', national('ID-40'), 'marking')
  const granted = { ...newRight(act, by, input), marking: input.marking }
  await insertClearance(act.tx, granted)
  await recordRight(act, by, {
    what: 'clearance.granted',
    of: granted,
    right: granted.marking,
    reason: input.reason,
  })
  return { id: granted.id }
}

/** Grants need-to-know to another person. */
export async function grantNeedToKnow(
  act: Act,
  by: By,
  input: Dates & { readonly person: string; readonly scope: Scope; readonly reason: string },
): Promise<{ id: string } | Refusal> {
  const fault = await grantFault(act, by, MAY['need_to_know.grant'], input)
  if (fault !== null) return fault
  const granted = { ...newRight(act, by, input), scope: input.scope }
  await insertGrant(act.tx, granted)
  const right = formatScope(input.scope)
  await recordRight(act, by, { what: 'need_to_know.granted', of: granted, right, reason: input.reason })
  return { id: granted.id }
}

/** Revokes a clearance; the very next question of the gate finds it gone. */
export async function revokeClearance(
  act: Act,
  by: By,
  input: { readonly clearance: string; readonly reason: string },
): Promise<Record<never, never> | Refusal> {
  const clearance = await lockClearance(act.tx, input.clearance)
  const fault = revocationFault(act, by, MAY['clearance.revoke'], clearance)
  if (fault !== null || clearance === null) return fault ?? refuse('not_found')
  await revokeClearanceRow(act.tx, clearance.id, by.personId, act.world.now())
  const { marking: right } = clearance
  await recordRight(act, by, { what: 'clearance.revoked', of: clearance, right, reason: input.reason })
  return {}
}

/** Revokes a need-to-know grant; the very next question of the gate finds it gone. */
export async function revokeNeedToKnow(
  act: Act,
  by: By,
  input: { readonly grant: string; readonly reason: string },
): Promise<Record<never, never> | Refusal> {
  const grant = await lockGrant(act.tx, input.grant)
  const fault = revocationFault(act, by, MAY['need_to_know.revoke'], grant)
  if (fault !== null || grant === null) return fault ?? refuse('not_found')
  await revokeGrantRow(act.tx, grant.id, by.personId, act.world.now())
  const right = formatScope(grant.scope)
  await recordRight(act, by, { what: 'need_to_know.revoked', of: grant, right, reason: input.reason })
  return {}
}

async function grantFault(
  act: Act,
  by: By,
  permission: Permission,
  input: Dates & { readonly person: string },
): Promise<Refusal | null> {
  const permitted = permitOnOther(by, permission, input.person)
  if (permitted !== true) return permitted
  const now = act.world.now()
  const person = await findPerson(act.tx, input.person)
  if (person === null) return refuse('not_found')
  if (person.activeUntil !== null && person.activeUntil <= now) return refuse('wrong_state', national('ID-5'))
  const isDated = input.until > Math.max(now, input.from ?? now)
  return isDated
    ? null
    : refuse('invalid_input', national(permission === MAY['clearance.grant'] ? 'ID-40' : 'ID-42'), 'until')
}

/** One may lay down one's own right; to take another's needs the role. */
function revocationFault(
  act: Act,
  by: By,
  permission: Permission,
  right: { readonly person: string; readonly until: Instant; readonly revokedAt: Instant | null } | null,
): Refusal | null {
  const permitted = permitOnOther(by, permission, right?.person ?? '')
  if (permitted !== true && right?.person !== by.personId) return permitted
  if (right === null) return refuse('not_found')
  return endOf(right) <= act.world.now() ? refuse('already_done', national('ID-44')) : null
}

function newRight(act: Act, by: By, input: Dates & { readonly person: string; readonly reason: string }) {
  return {
    id: newId(act),
    person: input.person,
    reason: input.reason,
    from: input.from ?? act.world.now(),
    until: input.until,
    grantedBy: by.personId,
    revokedAt: null,
  }
}

interface RightEntry {
  readonly what: string
  readonly of: {
    readonly id: string
    readonly person: string
    readonly from: Instant
    readonly until: Instant
  }
  readonly right: string
  readonly reason: string
}

async function recordRight(act: Act, by: By, { what, of, right, reason }: RightEntry): Promise<void> {
  recordNational(act, {
    what,
    id: of.id,
    person: of.person,
    right,
    from: new Date(of.from).toISOString(),
    until: new Date(of.until).toISOString(),
    reason,
    by: by.personId,
  })
  act.hint({ slice: 'people', id: of.person })
}
