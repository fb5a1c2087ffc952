/** Roles and what each may ask for (ID-2 to ID-4). Each room and pillar declares its own permissions. Pure. */
import { ROLES } from '#api/identity.ts'
import type { Role } from '#api/identity.ts'
import { refuse } from '#api/refusals.ts'
import type { Can, Citation } from '#api/refusals.ts'

/** Something that a person can ask of the node and that not everyone may. */
export interface Permission {
  /** `exchange.compose`: the room or the subject, and the verb. */
  readonly command: string
  readonly roles: readonly Role[]
}

/** Declares permissions by their commands; the table of all of them is `roles.txt`. */
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

/** The permissions of the engine: people, rights, links, decisions. */
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

/** Whether one of the roles may ask for it. Unknown roles give nothing. */
export function mayAsk(roles: readonly string[], permission: Permission): boolean {
  return permission.roles.some((role) => roles.includes(role))
}

/** `true`, or the refusal `not_permitted` that names the rule. */
export function permit(roles: readonly string[], permission: Permission): Can {
  return mayAsk(roles, permission) ? true : refuse('not_permitted', national('ID-3'))
}

/** Cites one of the nation's own rules. */
export function national(rule: string): readonly Citation[] {
  return [{ instrument: 'national', article: rule }]
}
