/** The register: every copy, its markings and its holder (Art. 6(e)); CSV export for inspections. */
import { useState } from 'react'
import { register } from '#api/exchange/register.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { ReplyOf } from '#api/route.ts'
import { itemStates } from '#words/exchange/states.ts'
import { useNames } from '../../core/language.ts'
import { bytesAddress } from '../../core/client.ts'
import { useText } from '../../core/texts.ts'
import { useRows } from '../../core/queries.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { PageFrame } from '../../ui/PageFrame.tsx'
import { Stamps } from '../../ui/Stamps.tsx'
import { VirtualTable } from '../../ui/VirtualTable.tsx'
import { useAddressQuery } from '../../ui/address.ts'
import { Icon } from '../../ui/icons.tsx'
import type { TableColumn } from '../../ui/tableModel.ts'
import { RegisterTabs } from './RegisterTabs.tsx'
import { saveBytes } from '../../core/bytes.ts'
import { listQuery } from '../listQuery.ts'
import { exchangeWords } from '../words.ts'
import { registerWords } from './words.ts'
import { useNationName, usePartnerChoices } from '../../core/nations.ts'
import { paths } from '../slice.ts'

type RegisterRow = ReplyOf<typeof register.list>['rows'][number]

export function Page() {
  const t = useText(registerWords, exchangeWords)
  const query = useAddressQuery()
  const listed = useRows(register.list, { ...listQuery(query, ['partner', 'search']), limit: 100 })
  const columns = useColumns()
  const [isSaving, setSaving] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const partner = query.get('partner')
  const save = async (): Promise<void> => {
    setSaving(true)
    const input = partner === '' ? {} : { partner }
    const saved = await saveBytes(bytesAddress(register.export, input), 'register.csv')
    setRefusal(isRefusal(saved) ? saved : null)
    setSaving(false)
  }
  return (
    <PageFrame
      title={t('registerTitle')}
      aside={<RegisterTabs />}
      needs={t('registerLead')}
      failure={listed.refusal}
      refusal={refusal}
      actions={[
        {
          id: 'csv',
          label: t('csv'),
          can: listed.refusal ?? true,
          onPress: () => void save(),
          isRunning: isSaving,
          icon: <Icon name="download" />,
        },
      ]}
    >
      <VirtualTable
        label={t('registerTitle')}
        columns={columns}
        rows={listed.rows}
        rowKey={(row) => row.item}
        hrefOf={(row) => paths.item(row.item)}
        filteredBy="node"
        isLoading={listed.isLoading}
        total={listed.total}
        more={listed.more}
        empty={<EmptyState>{t('registerEmpty')}</EmptyState>}
      />
    </PageFrame>
  )
}

function useColumns(): readonly TableColumn<RegisterRow>[] {
  const t = useText(registerWords, exchangeWords)
  const stateName = useNames(itemStates)
  const nationName = useNationName()
  const partners = usePartnerChoices() ?? []
  return [
    {
      id: 'search',
      header: t('control'),
      width: 'minmax(168px, 1fr)',
      filter: 'text',
      onPhone: true,
      cell: (row) => row.control,
    },
    {
      id: 'registered',
      header: t('registered'),
      width: 'minmax(118px, 0.9fr)',
      cell: (row) => row.registered ?? '–',
    },
    {
      id: 'direction',
      header: t('direction'),
      width: '78px',
      filter: (['sent', 'received'] as const).map((value) => ({ value, label: t(value) })),
      cell: (row) => t(row.direction),
    },
    {
      id: 'partner',
      header: t('partner'),
      width: '112px',
      filter: partners,
      cell: (row) => nationName(row.partner),
    },
    {
      id: 'markings',
      header: t('markings'),
      width: 'minmax(min(162px, 40vw), 1.2fr)',
      onPhone: true,
      cell: (row) => <Stamps stamps={row.stamps} small />,
    },
    { id: 'state', header: t('state'), width: '80px', cell: (row) => stateName(row.state) },
    { id: 'holder', header: t('holder'), width: '114px', cell: (row) => nationName(row.holder) },
    {
      id: 'at',
      header: t('entered'),
      width: 'minmax(165px, 250px)',
      cell: (row) => <Moment at={row.enteredAt} />,
    },
  ]
}
