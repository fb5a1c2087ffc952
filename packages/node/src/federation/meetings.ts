/**
 * Which partners this process has met (LINK-26, LINK-66). A node that was restored from an old state does not know
 * it until the partner says what it holds; before that it must not sign anything new, by whichever way it would go.
 */
import type { Instant } from '#node/world.ts'

export interface Meetings {
  /** When this process started. */
  readonly since: Instant
  /** Whether a partner has said what it holds since then. */
  has(partner: string): boolean
  /** The partner has said what it holds, and it is what we hold. */
  note(partner: string): void
}

/** Nobody has been met yet. */
export function createMeetings(since: Instant): Meetings {
  const met = new Set<string>()
  return { since, has: (partner) => met.has(partner), note: (partner) => void met.add(partner) }
}
