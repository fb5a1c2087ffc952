/**
 * Registers: no number is assigned twice, and every accepted item has one. At rest both registers agree, and
 * a reconciliation finds no difference (EXC-80).
 */
import { Violation } from '../../violation.ts'
import { isRestored } from '../../auditors/view.ts'
import type { Network, View } from '../../auditors/view.ts'
import { rowsOf } from './rows.ts'
import type { ItemRow } from './rows.ts'

export function auditRegisters(network: Network): void {
  for (const view of network.views.values()) {
    const given = new Map<string, string>()
    for (const item of rowsOf(view).items) {
      auditNumber(view, item)
      if (item.direction !== 'received' || item.registered === null) continue
      if (given.has(item.registered))
        throw new Violation('register', `${view.nation} gave ${item.registered} twice`)
      given.set(item.registered, item.control)
    }
  }
  if (network.atRest) auditAgreement(network)
  if (network.atRest) auditReconciliations(network)
}

function auditNumber(view: View, item: ItemRow): void {
  const where = `${view.nation} ${item.control}`
  if (['accepted', 'receipted'].includes(item.state) && item.registered === null) {
    throw new Violation('register', `${where} is ${item.state} without a register number`)
  }
  if (item.registered !== null && !new RegExp(`^${item.recipient}-\\d{4}-\\d{6}$`).test(item.registered)) {
    throw new Violation('register', `${where} has the register number ${item.registered}`)
  }
}

function auditAgreement(network: Network): void {
  for (const view of network.views.values()) {
    for (const item of rowsOf(view).items.filter(({ direction }) => direction === 'received')) {
      const home = network.views.get(item.originator)!
      if (isRestored(network, view, home)) continue
      const there = rowsOf(home).items.find(({ control }) => control === item.control)
      const line = (row: ItemRow | undefined) =>
        [row?.control, row?.registered, row?.marking, row?.receiver_marking, row?.payload_digest].join('|')
      if (line(there) !== line(item)) {
        throw new Violation('register', `${view.nation} has ${line(item)}, ${home.nation} ${line(there)}`)
      }
    }
  }
}

function auditReconciliations({ views, restored }: Network): void {
  for (const view of views.values()) {
    for (const { nation, outcome } of rowsOf(view).reconciliations) {
      if (outcome === 'agreed' || restored.has(view.nation) || restored.has(nation)) continue
      throw new Violation('register', `the reconciliation of ${view.nation} with ${nation} is ${outcome}`)
    }
  }
}
