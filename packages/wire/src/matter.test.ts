/** One order of the statements about a matter, however two nodes interleave them (MATTER-1 to MATTER-4). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderOf } from './matter.ts'
import type { Told } from './matter.ts'
import { runs } from './testProperties.ts'

interface Side {
  readonly isHome: boolean
  readonly own: Told<string>[]
  readonly heard: Told<string>[]
}

type Step = 'home says' | 'other says' | 'home applies' | 'other applies'
const steps = fc.array(fc.constantFrom<Step>('home says', 'other says', 'home applies', 'other applies'), {
  maxLength: 60,
})

const sideOf = (isHome: boolean): Side => ({ isHome, own: [], heard: [] })

function say(side: Side): void {
  const { isHome, own, heard } = side
  const statement = `${isHome ? 'home' : 'other'} ${own.length}`
  own.push({ byHome: isHome, ordinal: own.length, seen: heard.length, statement })
}

/** Applies the next statement of the other side; `seen` is bounded as the store bounds it. */
function apply(side: Side, from: Side): void {
  const next = from.own[side.heard.length]
  if (next !== undefined) side.heard.push({ ...next, seen: Math.min(next.seen, side.own.length) })
}

function play(taken: readonly Step[]): { home: Side; other: Side } {
  const home = sideOf(true)
  const other = sideOf(false)
  for (const step of taken) {
    if (step === 'home says') say(home)
    if (step === 'other says') say(other)
    if (step === 'home applies') apply(home, other)
    if (step === 'other applies') apply(other, home)
  }
  return { home, other }
}

const held = (side: Side) => [...side.own, ...side.heard]
const settled = (side: Side) =>
  orderOf(held(side))
    .filter(({ provisional }) => !provisional)
    .map(({ statement }) => statement)

test('[MATTER-2] two nodes that hold the same statements have the same order', () => {
  fc.assert(
    fc.property(steps, fc.infiniteStream(fc.nat()), (taken, shuffle) => {
      const { home, other } = play(taken)
      while (home.heard.length < other.own.length) apply(home, other)
      while (other.heard.length < home.own.length) apply(other, home)
      const shuffled = held(other)
        .map((told) => ({ told, key: shuffle.next().value as number }))
        .sort((one, second) => one.key - second.key)
        .map(({ told }) => told)
      expect(orderOf(shuffled)).toEqual(orderOf(held(home)))
    }),
    runs(500),
  )
})

test('[MATTER-3] at every moment the settled order of one node is a prefix of that of the other', () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const { home, other } = play(taken)
      const [one, second] = [settled(home), settled(other)]
      const length = Math.min(one.length, second.length)
      expect(one.slice(0, length)).toEqual(second.slice(0, length))
    }),
    runs(500),
  )
})

test('[MATTER-4] nothing that comes later reorders what is settled', () => {
  fc.assert(
    fc.property(steps, fc.nat(60), (taken, cut) => {
      const before = play(taken.slice(0, cut))
      const after = play(taken)
      for (const side of ['home', 'other'] as const) {
        const early = settled(before[side])
        expect(settled(after[side]).slice(0, early.length)).toEqual(early)
      }
    }),
    runs(500),
  )
})

test('[MATTER-1] the home acknowledges in its own statements; what it has not acknowledged is provisional', () => {
  const told = [
    { byHome: true, ordinal: 0, seen: 0, statement: 'offered' },
    { byHome: false, ordinal: 0, seen: 1, statement: 'accepted' },
    { byHome: true, ordinal: 1, seen: 0, statement: 'withdrawn' },
    { byHome: true, ordinal: 2, seen: 1, statement: 'noted' },
    { byHome: false, ordinal: 1, seen: 3, statement: 'receipted' },
  ]
  expect(orderOf(told).map(({ statement, provisional }) => [statement, provisional])).toEqual([
    ['offered', false],
    ['withdrawn', false],
    ['accepted', false],
    ['noted', false],
    ['receipted', true],
  ])
})
