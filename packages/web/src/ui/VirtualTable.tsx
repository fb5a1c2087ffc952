/**
 * A table of any length: renders only visible rows; filters and order are in the address. Keys: j, k, Enter.
 */
import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useText } from '../core/texts.ts'
import { EmptyState } from './EmptyState.tsx'
import { PageSkeleton } from './PageSkeleton.tsx'
import { TableHead } from './TableHead.tsx'
import { TableRow } from './TableRow.tsx'
import { useAddressQuery, useGo } from './address.ts'
import { useKeys } from './keys.ts'
import { useShownRows } from './tableModel.ts'
import type { FilteredBy, TableColumn } from './tableModel.ts'
import { uiWords } from './words.ts'
import classes from './VirtualTable.module.css'

const ROW_HEIGHT_PX = 32
const PHONE_ROW_HEIGHT_PX = 56
/** The next page is fetched when this many rows or fewer are left below. */
const ROWS_AHEAD = 30

interface Props<Row extends object> {
  /** What the table lists, for screen readers. */
  readonly label: string
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** The target of Enter or of a click on the row. */
  readonly hrefOf?: (row: Row) => string
  readonly filteredBy: FilteredBy
  readonly isLoading?: boolean
  /** The total number of rows, if the node states it. */
  readonly total?: number | null
  readonly more?: { readonly has: boolean; readonly isLoading: boolean; load(): void }
  /** Shown when there are no rows and no filters. */
  readonly empty: ReactNode
}

export function VirtualTable<Row extends object>(props: Props<Row>) {
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const query = useAddressQuery()
  const columns = isPhone ? props.columns.filter((column) => column.onPhone === true) : props.columns
  const shown = useShownRows({
    columns: props.columns,
    rows: props.rows,
    filteredBy: props.filteredBy,
    filterOf: query.get,
    order: query.get('sort'),
  })
  const filtered = props.columns.filter(
    (column) => column.filter !== undefined && query.get(column.id) !== '',
  )
  if (props.isLoading === true && props.rows.length === 0) return <PageSkeleton lines={10} />
  if (props.rows.length === 0 && filtered.length === 0) return props.empty
  const clear = (): void => query.set(Object.fromEntries(filtered.map((column) => [column.id, ''])))
  return (
    <div className={classes.table}>
      <TableHead columns={props.columns} shown={columns} isSortable={props.filteredBy === 'here'} />
      {shown.length === 0 ? (
        <NothingMatches onClear={clear} />
      ) : (
        <Body {...props} columns={columns} shown={shown} isPhone={isPhone} />
      )}
      <Count shown={shown.length} total={props.total ?? null} />
    </div>
  )
}

function NothingMatches({ onClear }: { readonly onClear: () => void }) {
  const t = useText(uiWords)
  return (
    <EmptyState step={<Button onClick={onClear}>{t('clearFilters')}</Button>}>
      {t('noRowsFiltered')}
    </EmptyState>
  )
}

function Count({ shown, total }: { readonly shown: number; readonly total: number | null }) {
  const t = useText(uiWords)
  const text = total === null || total === shown ? t('rows', { count: shown }) : t('rowsOf', { shown, total })
  return (
    <p className={classes.count}>
      <span role="status">{text}</span>
      <span className={classes.hint}>{t('keysHint')}</span>
    </p>
  )
}

interface BodyProps<Row extends object> extends Props<Row> {
  readonly shown: readonly Row[]
  readonly isPhone: boolean
}

function Body<Row extends object>({ shown, columns, isPhone, more, ...props }: BodyProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(0)
  const go = useGo()
  // oxlint-disable-next-line react/incompatible-library -- its functions are used only in this component.
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isPhone ? PHONE_ROW_HEIGHT_PX : ROW_HEIGHT_PX),
    overscan: 12,
  })
  useEffect(() => {
    virtual.measure()
  }, [virtual, isPhone])
  const items = virtual.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (more?.has === true && !more.isLoading && lastIndex >= shown.length - ROWS_AHEAD) more.load()
  }, [more, lastIndex, shown.length])

  const move = (by: number): void => {
    const next = Math.max(0, Math.min(shown.length - 1, current + by))
    setCurrent(next)
    virtual.scrollToIndex(next)
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus({ preventScroll: true })
    })
  }
  const open = (): void => {
    const row = shown[current]
    if (row !== undefined && props.hrefOf !== undefined) go(props.hrefOf(row))
  }
  useKeys({ j: () => move(1), k: () => move(-1), Enter: open })
  return (
    <div ref={scroller} className={classes.scroller}>
      <div
        role="table"
        aria-label={props.label}
        aria-rowcount={shown.length}
        style={{ height: virtual.getTotalSize(), position: 'relative' }}
      >
        {items.map((item) => {
          const row = shown[item.index]
          if (row === undefined) return null
          return (
            <TableRow
              key={props.rowKey(row)}
              row={row}
              columns={columns}
              index={item.index}
              topPx={item.start}
              heightPx={item.size}
              href={props.hrefOf?.(row)}
              isCurrent={item.index === current}
              onCurrent={() => setCurrent(item.index)}
            />
          )
        })}
      </div>
    </div>
  )
}
