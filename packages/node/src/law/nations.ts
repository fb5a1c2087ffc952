/** The marking ladder of each nation, which compares a clearance with a marking. Rules AGR-20, GATE-7. */
import { z } from 'zod'
import type { Instant } from '#node/world.ts'
import { parseJson } from './instrument.ts'
import { nationCode, words } from './termKind.ts'

const rung = z.strictObject({
  marking: z.string().min(1),
  /** A higher rank protects more; markings may share a rank. Ranks of different nations are not comparable. */
  rank: z.number().int().min(1).max(9),
  romanised: z.string().min(1).optional(),
  english: z.string().min(1),
})
const nations = z.strictObject({
  nations: z.array(
    z.strictObject({
      nation: nationCode,
      name: words,
      /** The time zone of its government: registers are numbered by the calendar year there. */
      zone: z.string().min(1),
      ladder: z.array(rung).min(1),
      source: z.string().min(1),
    }),
  ),
})

/** `nations.json`. */
export type Nations = z.infer<typeof nations>
export type Rung = z.infer<typeof rung>

/** Parses `nations.json`; throws with the place that is wrong. */
export function parseNations(text: string): Nations {
  return parseJson('nations.json', text, nations)
}

/** The ladder of a nation, lowest rank first; empty if the nation is unknown. */
export function ladderOf(all: Nations, nation: string): readonly Rung[] {
  const found = all.nations.find((known) => known.nation === nation)?.ladder ?? []
  return [...found].sort((one, other) => one.rank - other.rank)
}

/** The rank of a marking on its nation's ladder; null if the nation does not have the marking. */
export function rankOf(all: Nations, nation: string, marking: string): number | null {
  return ladderOf(all, nation).find((step) => step.marking === marking)?.rank ?? null
}

/**
 * The rank on `nation`'s own ladder of the marking that a matter bears there. A marking that is not on the ladder ranks
 * above every clearance.
 */
export function markingRank(all: Nations, nation: string, marking: string): number {
  return rankOf(all, nation, marking) ?? Number.MAX_SAFE_INTEGER
}

/** The calendar year in the time zone of a nation's government; in UTC for an unknown nation. */
export function calendarYear(all: Nations, nation: string, now: Instant): number {
  const zone = all.nations.find((known) => known.nation === nation)?.zone ?? 'UTC'
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).year
}

/**
 * The markings of all nations by rank, highest first, so that a page can show the highest marking on it. Never a basis
 * for permission: ranks of different nations are not comparable.
 */
export function markingLadder({ nations: all }: Nations): string[][] {
  const rungs = all.flatMap(({ ladder }) => ladder)
  const ranks = [...new Set(rungs.map(({ rank }) => rank))].sort((one, other) => other - one)
  return ranks.map((rank) => [
    ...new Set(rungs.filter((rung) => rung.rank === rank).map(({ marking }) => marking)),
  ])
}
