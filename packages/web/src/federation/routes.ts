/** The addresses of the links and of decisions explained. */
import { page } from '../page.ts'
import { patterns } from '../paths.ts'

export const routes = [
  page(patterns.links, () => import('./LinksPage.tsx')),
  page(patterns.link, () => import('./LinkPage.tsx')),
  page(patterns.decision, () => import('./DecisionPage.tsx')),
]
