/** The law as it stands: which instrument governs between two nations at an instant. Rules AGR-13 to AGR-19, AGR-22. */
import { instrumentsBetween } from './instrument.ts'
import type { Instrument } from './instrument.ts'
import { dateAt, statusAt } from './status.ts'
import type { Status } from './status.ts'
import type { Instant } from '#node/world.ts'

/** The instruments that this node holds, as an act reads them. */
export interface Law {
  readonly instruments: readonly Instrument[]
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

/** The instrument that governs a subject between two nations at an instant: one in force before any other. */
export function governing(
  law: Law,
  one: string,
  other: string,
  subject: string,
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

/** What the gate has to know of the instrument that governs; null where none does. */
export function agreementFacts(
  governed: Governing | null,
  partnerProfile: string | null,
): {
  readonly instrument: string
  readonly profile: string
  readonly state: string
  readonly partnerProfile: string | null
} | null {
  if (governed === null) return null
  const { instrument, status } = governed
  return { instrument: instrument.id, profile: instrument.profile.hash, state: status.state, partnerProfile }
}
