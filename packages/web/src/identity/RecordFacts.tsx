/** The facts of a person's record. */
import type { PersonRecord } from '#api/identity.ts'
import { authorities, roles as roleWords } from '#words/identity.ts'
import { useNames } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { FactList } from '../ui/FactList.tsx'
import type { Fact } from '../ui/FactList.tsx'
import { Moment } from '../ui/Moment.tsx'
import { useAnyOrganisationName } from '../law/organisations.ts'
import { identityWords } from './words.ts'

export function RecordFacts({ record }: { readonly record: PersonRecord }) {
  const t = useText(identityWords)
  const roleName = useNames(roleWords)
  const authorityName = useNames(authorities)
  const organisationName = useAnyOrganisationName()
  const facts: readonly Fact[] = [
    [t('personId'), <code key="id">{record.id}</code>],
    [t('organisation'), organisationName(record.organisation)],
    [t('roles'), record.roles.map(roleName).join(', ')],
    [
      t('authorities'),
      record.authorities.length === 0 ? t('noAuthorities') : record.authorities.map(authorityName).join(', '),
    ],
    [t('state'), t(record.active ? 'active' : 'inactive')],
    [t('activeFrom'), <Moment key="from" at={record.activeFrom} />],
    [
      t('activeUntil'),
      record.activeUntil === null ? t('noEnd') : <Moment key="until" at={record.activeUntil} />,
    ],
    [t('passwordSet'), t(record.hasPassword ? 'isSet' : 'notSet')],
    ...(record.lockedUntil === null
      ? []
      : [[t('lockedUntil'), <Moment key="locked" at={record.lockedUntil} relative />] as const]),
  ]
  return <FactList facts={facts} />
}
