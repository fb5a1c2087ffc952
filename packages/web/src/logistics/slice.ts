/** Orders for supplies and services. */
import { address } from '../core/paths.ts'
import { page } from '../slice.ts'
import type { Slice } from '../slice.ts'
import { logisticsWords } from './words.ts'

export const paths = { orders: address('/orders', ['partner']) }

export const slice: Slice = {
  pages: [page(paths.orders, () => import('./OrdersPage.tsx'))],
  navigation: [{ rank: 40, label: logisticsWords.entries.title, icon: 'box', to: paths.orders() }],
}
