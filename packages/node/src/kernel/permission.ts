/** Which roles may use which commands (ID-2 to ID-4). Each room and pillar declares its own permissions. Pure. */
import { ROLES } from '#api/identity.ts'
import type { Role } from '#api/identity.ts'
import { refuse } from '#api/refusals.ts'
import type { Can, Citation } from '#api/refusals.ts'

/** A command, and the roles that may use it. */
export interface Permission {
  /** `person.create`: the subject and the verb. */
  readonly command: string
  readonly roles: readonly Role[]
}

/** Declares permissions by command. `roles.txt` lists all of them. */
export function permissions<const Command extends string>(
  table: Readonly<Record<Command, readonly Role[]>>,
): Readonly<Record<Command, Permission>> {
  const entries = Object.entries<readonly Role[]>(table)
  return Object.fromEntries(entries.map(([command, roles]) => [command, { command, roles }])) as Record<
    Command,
    Permission
  >
}

export const EVERYONE_BUT_ADMINISTRATOR = ROLES.filter((role) => role !== 'administrator')

/** The permissions of the engine. */
export const MAY = permissions({
  'person.create': ['administrator'],
  'person.change_roles': ['administrator'],
  'person.renew_code': ['administrator'],
  'person.withdraw': ['administrator', 'security_officer'],
  'person.read_record': ['administrator', 'security_officer', 'inspector', 'registrar'],
  'clearance.grant': ['security_officer'],
  'clearance.revoke': ['security_officer'],
  'need_to_know.grant': ['security_officer'],
  'need_to_know.revoke': ['security_officer'],
  'link.manage': ['administrator'],
  'link.verify': ['administrator', 'registrar', 'security_officer', 'inspector'],
  'bundle.carry': ['administrator', 'registrar', 'watch_officer'],
  'decision.explain': ['release_authority', 'registrar', 'security_officer', 'inspector'],
})

/** Whether one of the roles has the permission. Unknown roles have none. */
export function mayAsk(roles: readonly string[], permission: Permission): boolean {
  return permission.roles.some((role) => roles.includes(role))
}

/** `true`, or the refusal `not_permitted` with its rule. */
export function permit(roles: readonly string[], permission: Permission): Can {
  return mayAsk(roles, permission) ? true : refuse('not_permitted', ententeRule('ID-3'))
}

/** Cites a rule of the software by its id in `spec/`. */
export function ententeRule(rule: string): readonly Citation[] {
  return [{ instrument: 'entente', article: rule }]
}
