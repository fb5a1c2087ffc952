/** Registers a page: its pattern and where its code is loaded from when it is first visited. */
import { createRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { FunctionComponent } from 'react'
import { Frame } from './shell/Frame.tsx'
import { LostPage } from './shell/LostPage.tsx'
import { BrokenPage } from './shell/BrokenPage.tsx'

/** What every page stands in. */
export const rootRoute = createRootRoute({
  component: Frame,
  notFoundComponent: LostPage,
  errorComponent: BrokenPage,
})

type Load = () => Promise<{ readonly Page: FunctionComponent }>

const loads: Load[] = []

/** Fetches the code of every page, so that each can still be turned to when the node cannot be reached. */
export function loadPages(): void {
  // One that cannot be fetched now is asked for again when it is visited.
  for (const load of loads) void load().catch(() => undefined)
}

/** The library loads the whole console anew when a page cannot be fetched, and what was typed would be lost. */
async function loadOrFail(load: Load): ReturnType<Load> {
  try {
    return await load()
  } catch (cause) {
    throw new Error('The code of the page could not be fetched.', { cause })
  }
}

/** A page under a pattern of `paths.ts`; `load` imports the module, whose `Page` export is the component. */
export function page(path: string, load: Load) {
  loads.push(load)
  return createRoute({
    getParentRoute: () => rootRoute,
    path,
    component: lazyRouteComponent(() => loadOrFail(load), 'Page'),
    // Another matter is another page: nothing typed or shown for the last one stays.
    remountDeps: ({ params }) => params,
    errorComponent: BrokenPage,
  })
}

export type PageRoute = ReturnType<typeof page>
