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

/** A page under a pattern of `paths.ts`; `load` imports the module, whose `Page` export is the component. */
export function page(path: string, load: () => Promise<{ readonly Page: FunctionComponent }>) {
  return createRoute({
    getParentRoute: () => rootRoute,
    path,
    component: lazyRouteComponent(load, 'Page'),
    // Another matter is another page: nothing typed or shown for the last one stays.
    remountDeps: ({ params }) => params,
    errorComponent: BrokenPage,
  })
}

export type PageRoute = ReturnType<typeof page>
