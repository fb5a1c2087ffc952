/** The facts of an item. */
import type { ItemView } from '#api/exchange/shapes.ts'
import { categories, purposes } from '#words/pillars.ts'
import { useNames } from '../../core/language.ts'
import { useText } from '../../core/texts.ts'
import { PageLink } from '../../ui/PageLink.tsx'
import { instrumentName } from '../../ui/citation.ts'
import { sizeText } from '../../ui/moment.ts'
import { FactList } from '../../ui/FactList.tsx'
import type { Fact } from '../../ui/FactList.tsx'
import { useOrganisationName } from '../../law/organisations.ts'
import { exchangeWords } from '../words.ts'
import { itemWords } from './words.ts'
import { useNationName } from '../../core/nations.ts'
import { paths as agreementPaths } from '../../agreements/slice.ts'
import { paths } from '../slice.ts'

export function ItemFacts({ item }: { readonly item: ItemView }) {
  const t = useText(itemWords, exchangeWords)
  const categoryName = useNames(categories)
  const purposeName = useNames(purposes)
  const nationName = useNationName()
  const organisationName = useOrganisationName(item.instrument)
  const facts: readonly Fact[] = [
    [t('control'), item.control],
    [t('registered'), item.registered ?? '–'],
    [t('originator'), nationName(item.stamps.originator)],
    [t('to'), `${nationName(item.stamps.recipient)}, ${organisationName(item.organisation)}`],
    [t('category'), categoryName(item.category)],
    [t('purpose'), purposeName(item.purpose)],
    [
      t('agreement'),
      <PageLink key="agreement" to={agreementPaths.agreement(item.instrument)}>
        {instrumentName(item.instrument)}
      </PageLink>,
    ],
    [
      t('derivedFrom'),
      item.derivedFrom.length === 0
        ? t('nothingDerived')
        : item.derivedFrom.map((control) => (
            <PageLink key={control} to={paths.items({ search: control })}>
              {control}
            </PageLink>
          )),
    ],
    [
      t('size'),
      `${sizeText(item.payload.sizeBytes)}, ${t(item.payload.here ? 'contentHere' : 'contentAway')}`,
    ],
    [t('contentDigest'), <code key="payload">{item.payload.digest}</code>],
    [t('digest'), <code key="proposal">{item.proposalDigest}</code>],
    [t('profile'), <code key="profile">{item.profile}</code>],
  ]
  return <FactList facts={facts} />
}
