/** The addresses of the exchange. */
import { page } from '../page.ts'
import { patterns } from '../paths.ts'

export const routes = [
  page(patterns.compose, () => import('./ComposePage.tsx')),
  page(patterns.draft, () => import('./DraftPage.tsx')),
  page(patterns.items, () => import('./ItemsPage.tsx')),
  page(patterns.item, () => import('./ItemPage.tsx')),
  page(patterns.register, () => import('./RegisterPage.tsx')),
  page(patterns.reconciliation, () => import('./ReconciliationPage.tsx')),
  page(patterns.assurances, () => import('./AssurancesPage.tsx')),
]
