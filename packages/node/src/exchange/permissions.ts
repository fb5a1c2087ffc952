/** The permissions of the exchange (ID-3). The administrator has none: the role reads and decides nothing (ID-4). */
import { EVERYONE_BUT_ADMINISTRATOR, permissions } from '#node/kernel/permission.ts'

export const EXCHANGE = permissions({
  'exchange.compose': ['analyst', 'watch_officer'],
  'exchange.approve': ['release_authority'],
  'exchange.withdraw': ['release_authority'],
  'exchange.read_items': EVERYONE_BUT_ADMINISTRATOR,
  'exchange.receipt': ['officer', 'watch_officer'],
  'assurance.give': ['security_officer'],
  'register.read': ['registrar', 'security_officer', 'inspector'],
  'register.reconcile': ['registrar', 'inspector'],
  'evidence.export': ['registrar', 'security_officer', 'inspector'],
})
