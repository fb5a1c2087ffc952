/** Clearances: a person, a national marking, two dates (ID-40, ID-41). Pure. */
import type { Instant } from '#node/world.ts'

export interface Clearance {
  readonly id: string
  readonly person: string
  /** One of the nation's own markings. */
  readonly marking: string
  readonly reason: string
  readonly from: Instant
  readonly until: Instant
  readonly grantedBy: string
  readonly revokedAt: Instant | null
}

/** The clearance that counts at an instant. */
export interface ClearanceNow {
  readonly marking: string
  /** False: it is the highest that the person had, and it has ended. */
  readonly valid: boolean
  /** When it ends, or ended. */
  readonly until: Instant
}

/** The instant at which a clearance or a grant stops: its date, or its revocation when that is earlier. */
export function endOf(dated: { readonly until: Instant; readonly revokedAt: Instant | null }): Instant {
  return dated.revokedAt === null ? dated.until : Math.min(dated.until, dated.revokedAt)
}

/** Whether a dated right holds: from its first instant up to, but not including, its end. */
export function holdsAt(
  dated: { readonly from: Instant; readonly until: Instant; readonly revokedAt: Instant | null },
  now: Instant,
): boolean {
  return dated.from <= now && now < endOf(dated)
}

/**
 * The highest clearance that holds at `now`; when none holds, the highest of those that have ended; null when
 * the person never had one, or only one that begins later.
 * @param ladder the nation's markings, lowest first; a marking that is not on it counts for nothing
 */
export function clearanceAt(
  clearances: readonly Clearance[],
  ladder: readonly string[],
  now: Instant,
): ClearanceNow | null {
  const known = clearances.filter(({ marking, from }) => ladder.includes(marking) && from <= now)
  const holding = known.filter((clearance) => holdsAt(clearance, now))
  const valid = holding.length > 0
  const [best] = (valid ? holding : known).toSorted(
    (a, b) => ladder.indexOf(b.marking) - ladder.indexOf(a.marking) || endOf(b) - endOf(a),
  )
  return best === undefined ? null : { marking: best.marking, valid, until: endOf(best) }
}
