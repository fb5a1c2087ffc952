/** People. */
import { address } from '../core/paths.ts'
import { page } from '../slice.ts'
import type { Slice } from '../slice.ts'
import { identityWords } from './words.ts'

export const paths = {
  people: address('/people'),
  person: address('/people/$person'),
}

export const slice: Slice = {
  pages: [
    page(paths.people, () => import('./PeoplePage.tsx')),
    page(paths.person, () => import('./PersonPage.tsx')),
  ],
  navigation: [{ rank: 90, label: identityWords.entries.peopleTitle, icon: 'persons', to: paths.people() }],
  detailPages: { person: { icon: 'persons', path: paths.person } },
}
