/**
 * The status of an instrument on a date, computed from its terms and dated facts. There is no switch: only a new fact
 * changes it. Rules AGR-13 to AGR-19.
 */
import type { Citation } from '#api/refusals.ts'
import type { Instant } from '#node/world.ts'
import { termOf, termsOf } from './term.ts'
import { DURATION, ENTRY_INTO_FORCE, NOTICE, SURVIVAL } from './terms.ts'
import type { TermKind } from './termKind.ts'
import type { Fact, InstrumentTerms } from './term.ts'

export interface Status {
  /** `signed`: signed and not yet in force. `not_concluded`: not signed either. */
  readonly state: 'not_concluded' | 'signed' | 'in_force' | 'terminated'
  /** First day of this state; null if no fact brought it about. */
  readonly since: string | null
  /** First day on which the instrument was in force; what was provided from then on stays protected. */
  readonly inForceSince: string | null
  /** The state of the notice of termination. */
  readonly notice: 'none' | 'running' | 'suspended' | 'withdrawn' | 'effective'
  /** First day after the running period: it renews on that day, or ends if a notice is running. */
  readonly periodEnds: string | null
  /** Last day for a notice to prevent the next renewal. */
  readonly lastDayForNotice: string | null
  /** Duties of protection survive termination. */
  readonly survives: boolean
  /** The articles relied on. */
  readonly because: readonly Citation[]
  /** The ids of the facts relied on. */
  readonly facts: readonly string[]
}

type Day = Temporal.PlainDate
const day = (text: string): Day => Temporal.PlainDate.from(text)
const byDay = (one: Day, other: Day) => Temporal.PlainDate.compare(one, other)
const earlier = (one: Day, other: Day) => byDay(one, other) < 0

/** The status of an instrument on a date (`2019-11-23`), from its terms and the facts up to that date. */
export function statusAt(terms: InstrumentTerms, facts: readonly Fact[], date: string): Status {
  const today = day(date)
  // ISO dates compare as text.
  const known = facts.filter((fact) => fact.date <= date)
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

/** The calendar date of an instant in the instrument's time zone. */
export function dateAt(instant: Instant, terms: InstrumentTerms): string {
  const zone = termOf(terms, ENTRY_INTO_FORCE)?.zone ?? 'UTC'
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate().toString()
}

function beforeEntry(terms: InstrumentTerms, facts: readonly Fact[]): Status {
  const signature = facts.find(({ kind }) => kind === 'signed')
  return {
    state: signature === undefined ? 'not_concluded' : 'signed',
    since: signature?.date ?? null,
    inForceSince: null,
    notice: 'none',
    periodEnds: null,
    lastDayForNotice: null,
    survives: false,
    because: cite(terms, [ENTRY_INTO_FORCE]),
    facts: facts.map(({ id }) => id),
  }
}

/** When the instrument entered into force under its own rule; null until the rule is met. */
function entryInto(terms: InstrumentTerms, facts: readonly Fact[]): null | { date: Day; facts: string[] } {
  const of = (kind: Fact['kind']) => facts.filter((fact) => fact.kind === kind)
  const last = (list: readonly Fact[]) => {
    const dates = list.map(({ date }) => day(date)).sort(byDay)
    const latest = dates.at(-1)
    return latest === undefined ? null : { date: latest, facts: list.map(({ id }) => id) }
  }
  switch (termOf(terms, ENTRY_INTO_FORCE)?.rule) {
    case 'later_of_notifications': {
      const firsts = terms.parties.map((party) => of('notified').find(({ by }) => by === party))
      const both = firsts.filter((fact) => fact !== undefined)
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
 * Periods, renewals and notices up to `today`. A notice takes effect on its day unless it was suspended or withdrawn
 * before that day; while its effect is suspended, the instrument runs as if it had not been given. A later fact never
 * undoes an end.
 */
function lifeAfter(terms: InstrumentTerms, facts: readonly Fact[], entry: Day, today: Day): Life {
  const notices = facts.filter(({ kind }) => kind.startsWith('notice_'))
  // The day on which each party's notice takes effect. A party suspends or withdraws only its own notice.
  const effects = new Map<string | undefined, Day>()
  let notice: Status['notice'] = 'none'
  let running: Day | null = null
  for (const { kind, by, date } of notices) {
    const on = day(date)
    if (running !== null && !earlier(on, running)) break
    if (kind === 'notice_given') {
      effects.set(by, effectOf(terms, entry, on))
      notice = 'running'
    } else if (effects.delete(by) || notice === 'suspended') {
      notice = kind === 'notice_suspended' ? 'suspended' : 'withdrawn'
    }
    running = [...effects.values()].sort(byDay)[0] ?? null
    if (running !== null) notice = 'running'
  }
  const ids = notices.map(({ id }) => id)
  if (running !== null && !earlier(today, running)) {
    return { ended: running, notice: 'effective', periodEnds: null, lastDayForNotice: null, facts: ids }
  }
  const period = periodAt(terms, entry, today)
  if (period.over) {
    return { ended: period.ends, notice, periodEnds: null, lastDayForNotice: null, facts: ids }
  }
  const lastDayForNotice = period.ends === null ? null : lastDay(terms, period.ends)
  return {
    ended: null,
    notice,
    periodEnds: running ?? period.ends,
    lastDayForNotice: running === null ? lastDayForNotice : null,
    facts: ids,
  }
}

/** The period that contains `today`: its end (exclusive), or null if the instrument has no term. */
function periodAt(terms: InstrumentTerms, entry: Day, today: Day): { ends: Day | null; over: boolean } {
  const duration = termOf(terms, DURATION)
  if (duration?.initial === undefined) return { ends: null, over: false }
  const first = entry.add(duration.initial)
  if (earlier(today, first)) return { ends: first, over: false }
  if (duration.renewal === undefined) return { ends: first, over: true }
  // Each end is counted from the first end, so that 29 February does not drift over the years.
  const renewal = Temporal.Duration.from(duration.renewal)
  for (let count = Math.max(1, renewalsBetween(first, today, renewal)); ; count += 1) {
    const ends = first.add(multiply(renewal, count))
    if (earlier(today, ends)) return { ends, over: false }
  }
}

/** Whole renewals from `first` to `today`: where the search for the running period starts. */
function renewalsBetween(first: Day, today: Day, renewal: Temporal.Duration): number {
  const unit = renewal.years > 0 ? 'years' : renewal.months > 0 ? 'months' : 'days'
  return Math.floor(first.until(today, { largestUnit: unit })[unit] / renewal[unit])
}

/** The day on which a notice given on `on` ends the instrument. */
function effectOf(terms: InstrumentTerms, entry: Day, on: Day): Day {
  const notice = termOf(terms, NOTICE)
  if (notice === undefined) return on
  if (notice.anchor === 'any_time') return on.add(notice.period)
  const { ends } = periodAt(terms, entry, on)
  if (ends === null) return on.add(notice.period)
  // A notice that is too late for this period ends the next one.
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
