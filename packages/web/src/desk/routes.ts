/** The address of the desk. */
import { page } from '../page.ts'
import { patterns } from '../paths.ts'

export const routes = [page(patterns.desk, () => import('./DeskPage.tsx'))]
