/** The facts on a disk that the exchange acknowledged to people, by the workload's names for them. */
import { allSaid } from '../../auditors/view.ts'
import type { Said, View } from '../../auditors/view.ts'
import { rowsOf } from './rows.ts'

export function factsOf(view: View): string[] {
  const { drafts, approvals, items, openings } = rowsOf(view)
  const said = [...view.partners.keys()].flatMap((partner) => allSaid(view, partner))
  return [
    ...drafts.map(({ id }) => `draft ${id}`),
    ...approvals.map(({ digest, person, verdict }) => `verdict ${verdict} ${digest} ${person}`),
    ...items.filter(({ direction }) => direction === 'sent').map(({ control }) => `released ${control}`),
    ...openings.map(({ id }) => `opening ${id}`),
    ...said.map((statement) => `said ${statement.kind} ${subjectOf(statement)}`),
    // If an offer is stopped at departure, its withdrawal is dropped with it: neither ever left.
    ...stoppedItems(view).map((id) => `said exchange.withdrawn ${id}`),
  ]
}

/** The items that the gate stopped at departure. */
export function stoppedItems(view: View): string[] {
  return rowsOf(view)
    .items.filter(({ state }) => state === 'stopped')
    .map(({ id }) => id)
}

function subjectOf({ kind, matter, body, acts }: Said): string {
  if (kind.startsWith('assurance.')) return String(body['assurance'])
  if (kind !== 'exchange.receipted') return matter?.id ?? ''
  return `${matter?.id} ${(JSON.parse(acts![0]!.text) as { person: string }).person}`
}
