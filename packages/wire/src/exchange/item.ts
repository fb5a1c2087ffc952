/**
 * The life of an item as both nations fold it (EXC-10 to EXC-13): from the statements about it, in the order
 * on which both agree, to its state. A step that comes too late has no effect, and stays on record.
 */
import type { Ordered } from '../matter.ts'

/** The states on which both nations agree. */
export type ItemState = 'offered' | 'accepted' | 'refused' | 'withdrawn' | 'receipted'

/** The statement kinds that move an item. */
export type ItemStep =
  | 'exchange.offered'
  | 'exchange.accepted'
  | 'exchange.refused'
  | 'exchange.withdrawn'
  | 'exchange.receipted'

type Outcome = ItemState | 'no_effect'

/** Every state by every step; the compiler demands every cell. */
export const ITEM_STEPS: Readonly<Record<ItemState, Readonly<Record<ItemStep, Outcome>>>> = {
  offered: {
    'exchange.offered': 'no_effect',
    'exchange.accepted': 'accepted',
    'exchange.refused': 'refused',
    'exchange.withdrawn': 'withdrawn',
    'exchange.receipted': 'no_effect',
  },
  accepted: {
    'exchange.offered': 'no_effect',
    'exchange.accepted': 'no_effect',
    'exchange.refused': 'no_effect',
    'exchange.withdrawn': 'no_effect',
    'exchange.receipted': 'receipted',
  },
  refused: {
    'exchange.offered': 'no_effect',
    'exchange.accepted': 'no_effect',
    'exchange.refused': 'no_effect',
    'exchange.withdrawn': 'no_effect',
    'exchange.receipted': 'no_effect',
  },
  withdrawn: {
    'exchange.offered': 'no_effect',
    'exchange.accepted': 'no_effect',
    'exchange.refused': 'no_effect',
    'exchange.withdrawn': 'no_effect',
    'exchange.receipted': 'no_effect',
  },
  receipted: {
    'exchange.offered': 'no_effect',
    'exchange.accepted': 'no_effect',
    'exchange.refused': 'no_effect',
    'exchange.withdrawn': 'no_effect',
    'exchange.receipted': 'no_effect',
  },
}

/**
 * True for the steps of the home, which offers and withdraws; false for those of the receiver, which answers.
 */
export const SAID_BY_HOME: Readonly<Record<ItemStep, boolean>> = {
  'exchange.offered': true,
  'exchange.withdrawn': true,
  'exchange.accepted': false,
  'exchange.refused': false,
  'exchange.receipted': false,
}

function isItemStep(kind: string): kind is ItemStep {
  return Object.hasOwn(SAID_BY_HOME, kind)
}

/** Folds the statements about an item to its state. The first statement is the offer. */
export function foldItem(ordered: readonly Ordered<{ readonly kind: string }>[]): ItemState {
  let state: ItemState = 'offered'
  for (const { statement, byHome } of ordered) {
    if (!isItemStep(statement.kind) || SAID_BY_HOME[statement.kind] !== byHome) continue
    const outcome: Outcome = ITEM_STEPS[state][statement.kind]
    if (outcome !== 'no_effect') state = outcome
  }
  return state
}
