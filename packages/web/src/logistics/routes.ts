/** The address of the question whether an order is permitted. */
import { page } from '../page.ts'
import { patterns } from '../paths.ts'

export const routes = [page(patterns.orders, () => import('./OrdersPage.tsx'))]
