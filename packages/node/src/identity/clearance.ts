/** Clearances: a person, a national marking, a validity period (ID-40, ID-41). Pure. */
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

/** A person's clearance at an instant. */
export interface ClearanceNow {
  readonly marking: string
  /** False if no clearance is valid: then this is the highest of those that have ended. */
  readonly valid: boolean
  /** When it ends, or when it ended. */
  readonly until: Instant
}

/** When a clearance or a grant ends: at its end date, or at its revocation if that is earlier. */
export function endOf(dated: { readonly until: Instant; readonly revokedAt: Instant | null }): Instant {
  return dated.revokedAt === null ? dated.until : Math.min(dated.until, dated.revokedAt)
}

/** Whether a clearance or a grant is valid at `now`: from its first instant up to, but not including, its end. */
export function isValidAt(
  dated: { readonly from: Instant; readonly until: Instant; readonly revokedAt: Instant | null },
  now: Instant,
): boolean {
  return dated.from <= now && now < endOf(dated)
}

/**
 * The highest clearance that is valid at `now`; if none is, the highest of those that have ended; null if the person
 * has had none yet.
 * @param ladder the nation's markings, lowest first; a marking that is not on it is ignored
 */
export function clearanceAt(
  clearances: readonly Clearance[],
  ladder: readonly string[],
  now: Instant,
): ClearanceNow | null {
  const known = clearances.filter(({ marking, from }) => ladder.includes(marking) && from <= now)
  const current = known.filter((clearance) => isValidAt(clearance, now))
  const valid = current.length > 0
  const [best] = (valid ? current : known).toSorted(
    (a, b) => ladder.indexOf(b.marking) - ladder.indexOf(a.marking) || endOf(b) - endOf(a),
  )
  return best === undefined ? null : { marking: best.marking, valid, until: endOf(best) }
}
