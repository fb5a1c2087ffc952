/** The addresses of people. */
import { page } from '../page.ts'
import { patterns } from '../paths.ts'

export const routes = [
  page(patterns.people, () => import('./PeoplePage.tsx')),
  page(patterns.person, () => import('./PersonPage.tsx')),
]
