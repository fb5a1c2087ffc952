/** Rows of a table after the filters and the order that the address names, by TanStack Table. */
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
  /** What is filtered and ordered by; a column without it is neither. */
  readonly text?: (row: Row) => string
  /** A CSS grid track: `120px`, `minmax(160px, 2fr)`. */
  readonly width: string
  readonly filter?: 'text' | readonly Choice[]
  /** Whether a phone shows it; at least one column must. */
  readonly onPhone?: boolean
  readonly align?: 'end'
}

const NO_ROWS: readonly never[] = []

/** `here`: all rows are in the page. `node`: the node filtered and ordered them. */
export type FilteredBy = 'here' | 'node'

/** `-at` → ordered by `at`, the greatest first. */
export function parseOrder(text: string): { readonly id: string; readonly desc: boolean }[] {
  if (text === '') return []
  return text.startsWith('-') ? [{ id: text.slice(1), desc: true }] : [{ id: text, desc: false }]
}

/** The order after a press on a column's head: first up, then down, then none. */
export function nextOrder(current: string, id: string): string {
  if (current === id) return `-${id}`
  return current === `-${id}` ? '' : id
}

interface Wanted<Row extends object> {
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: readonly Row[]
  readonly filteredBy: FilteredBy
  /** The value of a filter in the address, by the column's id. */
  readonly filterOf: (id: string) => string
  readonly order: string
}

/** Gives the rows to show, in their order. */
export function useShownRows<Row extends object>(wanted: Wanted<Row>): readonly Row[] {
  const isHere = wanted.filteredBy === 'here'
  const table = useTable({
    features,
    // Rows that the node ordered are not ordered again.
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
