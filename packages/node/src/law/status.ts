/**
 * What an instrument's life terms and dated facts make of it on a date. Nothing here is switched by hand: a
 * new fact changes the answer. Rules AGR-13 to AGR-19.
 */
import type { Citation } from '#api/refusals.ts'
import { termOf, termsOf } from './term.ts'
import { DURATION, ENTRY_INTO_FORCE, NOTICE, SURVIVAL } from './terms.ts'
import type { TermKind } from './termKind.ts'
import type { Fact, InstrumentTerms } from './term.ts'

export interface Status {
  /** `not_concluded`: no consent of both is on record. `signed`: signed, not yet in force. */
  readonly state: 'not_concluded' | 'signed' | 'in_force' | 'terminated'
  /** First day of this state; null while nothing happened. */
  readonly since: string | null
  /** First day the instrument was ever in force; what was provided from then on stays protected. */
  readonly inForceSince: string | null
  /** A notice of termination on record, and whether it has effect. */
  readonly notice: 'none' | 'running' | 'suspended' | 'withdrawn' | 'effective'
  /** End of the running period (exclusive): the day it renews, or ends when a notice runs. */
  readonly periodEnds: string | null
  /** Last day on which a notice still prevents the next renewal. */
  readonly lastDayForNotice: string | null
  /** Duties towards what was provided outlive termination. */
  readonly survives: boolean
  /** The articles the answer rests on, and the ids of the facts. */
  readonly because: readonly Citation[]
  readonly facts: readonly string[]
}

type Day = Temporal.PlainDate
const day = (text: string): Day => Temporal.PlainDate.from(text)
const byDay = (one: Day, other: Day) => Temporal.PlainDate.compare(one, other)
const earlier = (one: Day, other: Day) => byDay(one, other) < 0

/** The state of an instrument on a date (`2019-11-23`), by its own terms and the facts up to that date. */
export function statusAt(terms: InstrumentTerms, facts: readonly Fact[], date: string): Status {
  const today = day(date)
  // Dates of this form compare as text.
  const known = facts.filter((each) => each.date <= date)
  const entry = entryInto(terms, known)
  if (entry === null) return beforeEntry(terms, known)
  const life = lifeAfter(terms, known, entry.date, today)
  const survives = termOf(terms, SURVIVAL) !== undefined
  return {
    state: life.ended === null ? 'in_force' : 'terminated',
    since: (life.ended ?? entry.date).toString(),
    inForceSince: entry.date.toString(),
    notice: life.notice,
    periodEnds: life.ended === null ? (life.periodEnds?.toString() ?? null) : null,
    lastDayForNotice: life.ended === null ? (life.lastDayForNotice?.toString() ?? null) : null,
    survives,
    because: cite(terms, [
      ENTRY_INTO_FORCE,
      DURATION,
      ...(life.notice === 'none' ? [] : [NOTICE]),
      ...(life.ended !== null && survives ? [SURVIVAL] : []),
    ]),
    facts: [...entry.facts, ...life.facts],
  }
}

/** The calendar date of an instant (epoch ms) where the instrument reckons its dates. */
export function dateAt(instant: number, terms: InstrumentTerms): string {
  const zone = termOf(terms, ENTRY_INTO_FORCE)?.zone ?? 'UTC'
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate().toString()
}

function beforeEntry(terms: InstrumentTerms, facts: readonly Fact[]): Status {
  const signature = facts.find((each) => each.kind === 'signed')
  return {
    state: signature === undefined ? 'not_concluded' : 'signed',
    since: signature?.date ?? null,
    inForceSince: null,
    notice: 'none',
    periodEnds: null,
    lastDayForNotice: null,
    survives: false,
    because: cite(terms, [ENTRY_INTO_FORCE]),
    facts: facts.map((each) => each.id),
  }
}

/** When the instrument came into force by its own rule; null while the rule is not met. */
function entryInto(terms: InstrumentTerms, facts: readonly Fact[]): null | { date: Day; facts: string[] } {
  const of = (kind: Fact['kind']) => facts.filter((each) => each.kind === kind)
  const last = (list: readonly Fact[]) => {
    const dates = list.map((each) => day(each.date)).sort(byDay)
    const date = dates.at(-1)
    return date === undefined ? null : { date, facts: list.map((each) => each.id) }
  }
  switch (termOf(terms, ENTRY_INTO_FORCE)?.rule) {
    case 'later_of_notifications': {
      const firsts = terms.parties.map((party) => of('notified').find((each) => each.by === party))
      const both = firsts.filter((each) => each !== undefined)
      return both.length === terms.parties.length ? last(both) : null
    }
    case 'on_signature':
      return last(of('signed').slice(0, 1))
    case 'stated':
      return last(of('entered_into_force').slice(0, 1))
    default:
      return null
  }
}

interface Life {
  readonly ended: Day | null
  readonly notice: Status['notice']
  readonly periodEnds: Day | null
  readonly lastDayForNotice: Day | null
  readonly facts: readonly string[]
}

/**
 * Periods, renewals and notices up to `today`. A notice takes effect at its hour only if it is neither
 * suspended nor withdrawn by the day before; while its effect is suspended the instrument goes on as if it
 * had not been given. An end is never undone by a later fact.
 */
function lifeAfter(terms: InstrumentTerms, facts: readonly Fact[], entry: Day, today: Day): Life {
  const about = facts.filter((each) => each.kind.startsWith('notice_'))
  // The effect of each party's own notice; a party suspends or withdraws only its own.
  const effects = new Map<string | undefined, Day>()
  let notice: Status['notice'] = 'none'
  let running: Day | null = null
  for (const each of about) {
    const on = day(each.date)
    if (running !== null && !earlier(on, running)) break
    if (each.kind === 'notice_given') {
      effects.set(each.by, effectOf(terms, entry, on))
      notice = 'running'
    } else if (effects.delete(each.by) || notice === 'suspended') {
      notice = each.kind === 'notice_suspended' ? 'suspended' : 'withdrawn'
    }
    running = [...effects.values()].sort(byDay)[0] ?? null
    if (running !== null) notice = 'running'
  }
  const facted = about.map((each) => each.id)
  if (running !== null && !earlier(today, running)) {
    return { ended: running, notice: 'effective', periodEnds: null, lastDayForNotice: null, facts: facted }
  }
  const period = periodAt(terms, entry, today)
  if (period.over) {
    return { ended: period.ends, notice, periodEnds: null, lastDayForNotice: null, facts: facted }
  }
  const lastDayForNotice = period.ends === null ? null : lastDay(terms, period.ends)
  return {
    ended: null,
    notice,
    periodEnds: running ?? period.ends,
    lastDayForNotice: running === null ? lastDayForNotice : null,
    facts: facted,
  }
}

/** The period that holds `today`: its exclusive end, or null when the instrument runs without one. */
function periodAt(terms: InstrumentTerms, entry: Day, today: Day): { ends: Day | null; over: boolean } {
  const duration = termOf(terms, DURATION)
  if (duration?.initial === undefined) return { ends: null, over: false }
  const first = entry.add(duration.initial)
  if (earlier(today, first)) return { ends: first, over: false }
  if (duration.renewal === undefined) return { ends: first, over: true }
  // Each end is reckoned from the first one, so that 29 February does not drift over the years.
  const renewal = Temporal.Duration.from(duration.renewal)
  for (let count = Math.max(1, renewalsBetween(first, today, renewal)); ; count += 1) {
    const ends = first.add(multiply(renewal, count))
    if (earlier(today, ends)) return { ends, over: false }
  }
}

/** Whole renewals from `first` to `today`: where the search for the running period begins. */
function renewalsBetween(first: Day, today: Day, renewal: Temporal.Duration): number {
  const unit = renewal.years > 0 ? 'years' : renewal.months > 0 ? 'months' : 'days'
  return Math.floor(first.until(today, { largestUnit: unit })[unit] / renewal[unit])
}

/** The day a notice received on `on` ends the instrument, unless it is suspended or withdrawn before. */
function effectOf(terms: InstrumentTerms, entry: Day, on: Day): Day {
  const notice = termOf(terms, NOTICE)
  if (notice === undefined) return on
  if (notice.anchor === 'any_time') return on.add(notice.period)
  const { ends } = periodAt(terms, entry, on)
  if (ends === null) return on.add(notice.period)
  // A notice that comes too late for this period counts for the next one.
  return earlier(lastDay(terms, ends) ?? ends, on) ? (periodAt(terms, entry, ends).ends ?? ends) : ends
}

function lastDay(terms: InstrumentTerms, ends: Day): Day | null {
  const notice = termOf(terms, NOTICE)
  if (notice === undefined || notice.anchor === 'any_time') return null
  return ends.subtract(notice.period).subtract({ days: notice.marginDays })
}

function multiply(duration: Temporal.Duration, count: number): Temporal.Duration {
  return Temporal.Duration.from({
    years: duration.years * count,
    months: duration.months * count,
    days: duration.days * count,
  })
}

function cite(terms: InstrumentTerms, kinds: readonly TermKind[]): readonly Citation[] {
  const articles = kinds.flatMap((kind) => termsOf(terms, kind).flatMap((term) => term.articles))
  return [...new Set(articles)].map((article) => ({ instrument: terms.instrument, article }))
}
