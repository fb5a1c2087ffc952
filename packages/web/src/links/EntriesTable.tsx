/** The entries of one direction of a link, newest first: the statement, its state, its leaf hash. */
import { SegmentedControl } from '@mantine/core'
import { links } from '#api/links.ts'
import type { ReplyOf } from '#api/route.ts'
import { refusals, wordsOf } from '#words/pillars.ts'
import { useLanguage } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { useRows } from '../core/queries.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Moment } from '../ui/Moment.tsx'
import { PageLink } from '../ui/PageLink.tsx'
import { RefusalNotice } from '../ui/RefusalNotice.tsx'
import { VirtualTable } from '../ui/VirtualTable.tsx'
import { useAddressQuery } from '../ui/address.ts'
import { sizeText } from '../ui/moment.ts'
import type { TableColumn } from '../ui/tableModel.ts'
import { useEntryName } from './entryName.ts'
import { linkWords } from './words.ts'
import { pathOfMatter } from '../slices.ts'
import classes from './Links.module.css'

type Entry = ReplyOf<typeof links.listEntries>['rows'][number]

const DIRECTIONS = ['ours', 'theirs'] as const

interface Props {
  readonly partner: string
  readonly nation: string
}

export function EntriesTable({ partner, nation }: Props) {
  const t = useText(linkWords)
  const query = useAddressQuery()
  const direction = DIRECTIONS.find((name) => name === query.get('direction')) ?? 'ours'
  const entries = useRows(links.listEntries, { partner, direction })
  const columns = useColumns()
  return (
    <div className={classes.entries}>
      <SegmentedControl
        className={classes.directions ?? ''}
        aria-label={t('direction')}
        value={direction}
        onChange={(next) => query.set({ direction: next === 'ours' ? '' : next })}
        data={DIRECTIONS.map((value) => ({ value, label: t(value, { nation }) }))}
      />
      {entries.refusal !== null ? (
        <RefusalNotice refusal={entries.refusal} />
      ) : (
        <VirtualTable
          label={t('entriesLabel')}
          columns={columns}
          rows={entries.rows}
          rowKey={(entry) =>
            `${entry.direction} ${entry.state === 'pending' ? entry.statement : entry.index}`
          }
          filteredBy="node"
          isLoading={entries.isLoading}
          total={entries.total}
          more={entries.more}
          empty={<EmptyState>{t('entriesEmpty')}</EmptyState>}
        />
      )}
    </div>
  )
}

function useColumns(): readonly TableColumn<Entry>[] {
  const t = useText(linkWords)
  const name = useEntryName()
  return [
    {
      id: 'index',
      header: t('index'),
      width: '64px',
      onPhone: true,
      align: 'end',
      cell: (entry) => entry.index,
    },
    {
      id: 'kind',
      header: t('kind'),
      width: 'minmax(150px, 1.4fr)',
      onPhone: true,
      cell: (entry) => name(entry.kind),
    },
    {
      id: 'reference',
      header: t('reference'),
      width: '150px',
      cell: (entry) => <Reference entry={entry} />,
    },
    {
      id: 'state',
      header: t('state'),
      width: 'minmax(96px, 1fr)',
      onPhone: true,
      cell: (entry) => <EntryState entry={entry} />,
    },
    { id: 'at', header: t('at'), width: '260px', cell: (entry) => <Moment at={entry.at} /> },
    {
      id: 'size',
      header: t('sizeBytes'),
      width: '70px',
      align: 'end',
      cell: (entry) => sizeText(entry.sizeBytes),
    },
    {
      id: 'leaf',
      header: t('leafHash'),
      width: 'minmax(120px, 1fr)',
      cell: (entry) => (
        <span className="exact" title={entry.leafHash}>
          {entry.leafHash}
        </span>
      ),
    },
  ]
}

/** The reference; a link to the statement's matter if that has a page. */
function Reference({ entry }: { readonly entry: Entry }) {
  if (entry.reference === null) return null
  const path = entry.matter === null ? null : pathOfMatter(entry.kind, entry.matter)
  return path === null ? entry.reference : <PageLink to={path}>{entry.reference}</PageLink>
}

function EntryState({ entry }: { readonly entry: Entry }) {
  const t = useText(linkWords)
  const [language] = useLanguage()
  const { code } = entry
  return (
    <span className={classes.entryState} data-state={entry.state}>
      {t(`state_${entry.state}`)}
      {code !== null && (
        <span className="exact" title={wordsOf(refusals, code)?.[language] ?? code}>
          {' '}
          {code}
        </span>
      )}
    </span>
  )
}
