/** The law that an exchange stands on: which instrument governs a path today, and what it says of markings. */
import { equivalentMarkings } from './equivalence.ts'
import { instrumentsBetween } from './instrument.ts'
import type { Instrument } from './instrument.ts'
import type { Nations } from './nations.ts'
import { rankOf } from './nations.ts'
import { dateAt, statusAt } from './status.ts'
import type { Status } from './status.ts'
import type { Instant } from '#node/world.ts'

/** Every instrument that this node holds, and the nations' marking ladders. */
export interface Law {
  readonly instruments: readonly Instrument[]
  readonly nations: Nations
}

/** An instrument and what it is on a day. */
export interface Governing {
  readonly instrument: Instrument
  readonly status: Status
}

/** What governs is a question of the day, and a day begins on a quarter of an hour wherever it is reckoned. */
const QUARTER_MS = 15 * 60_000

/** Answers of the present quarter: every act asks, and dates are slow to reckon. */
const answers = new WeakMap<Law, { quarter: number; readonly known: Map<string, Governing | null> }>()

function remembered(law: Law, key: string, now: Instant, answer: () => Governing | null): Governing | null {
  const quarter = Math.floor(now / QUARTER_MS)
  let held = answers.get(law)
  if (held?.quarter !== quarter) answers.set(law, (held = { quarter, known: new Map() }))
  let found = held.known.get(key)
  if (found === undefined) held.known.set(key, (found = answer()))
  return found
}

/** The instrument that governs information between two nations at an instant: one in force before any other. */
export function governing(
  law: Law,
  one: string,
  other: string,
  subject: 'information' | 'logistics',
  now: Instant,
): Governing | null {
  return remembered(law, JSON.stringify([one, other, subject]), now, () => {
    const day = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').toPlainDate().toString()
    const found = instrumentsBetween(law.instruments, one, other, subject, day)[0]
    if (found === undefined) return null
    return { instrument: found.instrument, status: statusOf(found.instrument, now) }
  })
}

/** A named instrument at an instant, reckoned where the instrument reckons its dates. */
export function instrumentNamed(law: Law, id: string, now: Instant): Governing | null {
  const instrument = law.instruments.find((each) => each.id === id)
  if (instrument === undefined) return null
  return remembered(law, id, now, () => ({ instrument, status: statusOf(instrument, now) }))
}

function statusOf(instrument: Instrument, now: Instant): Status {
  return statusAt(instrument.terms, instrument.facts, dateAt(now, instrument.terms))
}

/** The markings that something marked `marking` by `from` may bear at `to` under an instrument. */
export function receiverMarkings(
  governed: Governing | null,
  from: string,
  marking: string,
  to: string,
): readonly string[] {
  return governed === null ? [] : equivalentMarkings(governed.instrument.profile, from, marking, to)
}

/**
 * The rank of what a matter bears at `nation`, on that nation's own ladder. A marking that is not on the ladder
 * ranks above everything, so that nobody's clearance reaches it.
 */
export function markingRank(law: Law, nation: string, marking: string): number {
  return rankOf(law.nations, nation, marking) ?? Number.MAX_SAFE_INTEGER
}
