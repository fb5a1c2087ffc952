/** Items as pages show them (EXC-70). */
import type { ItemRow, ItemView } from '#api/exchange/shapes.ts'
import { refuse } from '#api/refusals.ts'
import type { Can, Refusal } from '#api/refusals.ts'
import { proposalDigest, readProposal } from '#wire/exchange/proposal.ts'
import { canOf } from '#node/gate/reasons.ts'
import type { Question } from '#node/gate/facts.ts'
import { decisionsAbout } from '#node/gate/decision.store.ts'
import { permit } from '#node/kernel/permission.ts'
import { hasBlob } from '#node/kernel/blobs.store.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { View } from '#node/kernel/view.ts'
import type { Services } from '#node/services.ts'
import { iso, isoOrNull } from '#node/world.ts'
import { EXCHANGE } from '../permissions.ts'
import { listItems } from '../register/register.store.ts'
import type { ItemFilter } from '../register/register.store.ts'
import { lookupsOf } from '../situation/lookups.view.ts'
import type { Lookups } from '../situation/lookups.view.ts'
import { custodyOf } from './custody.view.ts'
import { enteredAt, isOpenable, isRevealable, mayReceipt, mayWithdraw } from './item.ts'
import type { Item } from './item.ts'
import { readItem, readOpenings } from './item.store.ts'
import { openQuestion, revealQuestion } from './open.view.ts'

/** A row of a list. */
export function itemRow(item: Item): ItemRow {
  return {
    id: item.id,
    control: item.control,
    registered: item.registered,
    direction: item.direction,
    state: item.state,
    stamps: {
      originator: item.originator,
      recipient: item.recipient,
      marking: item.marking,
      receiverMarking: item.receiverMarking,
    },
    organisation: item.organisation,
    category: item.category,
    purpose: item.purpose,
    at: iso(enteredAt(item)),
    receiptedAt: isoOrNull(item.receiptedAt),
  }
}

/** A page of items. */
export async function itemList(
  view: View,
  by: SignedIn,
  filter: ItemFilter & { readonly cursor?: string | undefined; readonly limit?: number | undefined },
) {
  const can = permit(by.roles, EXCHANGE['exchange.read_items'])
  if (can !== true) return can
  const { rows, next, total } = await listItems(view.tx, filter, filter.cursor, filter.limit ?? 50)
  return { rows: rows.map(itemRow), next, total }
}

/** An item for one person: proposal, custody, openings, decisions, and what they may do. */
export async function itemView(
  view: View,
  services: Services,
  by: SignedIn,
  id: string,
): Promise<ItemView | Refusal> {
  const can = permit(by.roles, EXCHANGE['exchange.read_items'])
  if (can !== true) return can
  const item = await readItem(view.tx, id)
  if (item === null) return refuse('not_found')
  const openings = await readOpenings(view.tx, id)
  const decisions = await decisionsAbout(view.tx, id)
  const lookups = lookupsOf(view, services, by.personId)
  const question = await openQuestion(view, lookups, item)
  return {
    ...itemRow(item),
    instrument: item.instrument,
    profile: item.profile,
    proposal: item.proposal,
    proposalDigest: proposalDigest(item.proposal),
    payload: {
      digest: item.payloadDigest,
      sizeBytes: item.payloadSizeBytes,
      here: await hasBlob(view.tx, item.payloadDigest),
    },
    custody: await custodyOf(view, services, item, openings),
    because: reliedOn(services, item, question),
    derivedFrom: readProposal(item.proposal).derivedFrom,
    openings: openings.map(({ office, outcome, code, at }) => ({
      office,
      outcome,
      code,
      at: iso(at),
    })),
    decisions: decisions.map(({ id: decision, action, permitted, at }) => ({
      id: decision,
      action,
      permitted,
      at: iso(at),
    })),
    can: {
      open: canOpen(services, item, question),
      receipt: mayReceipt(by, item, openings),
      withdraw: mayWithdraw(by, item),
      // Opens the form. The gate answers there, when it is known to whom it would go.
      forward: permit(by.roles, EXCHANGE['exchange.compose']),
      evidence: permit(by.roles, EXCHANGE['evidence.export']),
      reveal: await canReveal(view, services, by, item, lookups),
    },
  }
}

/** The articles under which the item crossed. */
function reliedOn({ gate }: Services, item: Item, { facts, profile }: Question) {
  const action = item.direction === 'sent' ? 'send' : 'accept'
  return gate.relyOn({ ...facts, action }, profile)
}

/**
 * Whether the person of the lookups may open an item now. Asks the gate without recording, since nothing is attempted.
 */
export async function mayOpen(
  view: View,
  services: Pick<Services, 'gate'>,
  item: Item,
  lookups: Lookups,
): Promise<Can> {
  return canOpen(services, item, await openQuestion(view, lookups, item))
}

function canOpen({ gate }: Pick<Services, 'gate'>, item: Item, { facts, profile }: Question): Can {
  const openable = isOpenable(item)
  return openable === true ? canOf(gate.decide(facts, profile)) : openable
}

/** Whether a person may export evidence with what is sealed with the content. Asks the gate without recording. */
async function canReveal(
  view: View,
  services: Services,
  by: SignedIn,
  item: Item,
  lookups: Lookups,
): Promise<Can> {
  const can = permit(by.roles, EXCHANGE['evidence.export'])
  if (can !== true) return can
  const revealable = isRevealable(item)
  if (revealable !== true) return revealable
  const { facts, profile } = await revealQuestion(view, lookups, item)
  return canOf(services.gate.decide(facts, profile))
}
