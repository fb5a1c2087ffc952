/** An item, as either side stores it. Pure. */
import { refuse } from '#api/refusals.ts'
import type { Can } from '#api/refusals.ts'
import type { Sha384 } from '#wire/digest.ts'
import type { ItemState } from '#wire/exchange/item.ts'
import { readProposal } from '#wire/exchange/proposal.ts'
import { permit } from '#node/kernel/permission.ts'
import type { By } from '#node/kernel/caller.ts'
import type { Instant } from '#node/world.ts'
import { EXCHANGE } from '../permissions.ts'
import { gatedProposal } from '../situation/facts.ts'
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
  readonly receiptedAt: Instant | null
  /** Keyed digest of the plain content; null at the receiver until the content is read. */
  readonly plainDigest: string | null
}

/**
 * The fold of the statements about an item, or a state of this node's own: its content is `arriving`, the gate
 * `stopped` it at departure, or the partner `parked` its offer.
 */
export type StoredItemState = ItemState | 'arriving' | 'stopped' | 'parked'

/** An attempt to open an item here, or its receipt. */
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

/** The other nation of the link. */
export function partnerOf(item: Pick<Item, 'direction' | 'originator' | 'recipient'>): string {
  return item.direction === 'sent' ? item.recipient : item.originator
}

/** When the item entered this nation's register. */
export function enteredAt(item: Pick<Item, 'receivedAt' | 'releasedAt'>): Instant {
  return item.receivedAt ?? item.releasedAt ?? 0
}

/** An item as the gate sees it, read from the signed proposal. */
export function gatedItem({ originator, proposal }: Item): GatedMatter {
  return gatedProposal(originator, readProposal(proposal))
}

/** Whether an item is in a state to be opened here. The gate decides whether a person may open it. */
export function isOpenable(item: Item): Can {
  const isHere = item.direction === 'received' && ['accepted', 'receipted'].includes(item.state)
  return isHere ? true : refuse('wrong_state')
}

/** Whether the opening of an item may be shown: it is ours, or it is received and can be opened. */
export function isRevealable(item: Item): Can {
  return item.direction === 'sent' ? true : isOpenable(item)
}

/** Whether a person may sign the receipt: they have opened the item and have not yet signed. */
export function mayReceipt(by: By, item: Item, openings: readonly Opening[]): Can {
  const can = permit(by.roles, EXCHANGE['exchange.receipt'])
  if (can !== true) return can
  const mine = openings.filter(({ person }) => person === by.personId)
  const hasOpened = mine.some(({ outcome }) => outcome === 'opened')
  if (item.direction !== 'received' || !hasOpened) return refuse('not_opened_yet')
  return mine.some(({ outcome }) => outcome === 'receipted') ? refuse('already_done') : true
}

/** Whether a person may withdraw an item: we have not heard that the receiver accepted it. */
export function mayWithdraw(by: Pick<By, 'roles'>, item: Item): Can {
  const can = permit(by.roles, EXCHANGE['exchange.withdraw'])
  if (can !== true) return can
  return item.direction === 'sent' && item.state === 'offered' ? true : refuse('wrong_state')
}
