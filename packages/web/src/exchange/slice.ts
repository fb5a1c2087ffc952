/** The exchange of information: its pages and the links to them. */
import { address } from '../core/paths.ts'
import { page } from '../slice.ts'
import type { Slice } from '../slice.ts'
import { draftWords } from './drafts/words.ts'
import { exchangeWords } from './words.ts'
import { itemWords } from './items/words.ts'
import { registerWords } from './register/words.ts'
import { CROSSINGS, TERMS } from './terms.tsx'

export const paths = {
  /** A new report; `derivedFrom` is the control number of a received item that it derives from. */
  compose: address('/compose', ['partner', 'derivedFrom']),
  draft: address('/drafts/$draft'),
  items: address('/items', ['direction', 'partner', 'search']),
  item: address('/items/$item'),
  register: address('/register', ['partner', 'search']),
  reconciliation: address('/register/reconciliation'),
  assurances: address('/register/assurances'),
}

export const slice: Slice = {
  pages: [
    page(paths.compose, () => import('./drafts/ComposePage.tsx')),
    page(paths.draft, () => import('./drafts/DraftPage.tsx')),
    page(paths.items, () => import('./items/ItemsPage.tsx')),
    page(paths.item, () => import('./items/ItemPage.tsx')),
    page(paths.register, () => import('./register/RegisterPage.tsx')),
    page(paths.reconciliation, () => import('./register/ReconciliationPage.tsx')),
    page(paths.assurances, () => import('./assurances/AssurancesPage.tsx')),
  ],
  navigation: [
    { rank: 10, label: draftWords.entries.composeTitle, icon: 'pen', to: paths.compose(), onPhone: true },
    { rank: 11, label: itemWords.entries.itemsTitle, icon: 'letter', to: paths.items(), onPhone: true },
    {
      rank: 12,
      label: registerWords.entries.registerTitle,
      icon: 'binder',
      to: paths.register(),
      onPhone: true,
    },
  ],
  detailPages: {
    draft: { icon: 'pen', path: paths.draft },
    item: { icon: 'letter', path: paths.item, statements: 'exchange.' },
    assurances: { icon: 'binder', path: () => paths.assurances() },
  },
  terms: TERMS,
  crossings: CROSSINGS,
  starts: [{ label: exchangeWords.entries.writeReport, to: paths.compose(), role: 'analyst' }],
}
