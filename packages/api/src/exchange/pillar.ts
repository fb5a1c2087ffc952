/** Information under agreements, as clients see it. */
import type { ApiPillar } from '../pillar.ts'
import { assurances } from './assurances.ts'
import { exchangeAuthorities } from './authorities.ts'
import { drafts } from './drafts.ts'
import { items } from './items.ts'
import { register } from './register.ts'

export const exchange: ApiPillar = {
  routes: [drafts, items, register, assurances],
  authorities: exchangeAuthorities,
}
