/** The world as the node sees it: time and randomness, and nothing else. The simulator gives its own. */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

export interface World {
  /** The present instant. */
  now(): Instant
  /** `sizeBytes` unpredictable bytes. */
  random(sizeBytes: number): Uint8Array
}
