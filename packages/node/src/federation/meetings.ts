/**
 * The partners that this process has met, that is, that have said what they hold of our log since it started
 * (LINK-26, LINK-66). A node restored from an old state finds this out only from a partner. Before that, it
 * must sign nothing new for the partner, neither for the network nor for media.
 */
import type { Instant } from '#node/world.ts'

export interface Meetings {
  /** When this process started. */
  readonly since: Instant
  /** True if the partner has been met. */
  has(partner: string): boolean
  /** Records that the partner holds a log consistent with ours. */
  note(partner: string): void
}

/** Starts with no partner met. */
export function createMeetings(since: Instant): Meetings {
  const met = new Set<string>()
  return { since, has: (partner) => met.has(partner), note: (partner) => void met.add(partner) }
}
