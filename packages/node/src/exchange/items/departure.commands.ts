/**
 * Asks the gate once more as an item leaves (EXC-35): between release and departure an agreement may end, an assurance
 * be withdrawn, or a link freeze. An item that may no longer leave is stopped.
 */
import { readProposal } from '#wire/exchange/proposal.ts'
import type { SignedAct } from '#wire/personAct.ts'
import type { Departure } from '#node/federation/sequence.commands.ts'
import { ask } from '#node/gate/ask.commands.ts'
import type { Services } from '#node/services.ts'
import { gatedProposal } from '../situation/facts.ts'
import { situationOf } from '../situation/situation.view.ts'
import { readItem } from './item.store.ts'
import { setItemState } from './itemState.commands.ts'

/** A statement of ours about an item, valid since we wrote it. */
interface ItemStatement {
  readonly matter: { readonly id: string }
  readonly acts: readonly SignedAct[]
  readonly body: { readonly proposal: string }
}

function parsed(bytes: Uint8Array): ItemStatement {
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as ItemStatement
}

/** Decides whether an offer may leave by this channel; one that may not is stopped. */
export function mayOfferLeave(services: Services): Departure {
  return async (act, { bytes }, channel) => {
    const { matter, acts: signedActs, body } = parsed(bytes)
    const proposal = readProposal(body.proposal)
    const situation = await situationOf(act, services, {
      action: 'send',
      instrument: proposal.instrument,
      channel,
      matter: gatedProposal(act.nation, proposal),
      approvals: { count: signedActs.length - 1, authorAmong: false },
    })
    const { decision } = ask(act, services, situation, { actor: 'node', matter: matter.id })
    if (decision.permitted) return true
    await setItemState(act, matter.id, 'stopped')
    return false
  }
}

/** The withdrawal of a stopped item does not leave: the partner never got the offer. */
export const mayWithdrawalLeave: Departure = async (act, { bytes }) => {
  const item = await readItem(act.tx, parsed(bytes).matter.id)
  return item?.state !== 'stopped'
}
