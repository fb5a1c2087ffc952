/**
 * Matters: how both nodes compute one order of the statements about a matter (MATTER-1 to MATTER-4). The
 * home's statements keep the order in which the home made them; each says how many of the other side's
 * statements the home had applied, and those come before it. What the home has not acknowledged comes last,
 * as provisional.
 */

/** A statement about a matter, with what determines its order. */
export interface Told<S> {
  readonly byHome: boolean
  /** Position among the statements of the same side about this matter, from 0. */
  readonly ordinal: number
  /** How many statements of the other side about this matter its author had applied. */
  readonly seen: number
  readonly statement: S
}

/** A statement in the order on which both nodes agree. */
export interface Ordered<S> {
  readonly byHome: boolean
  readonly statement: S
  /** The home has not acknowledged it, so a statement of the home may still be ordered before it. */
  readonly provisional: boolean
}

/**
 * The one order of the statements about a matter. It depends only on the statements, not on their arrival, so
 * two nodes that hold the same statements agree (MATTER-2).
 */
export function orderOf<S>(told: readonly Told<S>[]): Ordered<S>[] {
  const byOrdinal = (one: Told<S>, other: Told<S>) => one.ordinal - other.ordinal
  const home = told.filter(({ byHome }) => byHome).sort(byOrdinal)
  const other = told.filter(({ byHome }) => !byHome).sort(byOrdinal)
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
