/** The plain particulars of an item. */
import type { ReactNode } from 'react'
import type { ItemView } from '#api/exchange/shapes.ts'
import { useText } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { useNationName } from '../shell/nationName.ts'
import { PageLink } from '../ui/PageLink.tsx'
import { instrumentName } from '../ui/citation.ts'
import { sizeText } from '../ui/moment.ts'
import { FactList } from './FactList.tsx'
import { useOrganisationName } from './organisations.ts'
import { useWords } from './words.ts'

export function ItemFacts({ item }: { readonly item: ItemView }) {
  const t = useText('exchange')
  const word = useWords()
  const nationName = useNationName()
  const organisationName = useOrganisationName(item.instrument)
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('control'), item.control],
    [t('registered'), item.registered ?? '–'],
    [t('originator'), nationName(item.stamps.originator)],
    [t('to'), `${nationName(item.stamps.recipient)}, ${organisationName(item.organisation)}`],
    [t('category'), word('category', item.category)],
    [t('purpose'), word('purpose', item.purpose)],
    [
      t('agreement'),
      <PageLink key="agreement" to={paths.agreement(item.instrument)}>
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
