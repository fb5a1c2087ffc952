/**
 * The gate once more as an item leaves (EXC-35): between release and departure an agreement can end, an assurance be
 * withdrawn, a link freeze. What may no longer leave is taken out of the queue, and its people are told.
 */
import type { SignedAct } from '#wire/personAct.ts'
import { readProposal } from './proposal.ts'
import { readItem, readItems, updateItem } from './item.store.ts'
import type { Item } from './item.store.ts'
import { ask } from './ask.commands.ts'
import type { ExchangeServices } from './services.ts'
import { situationOf } from './situation.commands.ts'
import { surroundingsReader } from './surroundings.store.ts'
import type { ReadSurroundings } from './surroundings.store.ts'
import type { Act } from '../kernel/command.ts'
import { setMatterState } from '../federation/matter.store.ts'
import type { Leaving } from '../federation/sequence.ts'

const OFFER = Buffer.from('"kind":"exchange.offered"')
const WITHDRAWAL = Buffer.from('"kind":"exchange.withdrawn"')

interface Offer {
  readonly matter: { readonly id: string }
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
  const ids = offers.flatMap((offer) => (offer === null ? [] : [offer.matter.id]))
  const items = ids.length === 0 ? new Map<string, Item>() : await readItems(act.tx, ids)
  const read = surroundingsReader(act)
  const answers: boolean[] = []
  for (const [place, { bytes }] of leaving.entries()) {
    const offer = offers[place]
    const item = offer === null || offer === undefined ? undefined : items.get(offer.matter.id)
    if (item !== undefined) answers.push(await mayOfferLeave(act, services, item, offer!, read))
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
  item: Item,
  offer: Offer,
  read: ReadSurroundings,
): Promise<boolean> {
  const situation = await situationOf(act, services, {
    act: 'send',
    instrument: item.instrument,
    read,
    matter: {
      from: act.nation,
      to: item.recipient,
      originator: readProposal(item.proposal).originator,
      marking: item.marking,
      receiverMarking: item.receiver_marking,
      category: item.category,
      purpose: item.purpose,
      organisation: item.organisation,
      receivedUnder: null,
    },
    approvals: { count: offer.acts.length - 1, authorAmong: false },
  })
  const profile = situation.governed?.instrument.profile ?? null
  const answer = ask(act, services, situation.facts, profile, { actor: 'node', matter: item.id })
  if (answer.decision.permitted) return true
  await updateItem(act.tx, item.id, { state: 'stopped' })
  await setMatterState(act.tx, item.id, 'stopped')
  act.hint({ slice: 'items', id: item.id })
  act.hint({ slice: 'desk', id: item.id })
  return false
}

/** An item whose offer was stopped is unknown to the partner: its withdrawal, waiting behind it, has nobody to tell. */
async function isStopped(act: Act, bytes: Uint8Array): Promise<boolean> {
  const { matter } = parsed(bytes) as Offer
  return (await readItem(act.tx, matter.id))?.state === 'stopped'
}
