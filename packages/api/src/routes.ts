/** Every route there is. What is not here is not served. */
import { agreements } from './agreements.ts'
import { exchange } from './exchange.ts'
import { federation } from './federation.ts'
import { identity } from './identity.ts'
import type { Route } from './route.ts'

export const ROUTES: readonly Route[] = [identity, exchange, agreements, federation].flatMap(
  (slice) => Object.values(slice) as Route[],
)
