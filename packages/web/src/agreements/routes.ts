/** The addresses of the agreements. */
import { page } from '../page.ts'
import { patterns } from '../paths.ts'

export const routes = [
  page(patterns.agreements, () => import('./AgreementsPage.tsx')),
  page(patterns.agreement, () => import('./AgreementPage.tsx')),
]
