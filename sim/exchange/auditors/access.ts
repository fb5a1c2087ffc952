/**
 * Access: a person who opened an item had clearance and need-to-know at that instant, according to the rows;
 * a person who was refused lacked one of them, or the office; every attempt has its decision.
 */
import { Violation } from '../../violation.ts'
import type { Network, RightRow, View } from '../../auditors/view.ts'
import { rowsOf } from './rows.ts'
import type { ItemRow, OpeningRow } from './rows.ts'
import { RANKS } from './terms.ts'

export function auditAccess(network: Network): void {
  for (const view of network.views.values()) {
    const rows = rowsOf(view)
    const items = new Map(rows.items.map((item) => [item.id, item]))
    const decisions = new Map(view.decisions.map((decision) => [decision.id, decision]))
    for (const opening of rows.openings) {
      if (opening.outcome === 'receipted') continue
      const where = `${view.nation} ${opening.person}`
      const item = items.get(opening.item)
      const decision = decisions.get(opening.decision ?? '')
      if (item === undefined || item.direction !== 'received')
        throw new Violation('access', `${where} opened an item that was not received`)
      if (decision === undefined)
        throw new Violation('access', `${where} tried to open ${item.control} without a recorded decision`)
      // The decision is dated just before its record.
      auditOpening(view, opening, item, decision.at)
    }
  }
}

function auditOpening(view: View, opening: OpeningRow, item: ItemRow, at: number): void {
  const cleared = view.clearances.some(
    (right) =>
      holds(right, opening.person, at) && (RANKS[right.right] ?? 0) >= (RANKS[item.receiver_marking] ?? 9),
  )
  const scopes = [`matter:${item.id}`, `category:${item.category}`]
  const needs = view.grants.some((right) => holds(right, opening.person, at) && scopes.includes(right.right))
  const where = `${view.nation} ${opening.person} and ${item.control}`
  if (opening.outcome === 'opened') {
    if (!cleared) throw new Violation('access', `${where}: opened without clearance`)
    if (!needs) throw new Violation('access', `${where}: opened without need-to-know`)
    if (!opening.person.startsWith('officer'))
      throw new Violation('access', `${where}: opened without the office`)
    return
  }
  if (opening.code === null) throw new Violation('access', `${where}: refused without a code`)
  if (opening.code.startsWith('clearance_') && cleared)
    throw new Violation('access', `${where}: refused despite clearance`)
  if (opening.code === 'need_to_know_missing' && needs)
    throw new Violation('access', `${where}: refused despite need-to-know`)
}

function holds(right: RightRow, person: string, at: number): boolean {
  const isInTime = right.valid_from <= at && at < right.valid_until
  return right.person === person && isInTime && (right.revoked_at === null || right.revoked_at > at)
}
