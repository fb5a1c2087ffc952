/**
 * Matters: how both nodes put the statements about one matter into one order (MATTER-1 to MATTER-4). The
 * home's statements stand in the order in which the home made them; each says how many of the other side's
 * statements it had applied, and those come before it. What the home has not yet acknowledged stands last,
 * as provisional.
 */

/** A statement about a matter, as far as its order is concerned. */
export interface Told<S> {
  readonly byHome: boolean
  /** Place among the statements of the same side about this matter, from 0. */
  readonly ordinal: number
  /** How many statements of the other side about this matter its author had applied. */
  readonly seen: number
  readonly statement: S
}

/** A statement in the order that both nodes agree on. */
export interface Ordered<S> {
  readonly byHome: boolean
  readonly statement: S
  /** The home has not acknowledged it, so something of the home may still come before it. */
  readonly provisional: boolean
}

/**
 * The one order of the statements about a matter. Depends only on what was said, not on when it arrived, so
 * two nodes that hold the same statements agree (MATTER-2).
 */
export function orderOf<S>(told: readonly Told<S>[]): Ordered<S>[] {
  const home = told.filter((each) => each.byHome).sort((one, other) => one.ordinal - other.ordinal)
  const other = told.filter((each) => !each.byHome).sort((one, second) => one.ordinal - second.ordinal)
  const ordered: Ordered<S>[] = []
  let next = 0
  for (const statement of home) {
    while (next < Math.min(statement.seen, other.length)) {
      ordered.push({ byHome: false, statement: other[next]!.statement, provisional: false })
      next += 1
    }
    ordered.push({ byHome: true, statement: statement.statement, provisional: false })
  }
  for (const rest of other.slice(next)) {
    ordered.push({ byHome: false, statement: rest.statement, provisional: true })
  }
  return ordered
}
