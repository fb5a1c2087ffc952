/** An item as both sides hold it, and what of it concerns the gate. Pure. */
import { refuse } from '#api/refusals.ts'
import type { Can } from '#api/refusals.ts'
import type { Sha384 } from '#wire/digest.ts'
import type { ItemState } from '#wire/exchange/item.ts'
import { readProposal } from '#wire/exchange/proposal.ts'
import { permit } from '#node/identity/role.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Instant } from '#node/world.ts'
import { EXCHANGE } from '../permissions.ts'
import type { GatedMatter } from '../situation/facts.ts'

export interface Item {
  readonly id: string
  readonly control: string
  readonly originator: string
  readonly recipient: string
  readonly organisation: string
  readonly instrument: string
  /** Hash of the profile under which it was offered. */
  readonly profile: string
  readonly marking: string
  readonly receiverMarking: string
  readonly category: string
  readonly purpose: string
  /** The receiver's register number; null until it is accepted. */
  readonly registered: string | null
  readonly proposal: string
  readonly manifest: string
  readonly payloadDigest: Sha384
  readonly payloadSizeBytes: number
  /** The content row at the originator; null at the receiver. */
  readonly content: string | null
  readonly direction: 'sent' | 'received'
  readonly state: StoredItemState
  readonly releasedAt: Instant | null
  readonly receivedAt: Instant | null
  readonly acceptedAt: Instant | null
  readonly openedAt: Instant | null
  /** Keyed digest of the plain content, known once it was opened here. */
  readonly plainDigest: string | null
}

/**
 * The fold of an item's statements, or this node's own knowledge: content is still `arriving`, the gate `stopped` it
 * at departure, the partner `parked` its offer.
 */
export type StoredItemState = ItemState | 'arriving' | 'stopped' | 'parked'

/** An attempt to open an item here, or the receipt for it. */
export interface Opening {
  readonly id: string
  readonly item: string
  readonly person: string
  readonly office: string
  readonly outcome: 'opened' | 'refused' | 'receipted'
  readonly code: string | null
  readonly decision: string | null
  readonly at: Instant
}

/** The other nation. */
export function partnerOf(item: Pick<Item, 'direction' | 'originator' | 'recipient'>): string {
  return item.direction === 'sent' ? item.recipient : item.originator
}

/** When the item entered this nation's register. */
export function enteredAt(item: Pick<Item, 'receivedAt' | 'releasedAt'>): Instant {
  return item.receivedAt ?? item.releasedAt ?? 0
}

/** An item as the gate sees it. What is believed of its origin comes from the exact proposal. */
export function gatedItem(item: Item): GatedMatter {
  return {
    from: item.originator,
    to: item.recipient,
    originator: readProposal(item.proposal).originator,
    marking: item.marking,
    receiverMarking: item.receiverMarking,
    category: item.category,
    purpose: item.purpose,
    organisation: item.organisation,
    receivedUnder: null,
  }
}

/** Whether an item is here to be opened at all; whether this person may open it is the gate's answer. */
export function isOpenable(item: Item): Can {
  const isHere = item.direction === 'received' && ['accepted', 'opened'].includes(item.state)
  return isHere ? true : refuse('wrong_state')
}

/** Whether a person may sign the receipt: they have opened the item and have not signed yet. */
export function mayReceipt(
  by: Pick<SignedIn, 'personId' | 'roles'>,
  item: Item,
  openings: readonly Opening[],
): Can {
  const can = permit(by.roles, EXCHANGE['exchange.open'])
  if (can !== true) return can
  const mine = openings.filter(({ person }) => person === by.personId)
  const hasOpened = mine.some(({ outcome }) => outcome === 'opened')
  if (item.direction !== 'received' || !hasOpened) return refuse('wrong_state')
  return mine.some(({ outcome }) => outcome === 'receipted') ? refuse('already_done') : true
}

/** Whether a person may take an item back: the receiver has not accepted it, as far as we have heard. */
export function mayWithdraw(by: Pick<SignedIn, 'roles'>, item: Item): Can {
  const can = permit(by.roles, EXCHANGE['exchange.withdraw'])
  if (can !== true) return can
  return item.direction === 'sent' && item.state === 'offered' ? true : refuse('wrong_state')
}
