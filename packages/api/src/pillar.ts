/** What a room or pillar offers to our own clients, as `pillars.ts` lists it. */
import type { Authorities } from './authorities.ts'
import type { Route } from './route.ts'

export interface ApiPillar {
  /** Its contracts, in one record or one for each subject. */
  readonly routes: readonly Readonly<Record<string, Route>>[]
  /** What the offices that it gives work to bind the nation to (ID-50). */
  readonly authorities?: Authorities
}
