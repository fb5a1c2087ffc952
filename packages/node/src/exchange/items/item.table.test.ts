/** Every state of an item by every step, as a table that a lawyer can read, and the outcome of a race. */
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { ITEM_STEPS, SAID_BY_HOME, foldItem } from '#wire/exchange/item.ts'
import type { ItemState, ItemStep } from '#wire/exchange/item.ts'
import { orderOf } from '#wire/matter.ts'
import type { Told } from '#wire/matter.ts'
import { isRevealable } from './item.ts'
import type { Item, StoredItemState } from './item.ts'

const STATES = Object.keys(ITEM_STEPS) as ItemState[]
const STEPS = Object.keys(SAID_BY_HOME) as ItemStep[]

const TABLE = `
state      offered    accepted   refused    withdrawn  receipted
offered    no_effect  accepted   refused    withdrawn  no_effect
accepted   no_effect  no_effect  no_effect  no_effect  receipted
refused    no_effect  no_effect  no_effect  no_effect  no_effect
withdrawn  no_effect  no_effect  no_effect  no_effect  no_effect
receipted  no_effect  no_effect  no_effect  no_effect  no_effect
`.trim()

describe('the states of an item', () => {
  it('[EXC-10] [EXC-13] change by this table', () => {
    const heads = ['offered', 'accepted', 'refused', 'withdrawn', 'receipted']
    const rows = STATES.map((state) => [
      state,
      ...heads.map((head) => ITEM_STEPS[state][`exchange.${head}` as ItemStep]),
    ])
    const text = [['state', ...heads], ...rows].map((row) =>
      row
        .map((cell) => cell.padEnd(11))
        .join('')
        .trimEnd(),
    )
    expect(text.join('\n')).toBe(TABLE)
  })

  it('[EXC-11] ignore a step by the wrong side', () => {
    for (const kind of STEPS) {
      const wrong = [{ byHome: !SAID_BY_HOME[kind], statement: { kind }, provisional: false }]
      expect(foldItem(wrong)).toBe('offered')
    }
  })

  it('[EXC-12] a withdrawal takes effect unless the home had heard of the acceptance', () => {
    const statements = (withdrawnSeen: number): Told<{ kind: ItemStep }>[] => [
      { byHome: true, ordinal: 0, seen: 0, statement: { kind: 'exchange.offered' } },
      { byHome: false, ordinal: 0, seen: 1, statement: { kind: 'exchange.accepted' } },
      { byHome: true, ordinal: 1, seen: withdrawnSeen, statement: { kind: 'exchange.withdrawn' } },
    ]
    expect(foldItem(orderOf(statements(0)))).toBe('withdrawn')
    expect(foldItem(orderOf(statements(1)))).toBe('accepted')
  })

  it('[EXC-10] do not depend on the order in which statements arrive', () => {
    const statements: Told<{ kind: ItemStep }>[] = [
      { byHome: true, ordinal: 0, seen: 0, statement: { kind: 'exchange.offered' } },
      { byHome: true, ordinal: 1, seen: 1, statement: { kind: 'exchange.withdrawn' } },
      { byHome: false, ordinal: 0, seen: 1, statement: { kind: 'exchange.accepted' } },
      { byHome: false, ordinal: 1, seen: 1, statement: { kind: 'exchange.receipted' } },
    ]
    const expected = foldItem(orderOf(statements))
    fc.assert(
      fc.property(fc.shuffledSubarray(statements, { minLength: statements.length }), (arrived) => {
        expect(foldItem(orderOf(arrived))).toBe(expected)
      }),
    )
  })
})

describe('the opening of an item', () => {
  it('[EVI-44] is revealed of our own items, and of received ones that may be opened', () => {
    const revealable = (direction: 'sent' | 'received', state: StoredItemState) =>
      isRevealable({ direction, state } as Item) === true
    const states = ['arriving', 'offered', 'accepted', 'refused', 'withdrawn', 'receipted'] as const
    expect(states.filter((state) => revealable('received', state))).toEqual(['accepted', 'receipted'])
    expect(states.every((state) => revealable('sent', state))).toBe(true)
  })
})
