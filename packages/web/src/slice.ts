/**
 * What a slice of the console brings: a folder exports one `slice`, and the router, the frame, the desk and
 * the search find it. Nothing else names a slice. A page of another slice is linked to by the `paths` that
 * its `slice.ts` exports.
 */
import { lazy } from 'react'
import type { ComponentType } from 'react'
import type { Me, Role } from '#api/identity.ts'
import type { CodeIn } from '#words/pillars.ts'
import type { Address } from './core/paths.ts'
import type { Text } from './core/texts.ts'
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
  /** Pages are listed by this number, the lowest first. */
  readonly rank: number
  readonly label: Text
  readonly icon: IconName
  readonly to: string
  /** Shown in the bottom bar of a phone, not under "more". */
  readonly onPhone?: boolean
}

/** A thing with a page of its own, to which the desk, the search and the logs lead by its id. */
export interface Thing {
  readonly icon: IconName
  readonly path: (id: string) => string
  /** Statements whose kind begins so are about such a thing: `exchange.`. */
  readonly statements?: string
}

/** Something that people of a role begin: offered in the palette, and on an empty desk. */
export interface Start {
  readonly label: Text
  readonly to: string
  readonly role: Role
}

/** What the palette finds in the browser itself, beside what the node finds. */
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
  readonly things?: Readonly<Partial<Record<PageName, Thing>>>
  readonly starts?: readonly Start[]
  readonly finder?: Finder
  /** The first part of the names of its routes in the API. */
  readonly rooms?: readonly string[]
  /**
   * Hints of the node, beside those named as a room, after which what was read by those routes may have
   * changed.
   */
  readonly hints?: readonly string[]
  /**
   * Hints after which every reply of those routes may have changed, also one about another thing than the
   * hint names.
   */
  readonly wideHints?: readonly string[]
  /** Stands in the bar at the top of every page. */
  readonly Bar?: ComponentType
  /** Stands above every page. */
  readonly Above?: ComponentType<{ readonly me: Me }>
  /** Opens beside every page, also beside the sign-in. */
  readonly Beside?: ComponentType
}
