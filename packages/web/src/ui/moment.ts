/** Formats instants: local ISO date and time, Zulu, and relative time beside them. */

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** `2026-11-24 17:05`, in the time zone of this machine. */
export function localText(at: Date): string {
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}

/** `08:05Z`, with the date (`2026-11-24 08:05Z`) if it differs from the local one. */
export function zuluText(at: Date): string {
  const iso = at.toISOString()
  const time = `${iso.slice(11, 16)}Z`
  const isSameDay = localText(at).slice(0, 10) === iso.slice(0, 10)
  return isSameDay ? time : `${iso.slice(0, 10)} ${time}`
}

/** `now`, `3 minutes ago`, `in 2 days`, in the reader's language. */
export function relativeText(at: Date, now: Date, language: string): string {
  const deltaMs = at.getTime() - now.getTime()
  const sizeMs = Math.abs(deltaMs)
  if (sizeMs < MINUTE_MS)
    return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(0, 'second')
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always' })
  if (sizeMs < HOUR_MS) return format.format(Math.trunc(deltaMs / MINUTE_MS), 'minute')
  if (sizeMs < 2 * DAY_MS) return format.format(Math.trunc(deltaMs / HOUR_MS), 'hour')
  return format.format(Math.trunc(deltaMs / DAY_MS), 'day')
}

/** A duration in its two largest units: `4 s`, `3 min`, `2 h 10 min`, `5 d 3 h`. */
export function spanText(spanMs: number): string {
  if (spanMs < 1000) return `${Math.round(spanMs)} ms`
  if (spanMs < MINUTE_MS) return `${Math.round(spanMs / 1000)} s`
  if (spanMs < HOUR_MS) return `${Math.floor(spanMs / MINUTE_MS)} min`
  if (spanMs < DAY_MS)
    return `${Math.floor(spanMs / HOUR_MS)} h ${Math.floor((spanMs % HOUR_MS) / MINUTE_MS)} min`
  return `${Math.floor(spanMs / DAY_MS)} d ${Math.floor((spanMs % DAY_MS) / HOUR_MS)} h`
}

/** `1.4 MB`: decimal units, as file managers and networks count. */
export function sizeText(sizeBytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = sizeBytes
  let step = 0
  while (value >= 1000 && step < units.length - 1) {
    value /= 1000
    step += 1
  }
  return `${step === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[step]}`
}

/** The end of a local day, `2027-03-31`, as an instant in UTC; empty if no day is given. */
export function endOfDay(day: string): string {
  return day === '' ? '' : new Date(`${day}T23:59:59`).toISOString()
}
