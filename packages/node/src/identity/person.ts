/** People as offices, never names: who they are and when they are active (ID-1, ID-5, ID-7). Pure. */
import type { Role } from '#api/identity.ts'
import { refuse } from '#api/refusals.ts'
import type { Can } from '#api/refusals.ts'
import type { Instant } from '#node/world.ts'
import { national, permit } from './role.ts'
import type { Permission } from './role.ts'

export interface Person {
  /** For example `analyst`; never given to another office again. */
  readonly id: string
  readonly office: string
  readonly organisation: string
  readonly roles: readonly Role[]
  readonly activeFrom: Instant
  /** The first instant at which the person is no longer active; null: not set. */
  readonly activeUntil: Instant | null
}

/** Whether a person may act at `now`. */
export function isActive(person: Person, now: Instant): boolean {
  return person.activeFrom <= now && (person.activeUntil === null || now < person.activeUntil)
}

/** Whether `by` may do to `target` what no one may do to themselves (ID-7, ID-43). */
export function permitOnOther(
  by: { readonly personId: string; readonly roles: readonly string[] },
  permission: Permission,
  target: string,
): Can {
  const permitted = permit(by.roles, permission)
  if (permitted !== true) return permitted
  if (by.personId !== target) return true
  return refuse('not_permitted', national(permission.command.startsWith('person.') ? 'ID-7' : 'ID-43'))
}

/** Roles without doubles, in the order of the closed list, so that equal sets are equal texts. */
export function sortedRoles(roles: readonly Role[], order: readonly Role[]): readonly Role[] {
  return order.filter((role) => roles.includes(role))
}
