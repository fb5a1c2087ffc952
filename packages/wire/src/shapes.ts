/** Shapes that statements of several rooms share (WIRE-7). */
import { z } from 'zod'

/** `sha384:` and 96 hex digits. */
export const Digest = z.string().regex(/^sha384:[0-9a-f]{96}$/)
/** Text of at most `max` UTF-16 code units, and not empty. */
export const Text = (max: number) => z.string().min(1).max(max)
/** ISO 8601 in UTC. */
export const Instant = z.iso.datetime()
