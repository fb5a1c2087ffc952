/** The pages of the console, slice by slice. */
import { createRouter } from '@tanstack/react-router'
import { routes as agreements } from './agreements/routes.ts'
import { routes as desk } from './desk/routes.ts'
import { routes as federation } from './federation/routes.ts'
import { routes as exchange } from './exchange/routes.ts'
import { routes as identity } from './identity/routes.ts'
import { routes as logistics } from './logistics/routes.ts'
import { rootRoute } from './page.ts'
import type { PageRoute } from './page.ts'
import { PageShape } from './ui/PageShape.tsx'

/** One line per slice: each exports `routes` from its `routes.ts`. */
const slices: readonly (readonly PageRoute[])[] = [
  desk,
  exchange,
  agreements,
  federation,
  logistics,
  identity,
]

export const router = createRouter({
  routeTree: rootRoute.addChildren(slices.flat()),
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
