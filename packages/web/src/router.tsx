/** The pages of the console, by address. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { ErrorPage } from './shell/ErrorPage.tsx'
import { Frame } from './shell/Frame.tsx'
import { NotFoundPage } from './shell/NotFoundPage.tsx'
import type { Page } from './slice.ts'
import { SLICES } from './slices.ts'
import { PageSkeleton } from './ui/PageSkeleton.tsx'

const rootRoute = createRootRoute({
  component: Frame,
  notFoundComponent: NotFoundPage,
  errorComponent: ErrorPage,
})

const PAGES = SLICES.flatMap(({ pages }) => pages ?? [])

/** Loads the code of every page, so that pages open even while the node cannot be reached. */
export function loadPages(): void {
  // A page that cannot be loaded now is loaded when it is visited.
  for (const { load } of PAGES) void load().catch(() => undefined)
}

/** The library reloads the whole console if a page cannot be loaded; that would lose unsaved input. */
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
    // Another matter is another page: it keeps no input or content of the last one.
    remountDeps: ({ params }) => params,
    errorComponent: ErrorPage,
  })
}

export const router = createRouter({
  routeTree: rootRoute.addChildren(PAGES.map(routeOf)),
  defaultPreload: 'intent',
  defaultPendingComponent: PageSkeleton,
  scrollRestoration: true,
  // Query values are plain strings, so that addresses are readable.
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
