/** Grants and revokes clearances and need-to-know (ID-40 to ID-44). */
import { refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { recordNational } from '#node/federation/national.ts'
import { newId } from '#node/federation/say.commands.ts'
import type { By } from '#node/kernel/caller.ts'
import { EVERYTHING } from '#node/kernel/command.ts'
import type { Act } from '#node/kernel/command.ts'
import { iso } from '#node/world.ts'
import type { Instant } from '#node/world.ts'
import { endOf } from './clearance.ts'
import { findPerson } from './person.store.ts'
import { formatScope } from './needToKnow.ts'
import type { Scope } from './needToKnow.ts'
import { permitOnOther } from './person.ts'
import {
  insertClearance,
  insertGrant,
  lockClearance,
  lockGrant,
  revokeClearanceRow,
  revokeGrantRow,
} from './rights.store.ts'
import { MAY, ententeRule } from '#node/kernel/permission.ts'
import type { Permission } from '#node/kernel/permission.ts'
import type { IdentitySettings } from './settings.ts'

interface Dates {
  /** By default now. */
  readonly from?: Instant
  readonly until: Instant
}

/** Grants a clearance to another person; returns its id. */
export async function grantClearance(
  act: Act,
  settings: IdentitySettings,
  by: By,
  input: Dates & { readonly person: string; readonly marking: string; readonly reason: string },
): Promise<string | Refusal> {
  const fault = await grantFault(act, by, MAY['clearance.grant'], input)
  if (fault !== null) return fault
  if (!settings.markings.includes(input.marking))
    return refuse('invalid_input', ententeRule('ID-40'), 'marking')
  const granted = { ...newRight(act, by, input), marking: input.marking }
  await insertClearance(act.tx, granted)
  await recordRight(act, by, {
    what: 'clearance.granted',
    of: granted,
    right: granted.marking,
    reason: input.reason,
  })
  return granted.id
}

/** Grants need-to-know to another person; returns the id of the grant. */
export async function grantNeedToKnow(
  act: Act,
  by: By,
  input: Dates & { readonly person: string; readonly scope: Scope; readonly reason: string },
): Promise<string | Refusal> {
  const fault = await grantFault(act, by, MAY['need_to_know.grant'], input)
  if (fault !== null) return fault
  const granted = { ...newRight(act, by, input), scope: input.scope }
  await insertGrant(act.tx, granted)
  const right = formatScope(input.scope)
  await recordRight(act, by, { what: 'need_to_know.granted', of: granted, right, reason: input.reason })
  return granted.id
}

/** Revokes a clearance, with effect from the gate's next decision; returns its id. */
export async function revokeClearance(
  act: Act,
  by: By,
  input: { readonly clearance: string; readonly reason: string },
): Promise<string | Refusal> {
  const clearance = await lockClearance(act.tx, input.clearance)
  const fault = revocationFault(act, by, MAY['clearance.revoke'], clearance)
  if (fault !== null || clearance === null) return fault ?? refuse('not_found')
  await revokeClearanceRow(act.tx, clearance.id, by.personId, act.world.now())
  const { marking: right } = clearance
  await recordRight(act, by, { what: 'clearance.revoked', of: clearance, right, reason: input.reason })
  return clearance.id
}

/** Revokes a need-to-know grant, with effect from the gate's next decision; returns its id. */
export async function revokeNeedToKnow(
  act: Act,
  by: By,
  input: { readonly grant: string; readonly reason: string },
): Promise<string | Refusal> {
  const grant = await lockGrant(act.tx, input.grant)
  const fault = revocationFault(act, by, MAY['need_to_know.revoke'], grant)
  if (fault !== null || grant === null) return fault ?? refuse('not_found')
  await revokeGrantRow(act.tx, grant.id, by.personId, act.world.now())
  const right = formatScope(grant.scope)
  await recordRight(act, by, { what: 'need_to_know.revoked', of: grant, right, reason: input.reason })
  return grant.id
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
  if (person.activeUntil !== null && person.activeUntil <= now)
    return refuse('person_withdrawn', ententeRule('ID-5'))
  const isInOrder = input.until > Math.max(now, input.from ?? now)
  return isInOrder
    ? null
    : refuse('invalid_input', ententeRule(permission === MAY['clearance.grant'] ? 'ID-40' : 'ID-42'), 'until')
}

/** A person may give up their own right; to revoke another's takes the role. */
function revocationFault(
  act: Act,
  by: By,
  permission: Permission,
  right: { readonly person: string; readonly until: Instant; readonly revokedAt: Instant | null } | null,
): Refusal | null {
  const permitted = permitOnOther(by, permission, right?.person ?? '')
  if (permitted !== true && right?.person !== by.personId) return permitted
  if (right === null) return refuse('not_found')
  return endOf(right) <= act.world.now() ? refuse('already_done', ententeRule('ID-44')) : null
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
    from: iso(of.from),
    until: iso(of.until),
    reason,
    by: by.personId,
  })
  // What the person may do shows on the pages of every pillar.
  act.hint(EVERYTHING)
}
