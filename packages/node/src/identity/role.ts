/**
 * Roles and what each may ask for: one table that can be read without knowing the code (ID-2 to ID-4). Pure.
 */
import { ROLES } from '#api/identity.ts'
import type { Role } from '#api/identity.ts'
import { refuse } from '#api/refusals.ts'
import type { Can, Citation } from '#api/refusals.ts'

/** Everything that a person can ask of the node and that not everyone may. */
export const COMMANDS = [
  'person.create',
  'person.change_roles',
  'person.renew_code',
  'person.withdraw',
  'person.read_record',
  'clearance.grant',
  'clearance.revoke',
  'need_to_know.grant',
  'need_to_know.revoke',
  'agreement.read',
  'agreement.record',
  'link.manage',
  'link.verify',
  'bundle.carry',
  'exchange.compose',
  'exchange.approve',
  'exchange.withdraw',
  'exchange.read_items',
  'exchange.open',
  'assurance.give',
  'register.read',
  'register.reconcile',
  'evidence.export',
  'decision.explain',
] as const
export type Command = (typeof COMMANDS)[number]

const EVERYONE_BUT_ADMINISTRATOR = ROLES.filter((role) => role !== 'administrator')

/**
 * INVARIANT: no row that reads or decides on content (`exchange.*`, `register.read`) names the administrator.
 */
const MAY_ASK: Readonly<Record<Command, readonly Role[]>> = {
  'person.create': ['administrator'],
  'person.change_roles': ['administrator'],
  'person.renew_code': ['administrator'],
  'person.withdraw': ['administrator', 'security_officer'],
  'person.read_record': ['administrator', 'security_officer', 'inspector', 'registrar'],
  'clearance.grant': ['security_officer'],
  'clearance.revoke': ['security_officer'],
  'need_to_know.grant': ['security_officer'],
  'need_to_know.revoke': ['security_officer'],
  'agreement.read': [...ROLES],
  'agreement.record': ['treaty_officer'],
  'link.manage': ['administrator'],
  'link.verify': ['administrator', 'registrar', 'security_officer', 'inspector'],
  'bundle.carry': ['administrator', 'registrar', 'watch_officer'],
  'exchange.compose': ['analyst', 'watch_officer'],
  'exchange.approve': ['release_authority'],
  'exchange.withdraw': ['release_authority'],
  'exchange.read_items': EVERYONE_BUT_ADMINISTRATOR,
  'exchange.open': ['officer', 'watch_officer'],
  'assurance.give': ['security_officer'],
  'register.read': ['registrar', 'security_officer', 'inspector'],
  'register.reconcile': ['registrar', 'inspector'],
  'evidence.export': ['registrar', 'security_officer', 'inspector'],
  'decision.explain': ['release_authority', 'registrar', 'security_officer', 'inspector'],
}

/** Whether one of the roles may ask for a command. Unknown roles give nothing. */
export function mayAsk(roles: readonly string[], command: Command): boolean {
  return MAY_ASK[command].some((role) => roles.includes(role))
}

/** `true`, or the refusal `not_permitted` that names the rule. */
export function permit(roles: readonly string[], command: Command): Can {
  return mayAsk(roles, command) ? true : refuse('not_permitted', national('ID-3'))
}

/** The roles that may be asked for help with a command. */
export function rolesThatMay(command: Command): readonly Role[] {
  return MAY_ASK[command]
}

/** Cites one of the nation's own rules. */
export function national(rule: string): readonly Citation[] {
  return [{ instrument: 'national', article: rule }]
}
