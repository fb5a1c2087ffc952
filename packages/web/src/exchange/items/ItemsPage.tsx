/**
 * Items sent and received, newest first, loaded as the reader scrolls. The node filters; the filters are in
 * the address.
 */
import { items } from '#api/exchange/items.ts'
import type { ItemRow } from '#api/exchange/shapes.ts'
import { itemStates } from '#words/exchange/states.ts'
import { categories } from '#words/pillars.ts'
import { useNames } from '../../core/language.ts'
import { useText } from '../../core/texts.ts'
import { useRows } from '../../core/queries.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { PageFrame } from '../../ui/PageFrame.tsx'
import { PageLink } from '../../ui/PageLink.tsx'
import { Stamps } from '../../ui/Stamps.tsx'
import { VirtualTable } from '../../ui/VirtualTable.tsx'
import { useAddressQuery } from '../../ui/address.ts'
import type { TableColumn } from '../../ui/tableModel.ts'
import { listQuery } from '../listQuery.ts'
import { exchangeWords } from '../words.ts'
import { itemWords } from './words.ts'
import { useMarkingChoices } from '../markings.ts'
import { usePartnerChoices } from '../../core/nations.ts'
import { paths } from '../slice.ts'

export function Page() {
  const t = useText(itemWords, exchangeWords)
  const query = useAddressQuery()
  const listed = useRows(items.list, {
    ...listQuery(query, ['state', 'partner', 'marking', 'search']),
    limit: 100,
  })
  const columns = useColumns()
  return (
    <PageFrame title={t('itemsTitle')} needs={t('itemsLead')} failure={listed.refusal}>
      <VirtualTable
        label={t('itemsTitle')}
        columns={columns}
        rows={listed.rows}
        rowKey={(row) => row.id}
        hrefOf={(row) => paths.item(row.id)}
        filteredBy="node"
        isLoading={listed.isLoading}
        total={listed.total}
        more={listed.more}
        empty={
          <EmptyState step={<PageLink to={paths.compose()}>{t('writeReport')}</PageLink>}>
            {t('itemsEmpty')}
          </EmptyState>
        }
      />
    </PageFrame>
  )
}

function useColumns(): readonly TableColumn<ItemRow>[] {
  const t = useText(itemWords, exchangeWords)
  const stateName = useNames(itemStates)
  const categoryName = useNames(categories)
  const partners = usePartnerChoices() ?? []
  const markings = useMarkingChoices()
  return [
    {
      // Named `search` in the address: the node matches the beginning or end of control and register numbers.
      id: 'search',
      header: t('control'),
      width: 'minmax(168px, 1.2fr)',
      filter: 'text',
      onPhone: true,
      cell: (row) => row.control,
    },
    {
      id: 'direction',
      header: t('direction'),
      width: '84px',
      filter: (['sent', 'received'] as const).map((value) => ({ value, label: t(value) })),
      cell: (row) => t(row.direction),
    },
    {
      id: 'state',
      header: t('state'),
      width: '96px',
      filter: Object.keys(itemStates).map((value) => ({ value, label: stateName(value) })),
      cell: (row) => stateName(row.state),
    },
    {
      id: 'marking',
      header: t('markings'),
      width: 'minmax(min(200px, 40vw), 1.4fr)',
      filter: markings,
      onPhone: true,
      cell: (row) => <Stamps stamps={row.stamps} small />,
    },
    {
      id: 'partner',
      header: t('partner'),
      width: '114px',
      filter: partners,
      cell: (row) => {
        const code = row.direction === 'sent' ? row.stamps.recipient : row.stamps.originator
        return partners.find((partner) => partner.value === code)?.label ?? code
      },
    },
    {
      id: 'category',
      header: t('category'),
      width: 'minmax(90px, 0.9fr)',
      cell: (row) => categoryName(row.category),
    },
    { id: 'at', header: t('when'), width: 'minmax(165px, 260px)', cell: (row) => <Moment at={row.at} /> },
  ]
}
