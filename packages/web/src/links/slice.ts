/** Links with partners. */
import { address } from '../core/paths.ts'
import { page, part } from '../slice.ts'
import type { Slice } from '../slice.ts'
import { linkWords } from './words.ts'

export const paths = {
  links: address('/links'),
  link: address('/links/$partner', ['direction']),
}

export const slice: Slice = {
  pages: [
    page(paths.links, () => import('./LinksPage.tsx')),
    page(paths.link, () => import('./LinkPage.tsx')),
  ],
  navigation: [{ rank: 20, label: linkWords.entries.title, icon: 'arrows', to: paths.links() }],
  detailPages: { link: { icon: 'arrows', path: paths.link } },
  Bar: part(() => import('./PartnerChips.tsx')),
}
