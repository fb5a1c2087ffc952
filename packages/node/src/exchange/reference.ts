/** The number by which people know what a statement is about. Pure. */
import { Malformed } from '#wire/json.ts'
import { readProposal } from '#wire/exchange/proposal.ts'
import type { Statement } from '#wire/statement.ts'

/** The control number of the item that a statement is about; null if it is about none, or its proposal is malformed. */
export function referenceOf(statement: Statement): string | null {
  switch (statement.kind) {
    case 'exchange.offered':
      return controlIn(statement.body.proposal)
    case 'exchange.withdrawn':
    case 'exchange.accepted':
    case 'exchange.refused':
    case 'exchange.receipted':
      return statement.body.control
    default:
      return null
  }
}

function controlIn(proposal: string): string | null {
  try {
    return readProposal(proposal).control
  } catch (error) {
    if (error instanceof Malformed) return null
    throw error
  }
}
