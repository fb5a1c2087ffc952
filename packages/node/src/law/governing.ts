/** Which instrument governs between two nations at an instant. Rules AGR-13 to AGR-19, AGR-22. */
import { instrumentsBetween } from './instrument.ts'
import type { Instrument } from './instrument.ts'
import { dateAt, statusAt } from './status.ts'
import type { Status } from './status.ts'
import type { Instant } from '#node/world.ts'

/** The instruments of this node, as one act or view reads them. */
export interface Law {
  readonly instruments: readonly Instrument[]
}

/** An instrument and its status on a day. */
export interface Governing {
  readonly instrument: Instrument
  readonly status: Status
}

/** A status changes at midnight, and midnight in every time zone is on a quarter of an hour UTC. */
const QUARTER_MS = 15 * 60_000

/** Results of the current quarter of an hour: every act needs them, and date arithmetic is slow. */
const cache = new WeakMap<Law, { quarter: number; readonly results: Map<string, Governing | null> }>()

function cached(law: Law, key: string, now: Instant, compute: () => Governing | null): Governing | null {
  const quarter = Math.floor(now / QUARTER_MS)
  let entry = cache.get(law)
  if (entry?.quarter !== quarter) cache.set(law, (entry = { quarter, results: new Map() }))
  let result = entry.results.get(key)
  if (result === undefined) entry.results.set(key, (result = compute()))
  return result
}

/** The instrument that governs a subject between two nations at an instant; one in force takes precedence. */
export function governing(
  law: Law,
  one: string,
  other: string,
  subject: string,
  now: Instant,
): Governing | null {
  return cached(law, JSON.stringify([one, other, subject]), now, () => {
    const day = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').toPlainDate().toString()
    const found = instrumentsBetween(law.instruments, one, other, subject, day)[0]
    if (found === undefined) return null
    return { instrument: found.instrument, status: statusOf(found.instrument, now) }
  })
}

/** An instrument by its id, with its status on the day of `now` in the instrument's time zone. */
export function instrumentNamed(law: Law, id: string, now: Instant): Governing | null {
  const instrument = law.instruments.find((known) => known.id === id)
  if (instrument === undefined) return null
  return cached(law, id, now, () => ({ instrument, status: statusOf(instrument, now) }))
}

function statusOf(instrument: Instrument, now: Instant): Status {
  return statusAt(instrument.terms, instrument.facts, dateAt(now, instrument.terms))
}
