/** Agreements: their pages, the panel for articles beside any page, and the search for articles by number. */
import { address } from '../core/paths.ts'
import { page, part } from '../slice.ts'
import type { Slice } from '../slice.ts'
import { useFoundArticles } from './foundArticles.ts'
import { CROSSINGS, TERMS } from './terms.tsx'
import { agreementWords } from './words.ts'

export const paths = {
  agreements: address('/agreements', ['on']),
  /** `on` is the day of the view, `at` the article that is shown. */
  agreement: address('/agreements/$instrument', ['on', 'at']),
}

export const slice: Slice = {
  pages: [
    page(paths.agreements, () => import('./AgreementsPage.tsx')),
    page(paths.agreement, () => import('./AgreementPage.tsx')),
  ],
  navigation: [{ rank: 30, label: agreementWords.entries.title, icon: 'document', to: paths.agreements() }],
  detailPages: { agreement: { icon: 'document', path: paths.agreement } },
  finder: {
    label: agreementWords.entries.articles,
    icon: 'book',
    useFound: (words) => useFoundArticles(words, paths.agreement),
  },
  terms: TERMS,
  crossings: CROSSINGS,
  Beside: part(() => import('./ArticlePanel.tsx')),
}
