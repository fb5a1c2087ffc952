/** Every route: one line for each room or pillar. A route that is not here is not served. */
import { agreements } from './agreements.ts'
import { joinAuthorities } from './authorities.ts'
import { consoleApi } from './console.ts'
import { decisions } from './decisions.ts'
import { exchange } from './exchange/pillar.ts'
import { identity } from './identity.ts'
import { links } from './links.ts'
import { logistics } from './logistics.ts'
import type { ApiPillar } from './pillar.ts'
import type { Route } from './route.ts'

const PILLARS: readonly ApiPillar[] = [
  { routes: [identity] },
  { routes: [consoleApi] },
  { routes: [links] },
  { routes: [decisions] },
  { routes: [agreements] },
  exchange,
  { routes: [logistics] },
]

export const ROUTES: readonly Route[] = PILLARS.flatMap(({ routes }) => routes.flatMap(Object.values<Route>))

/** The authorities of roles in all pillars. */
export const AUTHORITIES = joinAuthorities(PILLARS.flatMap(({ authorities }) => authorities ?? []))
