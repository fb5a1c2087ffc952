/**
 * The interface of a slice of the console. A folder exports one `slice`; router, frame, desk and search find
 * it. Nothing else names a slice. Link to a page of another slice by the `paths` that its `slice.ts` exports.
 */
import { lazy } from 'react'
import type { ComponentType } from 'react'
import type { Me, Role } from '#api/identity.ts'
import type { CodeIn } from '#words/pillars.ts'
import type { Address } from './core/paths.ts'
import type { Text } from './core/texts.ts'
import type { Crossing, TermValue } from './law/terms.tsx'
import type { IconName } from './ui/icons.tsx'

export type PageName = CodeIn<'pages'>

export interface Page {
  readonly pattern: string
  readonly load: () => Promise<{ readonly Page: ComponentType }>
}

/** A page at an address; `load` imports its module, whose `Page` export is the component. */
export function page({ pattern }: Pick<Address, 'pattern'>, load: Page['load']): Page {
  return { pattern, load }
}

/** A part of the frame; `load` imports its module, whose `Part` export is the component. */
export function part<Props>(
  load: () => Promise<{ readonly Part: ComponentType<Props> }>,
): ComponentType<Props> {
  return lazy(async () => ({ default: (await load()).Part }))
}

export interface NavigationEntry {
  /** The menu is ordered by this number, lowest first. */
  readonly rank: number
  readonly label: Text
  readonly icon: IconName
  readonly to: string
  /** On a phone, shown in the bottom bar and not under "more". */
  readonly onPhone?: boolean
}

/** The page of a matter, link, person or agreement, to which desk, search and logs link by id. */
export interface DetailPage {
  readonly icon: IconName
  readonly path: (id: string) => string
  /** The prefix of the kinds of statement about it, such as `exchange.`. */
  readonly statements?: string
}

/** A task that people with a role can start: shown in the palette, and on an empty desk. */
export interface Start {
  readonly label: Text
  readonly to: string
  readonly role: Role
}

/** A search of the palette that runs in the browser, besides the search of the node. */
export interface Finder {
  readonly label: Text
  readonly icon: IconName
  readonly useFound: (
    words: string,
  ) => readonly { readonly label: string; readonly detail: string; readonly to: string }[]
}

export interface Slice {
  readonly pages?: readonly Page[]
  readonly navigation?: readonly NavigationEntry[]
  readonly detailPages?: Readonly<Partial<Record<PageName, DetailPage>>>
  readonly starts?: readonly Start[]
  readonly finder?: Finder
  /** How the values of its kinds of term read, by kind. */
  readonly terms?: Readonly<Record<string, TermValue>>
  /** The parts of what may cross under an agreement, from its kinds of term. */
  readonly crossings?: readonly Crossing[]
  /** Shown in the bar at the top of every page. */
  readonly Bar?: ComponentType
  /** Shown above every page. */
  readonly Above?: ComponentType<{ readonly me: Me }>
  /** Opens beside every page, also beside the sign-in page. */
  readonly Beside?: ComponentType
}
