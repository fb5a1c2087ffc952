/** The plain facts of a person's record. */
import type { ReactNode } from 'react'
import type { PersonRecord } from '#api/identity.ts'
import { useText } from '../i18n/index.ts'
import { Moment } from '../ui/Moment.tsx'
import { useAnyOrganisationName } from '../exchange/organisations.ts'
import { useAuthorityName } from './authorityName.ts'
import { useRoleName } from './roleName.ts'
import classes from './Identity.module.css'

export function RecordFacts({ record }: { readonly record: PersonRecord }) {
  const t = useText('identity')
  const roleName = useRoleName()
  const authorityName = useAuthorityName()
  const organisationName = useAnyOrganisationName()
  const facts: readonly (readonly [string, ReactNode])[] = [
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
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
