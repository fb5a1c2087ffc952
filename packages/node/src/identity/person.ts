/** People, as offices and never by name (ID-1, ID-5, ID-7). Pure. */
import type { Role } from '#api/identity.ts'
import { refuse } from '#api/refusals.ts'
import type { Can } from '#api/refusals.ts'
import type { By } from '#node/kernel/caller.ts'
import type { Instant } from '#node/world.ts'
import { ententeRule, permit } from '#node/kernel/permission.ts'
import type { Permission } from '#node/kernel/permission.ts'

export interface Person {
  /** For example `analyst`. An id is never given to another office. */
  readonly id: string
  readonly office: string
  readonly organisation: string
  readonly roles: readonly Role[]
  readonly activeFrom: Instant
  /** The first instant at which the person is no longer active; null if there is none. */
  readonly activeUntil: Instant | null
}

/** Whether a person may act at `now`. */
export function isActive(person: Person, now: Instant): boolean {
  return person.activeFrom <= now && (person.activeUntil === null || now < person.activeUntil)
}

/** Whether `by` may use a command on `target` that nobody may use on themselves (ID-7, ID-43). */
export function permitOnOther(by: By, permission: Permission, target: string): Can {
  const permitted = permit(by.roles, permission)
  if (permitted !== true) return permitted
  if (by.personId !== target) return true
  return refuse('not_permitted', ententeRule(permission.command.startsWith('person.') ? 'ID-7' : 'ID-43'))
}

/** Roles without duplicates, in a fixed order, so that equal sets are equal texts. */
export function sortedRoles(roles: readonly Role[], order: readonly Role[]): readonly Role[] {
  return order.filter((role) => roles.includes(role))
}
