/** The desk. */
import { HOME, address } from '../core/paths.ts'
import { page } from '../slice.ts'
import type { Slice } from '../slice.ts'
import { deskWords } from './words.ts'

export const paths = { desk: address(HOME) }

export const slice: Slice = {
  pages: [page(paths.desk, () => import('./DeskPage.tsx'))],
  navigation: [{ rank: 0, label: deskWords.entries.title, icon: 'tray', to: paths.desk(), onPhone: true }],
}
