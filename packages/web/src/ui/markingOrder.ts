/**
 * Which marking is the higher of two, for the banner over the screen. It orders what is shown and permits
 * nothing.
 */

/** From the highest down, as the nations and their agreements write them. */
const RANKS: readonly (readonly RegExp[])[] = [
  [/^機密$/, /(^|\s)(I급|Ⅰ급|1급)\s?비밀$/, /^TOP SECRET/i],
  [/^特定秘密$/, /^極秘$/, /(^|\s)(II급|Ⅱ급|2급)\s?비밀$/, /^SECRET/i],
  [/^秘$/, /(^|\s)(III급|Ⅲ급|3급)\s?비밀$/, /^CONFIDENTIAL/i],
  [/대외비/, /取扱注意|注意/, /^RESTRICTED/i, /UNCLASSIFIED/i],
]

/**
 * The rank of a marking, 0 being the highest. One that is not known ranks highest, so that it is never
 * hidden.
 */
export function rankOf(marking: string): number {
  const rank = RANKS.findIndex((patterns) => patterns.some((pattern) => pattern.test(marking)))
  return rank === -1 ? 0 : rank
}

/** Every marking of the highest rank among those given, without repeats, in the order met. */
export function highestOf(markings: readonly string[]): readonly string[] {
  const top = Math.min(...markings.map(rankOf))
  return [...new Set(markings)].filter((marking) => rankOf(marking) === top)
}
