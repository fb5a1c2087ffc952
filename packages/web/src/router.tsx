/** The pages of the console, under their addresses. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { BrokenPage } from './shell/BrokenPage.tsx'
import { Frame } from './shell/Frame.tsx'
import { LostPage } from './shell/LostPage.tsx'
import type { Page } from './slice.ts'
import { SLICES } from './slices.ts'
import { PageShape } from './ui/PageShape.tsx'

const rootRoute = createRootRoute({
  component: Frame,
  notFoundComponent: LostPage,
  errorComponent: BrokenPage,
})

const PAGES = SLICES.flatMap(({ pages }) => pages ?? [])

/** Fetches the code of every page, so that pages can be opened while the node cannot be reached. */
export function loadPages(): void {
  // A page that cannot be fetched now is fetched when it is visited.
  for (const { load } of PAGES) void load().catch(() => undefined)
}

/** The library reloads the whole console when a page cannot be fetched, and what was typed would be lost. */
async function loadOrFail(load: Page['load']): ReturnType<Page['load']> {
  try {
    return await load()
  } catch (cause) {
    throw new Error('The code of the page could not be fetched.', { cause })
  }
}

function routeOf({ pattern, load }: Page) {
  return createRoute({
    getParentRoute: () => rootRoute,
    path: pattern,
    component: lazyRouteComponent(() => loadOrFail(load), 'Page'),
    // Another matter is another page: nothing typed or shown for the last one is kept.
    remountDeps: ({ params }) => params,
    errorComponent: BrokenPage,
  })
}

export const router = createRouter({
  routeTree: rootRoute.addChildren(PAGES.map(routeOf)),
  defaultPreload: 'intent',
  defaultPendingComponent: PageShape,
  scrollRestoration: true,
  // Search values are plain strings, so that an address reads as a person would write it.
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (values) => {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(values)) {
      if (typeof value === 'string' && value !== '') search.set(name, value)
    }
    const text = search.toString()
    return text === '' ? '' : `?${text}`
  },
})
