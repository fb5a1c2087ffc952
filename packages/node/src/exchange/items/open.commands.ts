/** Opens, receipts and withdraws items (EXC-60 to EXC-64; Arts 7.1, 7.2, 12(a)(3)). */
import { isRefusal, refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { proposalDigest } from '#wire/exchange/proposal.ts'
import { recordNational } from '#node/federation/national.ts'
import { newId, say } from '#node/federation/say.commands.ts'
import { ask } from '#node/gate/ask.commands.ts'
import { refusalOf } from '#node/gate/reasons.ts'
import type { Answer } from '#node/gate/facts.ts'
import type { By, SignedIn } from '#node/kernel/caller.ts'
import { withRecord } from '#node/kernel/command.ts'
import type { Act } from '#node/kernel/command.ts'
import type { Services } from '#node/services.ts'
import { isOpenable, isRevealable, mayReceipt, mayWithdraw } from './item.ts'
import { lookupsOf } from '../situation/lookups.view.ts'
import type { Item, Opening } from './item.ts'
import { insertOpening, readItem, readOpenings, updateItem } from './item.store.ts'
import { refold } from './itemState.commands.ts'
import { openQuestion, revealQuestion } from './open.view.ts'

async function askToOpen(
  act: Act,
  services: Services,
  by: Pick<By, 'personId'>,
  item: Item,
  purpose?: string,
): Promise<Answer> {
  const question = await openQuestion(act, lookupsOf(act, services, by.personId), item, purpose)
  return ask(act, services, question, { actor: by.personId, matter: item.id })
}

/** Opens an item; returns the id of the opening. The attempt is recorded, permitted or not. */
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
  const answer = await askToOpen(act, services, by, item, purpose)
  const refusal = answer.decision.permitted ? null : refusalOf(answer)
  const opening: Opening = {
    id: newId(act),
    item: id,
    person: by.personId,
    office: by.office,
    outcome: refusal === null ? 'opened' : 'refused',
    code: refusal === null ? null : refusal.reasons[0].code,
    decision: answer.id,
    at: act.world.now(),
  }
  await insertOpening(act, opening)
  const what = refusal === null ? 'item.opened' : 'item.open_refused'
  recordNational(act, { what, item: id, by: by.personId, decision: answer.id })
  act.hint({ routes: 'exchange', id })
  return refusal === null ? opening.id : withRecord(refusal)
}

/** How long the bytes of an opening may be read. */
const OPENING_MS_MAX = 30 * 60_000

/** The item of an opening whose bytes a person may read: their own, recent, and still permitted (EXC-62). */
export async function askToRead(
  act: Act,
  services: Services,
  by: SignedIn,
  id: string,
  opening: string,
): Promise<Item | Refusal> {
  const item = await readItem(act.tx, id)
  const found = (await readOpenings(act.tx, id)).find((known) => known.id === opening)
  if (item === null || found === undefined || found.person !== by.personId || found.outcome !== 'opened') {
    return refuse('not_found')
  }
  if (act.world.now() - found.at > OPENING_MS_MAX) return refuse('opening_expired')
  const answer = await askToOpen(act, services, by, item)
  return answer.decision.permitted ? item : withRecord(refusalOf(answer))
}

/** Asks whether evidence for this person may include what is sealed with the content (EVI-44); null if it may. */
export async function askToReveal(
  act: Act,
  services: Services,
  by: Pick<By, 'personId'>,
  item: Item,
): Promise<Refusal | null> {
  const revealable = isRevealable(item)
  if (revealable !== true) return revealable
  const question = await revealQuestion(act, lookupsOf(act, services, by.personId), item)
  const answer = ask(act, services, question, { actor: by.personId, matter: item.id })
  return answer.decision.permitted ? null : withRecord(refusalOf(answer))
}

/** The final recipient signs the receipt, which goes to the originator (Art. 12(a)(3)). Returns the item's id. */
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
    kind: 'exchange.receipted',
    matter: id,
    acts: [signed],
    body: { control, organisation, office },
  })
  const receipt = { id: newId(act), item: id, person, office, code: null, decision: null, at }
  await insertOpening(act, { ...receipt, outcome: 'receipted' })
  if (item.receiptedAt === null) await updateItem(act, id, { receiptedAt: at })
  recordNational(act, { what: 'item.receipted', item: id, by: person })
  await refold(act, id)
  return id
}

/** The originator withdraws an item of which it has not heard an acceptance. Returns the item's id. */
export async function withdrawItem(act: Act, by: SignedIn, id: string): Promise<string | Refusal> {
  const item = await readItem(act.tx, id)
  if (item === null) return refuse('not_found')
  const can = mayWithdraw(by, item)
  if (can !== true) return can
  const { control, recipient } = item
  await say(act, recipient, { kind: 'exchange.withdrawn', matter: id, body: { control } })
  recordNational(act, { what: 'item.withdrawn', item: id, by: by.personId })
  await refold(act, id)
  return id
}
