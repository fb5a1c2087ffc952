/**
 * Exactly once, in the exchange: every applied offer is a received item, and both sides of a link hold the
 * same assurances.
 */
import { Violation } from '../../violation.ts'
import { allApplied, isRestored, pairsOf } from '../../auditors/view.ts'
import type { Network, View } from '../../auditors/view.ts'
import { rowsOf } from './rows.ts'

export function auditEffects(network: Network): void {
  for (const { here, there } of pairsOf(network)) {
    auditOffers(here, there.nation)
    if (network.atRest && !isRestored(network, here, there)) auditAssurances(here, there)
  }
}

/** Every offer that was applied is a received item, unless it was parked. */
function auditOffers(view: View, partner: string): void {
  const parked = new Set(view.parked.filter(({ nation }) => nation === partner).map(({ index }) => index))
  const received = new Set(
    rowsOf(view)
      .items.filter(({ direction }) => direction === 'received')
      .map(({ id }) => id),
  )
  for (const [index, { kind, matter }] of allApplied(view, partner).entries()) {
    if (kind !== 'exchange.offered' || parked.has(index) || received.has(matter?.id ?? '')) continue
    throw new Violation(
      'exactly once',
      `${view.nation} has not entered ${matter?.id}, which ${partner} offered`,
    )
  }
}

function auditAssurances(here: View, there: View): void {
  const given = rowsOf(here).assurances.filter(
    ({ by_nation, to_nation }) => by_nation === here.nation && to_nation === there.nation,
  )
  for (const { id, withdrawn_at } of given) {
    const copy = rowsOf(there).assurances.find((assurance) => assurance.id === id)
    if (copy === undefined) throw new Violation('exactly once', `${there.nation} lacks the assurance ${id}`)
    if ((copy.withdrawn_at === null) !== (withdrawn_at === null)) {
      throw new Violation('exactly once', `${there.nation} has another state of the assurance ${id}`)
    }
  }
}
