/** All routes, one line for each room or pillar. Nothing else is served. */
import { agreements } from './agreements.ts'
import { consoleApi } from './console.ts'
import { decisions } from './decisions.ts'
import { assurances } from './exchange/assurances.ts'
import { drafts } from './exchange/drafts.ts'
import { items } from './exchange/items.ts'
import { register } from './exchange/register.ts'
import { identity } from './identity.ts'
import { links } from './links.ts'
import { logistics } from './logistics.ts'
import type { Route } from './route.ts'

const PILLARS: readonly (readonly Readonly<Record<string, Route>>[])[] = [
  [identity],
  [consoleApi],
  [links],
  [decisions],
  [agreements],
  [drafts, items, register, assurances],
  [logistics],
]

export const ROUTES: readonly Route[] = PILLARS.flat().flatMap((routes) => Object.values(routes))
