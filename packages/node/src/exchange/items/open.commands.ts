/** Opening and receipting an item, and taking one back (EXC-60 to EXC-64; Arts 7.1, 7.2, 12(a)(3)). */
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { proposalDigest } from '#wire/exchange/proposal.ts'
import { recordNational } from '#node/federation/national.ts'
import { newId, say } from '#node/federation/say.ts'
import { actorOf } from '#node/gate/actor.view.ts'
import { ask, refusalOf } from '#node/gate/ask.commands.ts'
import type { Answer, Question } from '#node/gate/ask.commands.ts'
import { permit } from '#node/identity/role.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import { withRecord } from '#node/kernel/command.ts'
import type { Act } from '#node/kernel/command.ts'
import type { View } from '#node/kernel/view.ts'
import type { Services } from '#node/services.ts'
import { EXCHANGE } from '../permissions.ts'
import { situationOf } from '../situation/situation.view.ts'
import { refold } from './accept.commands.ts'
import { gatedItem, isOpenable, mayReceipt, mayWithdraw } from './item.ts'
import type { Item, Opening } from './item.ts'
import { insertOpening, readItem, readOpenings, updateItem } from './item.store.ts'

type By = Pick<SignedIn, 'personId'>

/** The gate's question: may this person open this item now, for this purpose? */
export async function openQuestion(
  view: View,
  services: Services,
  by: By,
  item: Item,
  purpose = item.purpose,
): Promise<Question> {
  const { id, category, instrument } = item
  return situationOf(view, services, {
    act: 'open',
    instrument,
    actor: actorOf(view, services, by.personId, { matter: id, category, author: false }),
    // A purpose other than the one it was provided for is no purpose that the agreement knows (Art. 6(c)).
    matter: { ...gatedItem(item), purpose: purpose === item.purpose ? purpose : '' },
  })
}

async function askToOpen(
  act: Act,
  services: Services,
  by: By,
  item: Item,
  purpose?: string,
): Promise<Answer> {
  const question = await openQuestion(act, services, by, item, purpose)
  return ask(act, services, question, { actor: by.personId, matter: item.id })
}

/** Opens an item; returns the id of the opening. The attempt is recorded whether or not it is permitted. */
export async function openItem(
  act: Act,
  services: Services,
  by: SignedIn,
  id: string,
  purpose: string,
): Promise<string | Refusal> {
  const item = await readItem(act.tx, id)
  if (item === null) return refuse('not_found')
  const openable = isOpenable(item)
  if (openable !== true) return openable
  const can = permit(by.roles, EXCHANGE['exchange.open'])
  const answer = await askToOpen(act, services, by, item, purpose)
  const refusal = answer.decision.permitted ? can : refusalOf(answer)
  const opening: Opening = {
    id: newId(act),
    item: id,
    person: by.personId,
    office: by.office,
    outcome: refusal === true ? 'opened' : 'refused',
    code: refusal === true ? null : refusal.reasons[0].code,
    decision: answer.id,
    at: act.world.now(),
  }
  await insertOpening(act, opening)
  const what = refusal === true ? 'opened' : 'open_refused'
  recordNational(act, { what, item: id, by: by.personId, decision: answer.id })
  act.hint({ slice: 'items', id })
  return refusal === true ? opening.id : withRecord(refusal)
}

/** How long the bytes of an opening may be read. */
const OPENING_MS_MAX = 30 * 60_000

/** The item whose bytes a person may read under an opening: their own, not too long ago, and still permitted. */
export async function askToRead(
  act: Act,
  services: Services,
  by: SignedIn,
  id: string,
  opening: string,
): Promise<Item | Refusal> {
  const item = await readItem(act.tx, id)
  const made = (await readOpenings(act.tx, id)).find((known) => known.id === opening)
  if (item === null || made === undefined || made.person !== by.personId || made.outcome !== 'opened') {
    return refuse('not_found')
  }
  if (act.world.now() - made.at > OPENING_MS_MAX) return refuse('session_expired')
  const answer = await askToOpen(act, services, by, item)
  return answer.decision.permitted ? item : withRecord(refusalOf(answer))
}

/** Whether a person may be told what is inside an item, such as in evidence. Null, or why not. */
export async function askToTell(act: Act, services: Services, by: By, item: Item): Promise<Refusal | null> {
  const answer = await askToOpen(act, services, by, item)
  return answer.decision.permitted ? null : withRecord(refusalOf(answer))
}

/** Remembers which content was received, so that nobody passes it on unawares (Art. 6(a)). */
export async function rememberContent(act: Act, id: string, plainDigest: string): Promise<void> {
  await updateItem(act, id, { plainDigest })
}

/** The final recipient signs the receipt, which returns to the originator (Art. 12(a)(3)). Returns the item's id. */
export async function receiptItem(act: Act, by: SignedIn, id: string): Promise<string | Refusal> {
  const item = await readItem(act.tx, id)
  if (item === null) return refuse('not_found')
  const can = mayReceipt(by, item, await readOpenings(act.tx, id))
  if (isRefusal(can)) return can
  const at = act.world.now()
  const signed = by.sign('exchange.receipt', proposalDigest(item.proposal), at)
  const { control, originator } = item
  const { personId: person, office, organisation } = by
  await say(act, originator, {
    kind: 'exchange.opened',
    matter: id,
    acts: [signed],
    body: { control, organisation, office },
  })
  const receipt = { id: newId(act), item: id, person, office, code: null, decision: null, at }
  await insertOpening(act, { ...receipt, outcome: 'receipted' })
  if (item.openedAt === null) await updateItem(act, id, { openedAt: at })
  recordNational(act, { what: 'receipted', item: id, by: person })
  await refold(act, id)
  return id
}

/** The originator takes back an item that the receiver has not accepted, as far as we have heard. Returns its id. */
export async function withdrawItem(act: Act, by: SignedIn, id: string): Promise<string | Refusal> {
  const item = await readItem(act.tx, id)
  if (item === null) return refuse('not_found')
  const can = mayWithdraw(by, item)
  if (can !== true) return can
  const { control, recipient } = item
  await say(act, recipient, { kind: 'exchange.withdrawn', matter: id, body: { control } })
  recordNational(act, { what: 'withdrawn', item: id, by: by.personId })
  await refold(act, id)
  return id
}
