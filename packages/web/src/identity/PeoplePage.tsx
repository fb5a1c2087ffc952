/** The people of this node: offices, roles, clearances; filters and order are in the address. */
import { useState } from 'react'
import { ROLES, identity } from '#api/identity.ts'
import type { PersonRow } from '#api/identity.ts'
import { roles as roleWords } from '#words/identity.ts'
import { useNames } from '../core/language.ts'
import { useAnyOrganisationName } from '../law/organisations.ts'
import { useText } from '../core/texts.ts'
import { refusalOf, useRoute } from '../core/queries.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import { VirtualTable } from '../ui/VirtualTable.tsx'
import type { TableColumn } from '../ui/tableModel.ts'
import { NewPersonForm } from './NewPersonForm.tsx'
import { identityWords } from './words.ts'
import { paths } from './slice.ts'

export function Page() {
  const t = useText(identityWords)
  const people = useRoute(identity.listPeople, {})
  const [isEntering, setEntering] = useState(false)
  const columns = useColumns()
  return (
    <PageFrame
      title={t('peopleTitle')}
      needs={t('peopleLead')}
      failure={refusalOf(people.error)}
      isLoading={people.data === undefined}
      actions={
        people.data === undefined
          ? []
          : [
              {
                id: 'create',
                label: t('enterPerson'),
                can: people.data.can.create,
                onPress: () => setEntering(true),
                primary: true,
              },
            ]
      }
    >
      {isEntering && <NewPersonForm onClose={() => setEntering(false)} />}
      <VirtualTable
        label={t('peopleTitle')}
        columns={columns}
        rows={people.data?.rows ?? []}
        rowKey={(row) => row.id}
        hrefOf={(row) => paths.person(row.id)}
        filteredBy="here"
        empty={<EmptyState>{t('peopleEmpty')}</EmptyState>}
      />
    </PageFrame>
  )
}

function useColumns(): readonly TableColumn<PersonRow>[] {
  const t = useText(identityWords)
  const roleName = useNames(roleWords)
  const organisationName = useAnyOrganisationName()
  return [
    {
      id: 'office',
      header: t('office'),
      width: 'minmax(160px, 2fr)',
      filter: 'text',
      onPhone: true,
      text: (row) => row.office,
      cell: (row) => row.office,
    },
    {
      id: 'organisation',
      header: t('organisation'),
      width: 'minmax(120px, 1.5fr)',
      filter: 'text',
      text: (row) => organisationName(row.organisation),
      cell: (row) => organisationName(row.organisation),
    },
    {
      id: 'roles',
      header: t('roles'),
      width: 'minmax(160px, 2fr)',
      filter: ROLES.map((role) => ({ value: role, label: roleName(role) })),
      text: (row) => row.roles.join(' '),
      cell: (row) => row.roles.map(roleName).join(', '),
    },
    {
      id: 'clearance',
      header: t('clearance'),
      width: 'minmax(130px, 1fr)',
      onPhone: true,
      text: (row) => row.clearance?.marking ?? '',
      cell: (row) => <ClearanceCell clearance={row.clearance} />,
    },
    {
      id: 'state',
      header: t('state'),
      width: '110px',
      text: (row) => t(row.active ? 'active' : 'inactive'),
      cell: (row) => t(row.active ? 'active' : 'inactive'),
    },
  ]
}

/**
 * Not a stamp: a clearance is a level of a person, not the marking of shown content, so the banner ignores
 * it.
 */
function ClearanceCell({ clearance }: { readonly clearance: PersonRow['clearance'] }) {
  const t = useText(identityWords)
  if (clearance === null) return <>{t('noClearance')}</>
  return (
    <>
      {clearance.marking}
      {clearance.valid ? '' : ` (${t('ended')})`}
    </>
  )
}
