/** All slices of the console, found by their files. */
import type { Crossing, TermValue } from './law/terms.tsx'
import type { NavigationEntry, PageName, Slice, Start, DetailPage } from './slice.ts'

const FOUND = import.meta.glob<{ readonly slice: Slice }>('./*/slice.ts', { eager: true })

export const SLICES: readonly Slice[] = Object.values(FOUND).map(({ slice }) => slice)

/** The entries of the menu, in order. */
export const NAVIGATION: readonly NavigationEntry[] = SLICES.flatMap(
  ({ navigation }) => navigation ?? [],
).toSorted((one, other) => one.rank - other.rank)

/** The tasks that people with these roles can start. */
export function startsOf(roles: readonly string[]): readonly Start[] {
  return SLICES.flatMap(({ starts }) => starts ?? []).filter(({ role }) => roles.includes(role))
}

const DETAIL_PAGES: readonly (readonly [string, DetailPage])[] = SLICES.flatMap(({ detailPages }) =>
  Object.entries(detailPages ?? {}),
)

/** The detail page for a page name; null if this build has none. */
export function detailPageOf(name: PageName): DetailPage | null {
  return DETAIL_PAGES.find(([known]) => known === name)?.[1] ?? null
}

/** The page of a statement's matter; null if it has none. */
export function pathOfMatter(kind: string, matter: string): string | null {
  const about = DETAIL_PAGES.find(
    ([, { statements }]) => statements !== undefined && kind.startsWith(statements),
  )
  return about === undefined ? null : about[1].path(matter)
}

/** How the values of terms read, by kind. */
export const TERMS: Readonly<Record<string, TermValue>> = Object.assign(
  {},
  ...SLICES.map(({ terms }) => terms ?? {}),
)

/** The parts of what may cross under an agreement. */
export const CROSSINGS: readonly Crossing[] = SLICES.flatMap(({ crossings }) => crossings ?? [])
