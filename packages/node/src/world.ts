/** Time and randomness, which the node takes from here and nowhere else. The simulator has its own. */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

export interface World {
  /** The current instant. */
  now(): Instant
  /** `sizeBytes` unpredictable bytes. */
  random(sizeBytes: number): Uint8Array
}

/** An instant as an ISO 8601 string in UTC, with milliseconds. */
export function iso(instant: Instant): string {
  return new Date(instant).toISOString()
}

/** As `iso`, for an optional instant. */
export function isoOrNull(instant: Instant | null): string | null {
  return instant === null ? null : iso(instant)
}
