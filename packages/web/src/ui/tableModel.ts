/** Filters and sorts the rows of a table as the address says, by TanStack Table. */
import {
  columnFilteringFeature,
  createFilteredRowModel,
  createSortedRowModel,
  filterFn_includesString,
  rowSortingFeature,
  sortFn_text,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import type { ReactNode } from 'react'

const features = tableFeatures({
  columnFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
  filterFns: { includesString: filterFn_includesString },
  sortFns: { text: sortFn_text },
})

export interface Choice {
  readonly value: string
  readonly label: string
}

export interface TableColumn<Row> {
  /** Also the name of its filter in the address. */
  readonly id: string
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  /** The value to filter and sort by; a column without it has neither. */
  readonly text?: (row: Row) => string
  /** A CSS grid track: `120px`, `minmax(160px, 2fr)`. */
  readonly width: string
  readonly filter?: 'text' | readonly Choice[]
  /** Whether a phone shows it; at least one column must. */
  readonly onPhone?: boolean
  readonly align?: 'end'
}

const NO_ROWS: readonly never[] = []

/** `here`: the page has all rows. `node`: the node filters and sorts them. */
export type FilteredBy = 'here' | 'node'

/** `-at` → sorted by `at`, descending. */
export function parseOrder(text: string): { readonly id: string; readonly desc: boolean }[] {
  if (text === '') return []
  return text.startsWith('-') ? [{ id: text.slice(1), desc: true }] : [{ id: text, desc: false }]
}

/** The order after a press on a column's name: ascending, then descending, then none. */
export function nextOrder(current: string, id: string): string {
  if (current === id) return `-${id}`
  return current === `-${id}` ? '' : id
}

interface Wanted<Row extends object> {
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: readonly Row[]
  readonly filteredBy: FilteredBy
  /** The value of a column's filter in the address. */
  readonly filterOf: (id: string) => string
  readonly order: string
}

/** Returns the rows to show, in order. */
export function useShownRows<Row extends object>(wanted: Wanted<Row>): readonly Row[] {
  const isHere = wanted.filteredBy === 'here'
  const table = useTable({
    features,
    // Rows that the node sorted are not sorted again.
    data: isHere ? wanted.rows : NO_ROWS,
    columns: wanted.columns.map((column) => ({
      id: column.id,
      accessorFn: (row: Row) => column.text?.(row) ?? '',
      filterFn: 'includesString' as const,
      sortFn: 'text' as const,
    })),
    state: {
      columnFilters: wanted.columns
        .filter((column) => wanted.filterOf(column.id) !== '')
        .map((column) => ({ id: column.id, value: wanted.filterOf(column.id) })),
      sorting: parseOrder(wanted.order),
    },
  })
  if (!isHere) return wanted.rows
  return table.getRowModel().rows.map((row) => row.original)
}
