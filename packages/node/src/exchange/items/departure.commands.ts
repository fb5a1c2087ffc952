/**
 * The gate once more as an item leaves (EXC-35): between release and departure an agreement can end, an assurance be
 * withdrawn, a link freeze. What may no longer leave is taken out of the queue, and its people are told.
 */
import type { SignedAct } from '#wire/personAct.ts'
import { readProposal } from '#wire/exchange/proposal.ts'
import { readItem, updateItem } from './item.store.ts'
import { ask } from '#node/gate/ask.commands.ts'
import type { ExchangeServices } from '../services.ts'
import { situationOf } from '../situation/situation.commands.ts'
import { surroundingsReader } from '../situation/surroundings.store.ts'
import type { ReadSurroundings } from '../situation/surroundings.store.ts'
import type { Act } from '#node/kernel/command.ts'
import { setMatterState } from '#node/federation/matter.store.ts'
import type { Leaving } from '#node/federation/sequence.ts'

const OFFER = Buffer.from('"kind":"exchange.offered"')
const WITHDRAWAL = Buffer.from('"kind":"exchange.withdrawn"')

interface Offer {
  readonly matter: { readonly id: string }
  readonly body: { readonly proposal: string }
  readonly acts: readonly SignedAct[]
}

/** Which of the pending statements may leave now. */
export async function mayLeave(
  act: Act,
  services: ExchangeServices,
  leaving: readonly Leaving[],
): Promise<readonly boolean[]> {
  const offers = leaving.map(({ bytes }) =>
    startOf(bytes).includes(OFFER) ? (parsed(bytes) as Offer) : null,
  )
  const read = surroundingsReader(act)
  const answers: boolean[] = []
  for (const [place, { bytes }] of leaving.entries()) {
    const offer = offers[place] ?? null
    if (offer !== null) answers.push(await mayOfferLeave(act, services, offer, read))
    else answers.push(!(startOf(bytes).includes(WITHDRAWAL) && (await isStopped(act, bytes))))
  }
  return answers
}

function startOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes).subarray(0, 64)
}

function parsed(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString('utf8'))
}

async function mayOfferLeave(
  act: Act,
  services: ExchangeServices,
  offer: Offer,
  read: ReadSurroundings,
): Promise<boolean> {
  const item = offer.matter.id
  const { originator, recipient, instrument, ...proposed } = readProposal(offer.body.proposal)
  const { marking, receiverMarking, category, purpose } = proposed
  const situation = await situationOf(act, services, {
    act: 'send',
    instrument,
    read,
    matter: {
      from: act.nation,
      to: recipient.nation,
      originator,
      marking,
      receiverMarking,
      category,
      purpose,
      organisation: recipient.organisation,
      receivedUnder: null,
    },
    approvals: { count: offer.acts.length - 1, authorAmong: false },
  })
  const profile = situation.governed?.instrument.profile ?? null
  const answer = ask(act, services, situation.facts, profile, { actor: 'node', matter: item })
  if (answer.decision.permitted) return true
  await updateItem(act.tx, item, { state: 'stopped' })
  await setMatterState(act.tx, item, 'stopped')
  act.hint({ slice: 'items', id: item })
  act.hint({ slice: 'desk', id: item })
  return false
}

/** An item whose offer was stopped is unknown to the partner: its withdrawal, waiting behind it, has nobody to tell. */
async function isStopped(act: Act, bytes: Uint8Array): Promise<boolean> {
  const { matter } = parsed(bytes) as Offer
  return (await readItem(act.tx, matter.id))?.state === 'stopped'
}
