/** The API of a room or pillar for our own clients. `pillars.ts` lists all of them. */
import type { Authorities } from './authorities.ts'
import type { Route } from './route.ts'

export interface ApiPillar {
  /** Its contracts, in one record or one for each subject. */
  readonly routes: readonly Readonly<Record<string, Route>>[]
  /** The authorities that it gives to roles (ID-50). */
  readonly authorities?: Authorities
}
