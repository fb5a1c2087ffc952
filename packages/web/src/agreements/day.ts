/** Calendar days as ISO dates, without hours or time zones. Pure, except `today`. */

const DAY_MS = 86_400_000

/** Whether a text is a day of the calendar: `2019-08-24` is, `2019-02-30` is not. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dayOf(numberOf(text)) === text
}

/** Days since 1970-01-01; NaN if the text is not a date. */
export function numberOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS
}

/** The day that is so many days after 1970-01-01; empty if there is none. */
export function dayOf(number: number): string {
  const at = new Date(number * DAY_MS)
  return Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(0, 10)
}

/** The same day of another month, or that month's last day. */
export function monthsFrom(day: string, months: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  const target = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1))
  const last = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate()
  target.setUTCDate(Math.min(at.getUTCDate(), last))
  return target.toISOString().slice(0, 10)
}

/** Today, by the clock of this machine. */
export function today(): string {
  const now = new Date()
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

export interface Span {
  readonly first: string
  readonly last: string
}

/** The days of a timeline: from before the first fact to a year and a half after today, and every fact. */
export function spanOf(facts: readonly string[], now: string): Span {
  const known = [...facts, now].sort()
  const first = known[0] ?? now
  const last = [known.at(-1) ?? now, monthsFrom(now, 18)].sort().at(-1) ?? now
  return { first: monthsFrom(first, -3), last }
}

/** The position of a day in a span, from 0 to 1. */
export function placeOf(day: string, span: Span): number {
  const length = numberOf(span.last) - numberOf(span.first)
  if (length <= 0) return 0
  return Math.max(0, Math.min(1, (numberOf(day) - numberOf(span.first)) / length))
}

/** The nearest date of a fact after a day (before it, if `direction` is -1); null if there is none. */
export function neighbour(facts: readonly string[], day: string, direction: 1 | -1): string | null {
  const ordered = [...new Set(facts)].sort()
  if (direction === 1) return ordered.find((other) => other > day) ?? null
  return ordered.findLast((other) => other < day) ?? null
}

/** The years whose first day is in a span, thinned to at most `countMax`. */
export function yearsIn(span: Span, countMax: number): readonly number[] {
  const first = Number(span.first.slice(0, 4)) + 1
  const last = Number(span.last.slice(0, 4))
  const step = Math.max(1, Math.ceil((last - first + 1) / countMax))
  const years: number[] = []
  for (let year = first; year <= last; year += step) years.push(year)
  return years
}
