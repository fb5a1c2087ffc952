/** Shapes that the statements of several pillars share (WIRE-7). */
import { z } from 'zod'

/** `sha384:` and 96 hex digits. */
export const Digest = z.string().regex(/^sha384:[0-9a-f]{96}$/)
/** Non-empty text of at most `max` UTF-16 code units. */
export const Text = (max: number) => z.string().min(1).max(max)
/** ISO 8601 in UTC. */
export const Instant = z.iso.datetime()
