/** The slices of the console, found by their files. */
import type { Concern } from './core/queries.ts'
import type { NavigationEntry, PageName, Slice, Start, Thing } from './slice.ts'

const FOUND = import.meta.glob<{ readonly slice: Slice }>('./*/slice.ts', { eager: true })

export const SLICES: readonly Slice[] = Object.values(FOUND).map(({ slice }) => slice)

/** The pages that are offered at the left, in their order. */
export const NAVIGATION: readonly NavigationEntry[] = SLICES.flatMap(
  ({ navigation }) => navigation ?? [],
).toSorted((one, other) => one.rank - other.rank)

/** What people of some roles may begin. */
export function startsOf(roles: readonly string[]): readonly Start[] {
  return SLICES.flatMap(({ starts }) => starts ?? []).filter(({ role }) => roles.includes(role))
}

const THINGS: readonly (readonly [string, Thing])[] = SLICES.flatMap(({ things }) =>
  Object.entries(things ?? {}),
)

/** A kind of thing by its name; null for one that this build does not show. */
export function thingOf(name: PageName): Thing | null {
  return THINGS.find(([known]) => known === name)?.[1] ?? null
}

/** The page of what a statement is about; null where it has none. */
export function pathOfMatter(kind: string, matter: string): string | null {
  const about = THINGS.find(([, { statements }]) => statements !== undefined && kind.startsWith(statements))
  return about === undefined ? null : about[1].path(matter)
}

/** The rooms whose replies may have changed after a hint. */
export function concernsOf(hint: string): readonly Concern[] {
  return SLICES.flatMap(({ rooms = [], hints = [], wideHints = [] }) =>
    rooms.flatMap((room) => {
      const isWhole = wideHints.includes(hint)
      return isWhole || room === hint || hints.includes(hint) ? [{ room, isWhole }] : []
    }),
  )
}
