/** Decisions of the gate, explained. */
import { address } from '../core/paths.ts'
import { page } from '../slice.ts'
import type { Slice } from '../slice.ts'

export const paths = { decision: address('/decisions/$decision') }

export const slice: Slice = {
  pages: [page(paths.decision, () => import('./DecisionPage.tsx'))],
}
