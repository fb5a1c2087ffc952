/**
 * The gate once more as an item leaves (EXC-35): between release and departure an agreement can end, an assurance be
 * withdrawn, a link freeze. What may no longer leave is taken out of the queue, and its people are told.
 */
import type { SignedAct } from '#wire/personAct.ts'
import { readProposal } from './proposal.ts'
import { readItem, updateItem } from './item.store.ts'
import { ask } from './ask.commands.ts'
import type { ExchangeServices } from './services.ts'
import { situationOf } from './situation.commands.ts'
import type { Act } from '../kernel/command.ts'
import { setMatterState } from '../federation/matter.store.ts'
import type { Leaving } from '../federation/sequence.ts'

const OFFER = Buffer.from('"kind":"exchange.offered"')
const WITHDRAWAL = Buffer.from('"kind":"exchange.withdrawn"')

/** Whether a pending statement may leave now. */
export async function mayLeave(act: Act, services: ExchangeServices, leaving: Leaving): Promise<boolean> {
  const start = Buffer.from(leaving.bytes).subarray(0, 64)
  if (start.includes(WITHDRAWAL)) return !(await isStopped(act, leaving))
  if (!start.includes(OFFER)) return true
  const statement = JSON.parse(Buffer.from(leaving.bytes).toString('utf8')) as {
    matter: { id: string }
    acts: SignedAct[]
  }
  const item = await readItem(act.tx, statement.matter.id)
  if (item === null) return true
  const proposal = readProposal(item.proposal)
  const situation = await situationOf(act, services, {
    act: 'send',
    instrument: item.instrument,
    matter: {
      from: act.nation,
      to: item.recipient,
      originator: proposal.originator,
      marking: item.marking,
      receiverMarking: item.receiver_marking,
      category: item.category,
      purpose: item.purpose,
      organisation: item.organisation,
      receivedUnder: null,
    },
    approvals: { count: statement.acts.length - 1, authorAmong: false },
  })
  const profile = situation.governed?.instrument.profile ?? null
  const answer = await ask(act, services, situation.facts, profile, { actor: 'node', matter: item.id })
  if (answer.decision.permitted) return true
  await updateItem(act.tx, item.id, { state: 'stopped' })
  await setMatterState(act.tx, item.id, 'stopped')
  act.hint({ slice: 'items', id: item.id })
  act.hint({ slice: 'desk', id: item.id })
  return false
}

/** An item whose offer was stopped is unknown to the partner: its withdrawal, waiting behind it, has nobody to tell. */
async function isStopped(act: Act, leaving: Leaving): Promise<boolean> {
  const statement = JSON.parse(Buffer.from(leaving.bytes).toString('utf8')) as { matter: { id: string } }
  return (await readItem(act.tx, statement.matter.id))?.state === 'stopped'
}
