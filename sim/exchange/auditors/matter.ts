/**
 * Items: recomputes the state of every item from the statements in the logs of each nation. At rest both
 * nations have the same state.
 */
import { Violation } from '../../violation.ts'
import { allApplied, allSaid, isRestored } from '../../auditors/view.ts'
import type { Network, Said, View } from '../../auditors/view.ts'
import { rowsOf } from './rows.ts'
import type { ItemRow } from './rows.ts'

export function auditMatters(network: Network): void {
  for (const view of network.views.values()) {
    const heard = new Map(
      [...view.partners.keys()].map((partner) => [partner, allApplied(view, partner)] as const),
    )
    const said = new Map(
      [...view.partners.keys()].map((partner) => [partner, allSaid(view, partner)] as const),
    )
    for (const item of rowsOf(view).items) {
      const partner = item.direction === 'sent' ? item.recipient : item.originator
      auditItem(view, item, about(said.get(partner), item.id), about(heard.get(partner), item.id))
    }
  }
  if (network.atRest) auditAgreement(network)
}

function about(list: readonly Said[] | undefined, matter: string): Said[] {
  return (list ?? []).filter((said) => said.matter?.id === matter)
}

function auditItem(view: View, item: ItemRow, ours: readonly Said[], theirs: readonly Said[]): void {
  const where = `${view.nation} ${item.control}`
  if (item.state === 'stopped') {
    if (ours.length > 0) throw new Violation('matter', `${where} was stopped, but has statements in the log`)
    return
  }
  const expected = item.direction === 'sent' ? fold(ours, theirs) : fold(theirs, ours)
  const shown = item.state === 'arriving' ? 'offered' : item.state
  if (shown !== expected)
    throw new Violation('matter', `${where} is ${item.state}; its statements fold to ${expected}`)
  const { state } = item
  if (state === 'arriving' && view.blobs.has(item.payload_digest)) {
    throw new Violation('matter', `${where} waits for content that is here`)
  }
  if (
    item.direction === 'received' &&
    ['accepted', 'receipted'].includes(state) &&
    !view.blobs.has(item.payload_digest)
  ) {
    throw new Violation('matter', `${where} was accepted without its content`)
  }
}

/**
 * Merges the statements of both sides. The home's keep their order; before each come the statements of the
 * other side that the home had applied by then. A step that does not follow from the state has no effect.
 */
function fold(home: readonly Said[], other: readonly Said[]): string {
  const order: Said[] = []
  let taken = 0
  for (const said of home) {
    while (taken < Math.min(said.matter!.seen, other.length)) order.push(other[taken++]!)
    order.push(said)
  }
  order.push(...other.slice(taken))
  let state = 'offered'
  for (const { kind } of order) {
    if (state === 'offered' && kind === 'exchange.accepted') state = 'accepted'
    else if (state === 'offered' && kind === 'exchange.refused') state = 'refused'
    else if (state === 'offered' && kind === 'exchange.withdrawn') state = 'withdrawn'
    else if (state === 'accepted' && kind === 'exchange.receipted') state = 'receipted'
  }
  return state
}

function auditAgreement(network: Network): void {
  for (const view of network.views.values()) {
    for (const item of rowsOf(view).items) {
      const other = network.views.get(item.direction === 'sent' ? item.recipient : item.originator)!
      if (item.state === 'stopped' || isRestored(network, view, other)) continue
      const there = rowsOf(other).items.find(({ id }) => id === item.id)
      if (there === undefined) throw new Violation('matter', `${other.nation} has no ${item.control} at rest`)
      if (there.state !== item.state) {
        throw new Violation(
          'matter',
          `${item.control} is ${item.state} in ${view.nation} and ${there.state} in ${other.nation}`,
        )
      }
      if (item.state === 'arriving')
        throw new Violation('liveness', `${item.control} still waits for its content`)
    }
  }
}
