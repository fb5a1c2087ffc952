/** The header of a virtual table: column names that sort the rows, and filters, which are in the address. */
import { NativeSelect, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useText } from '../core/texts.ts'
import { useAddressQuery } from './address.ts'
import { nextOrder } from './tableModel.ts'
import type { TableColumn } from './tableModel.ts'
import { uiWords } from './words.ts'
import classes from './VirtualTable.module.css'

/** The pause in typing after which the rows are filtered. */
const FILTER_DELAY_MS = 180

interface Props<Row> {
  readonly columns: readonly TableColumn<Row>[]
  /** The columns that fit the screen. */
  readonly shown: readonly TableColumn<Row>[]
  readonly isSortable: boolean
}

export function TableHead<Row>({ columns, shown, isSortable }: Props<Row>) {
  const isFiltered = columns.some((column) => column.filter !== undefined)
  const template = { gridTemplateColumns: shown.map((column) => column.width).join(' ') }
  return (
    <>
      <div className={classes.head} style={template}>
        {shown.map((column) => (
          <div key={column.id} className={classes.headCell} data-align={column.align}>
            {isSortable && column.text !== undefined ? <OrderButton column={column} /> : column.header}
          </div>
        ))}
      </div>
      {isFiltered && (
        <div className={classes.filters} style={template}>
          {columns.map((column) => (
            <div key={column.id} data-off={!shown.includes(column) || undefined}>
              {column.filter !== undefined && <Filter column={column} isUnderName={shown.includes(column)} />}
            </div>
          ))}
        </div>
      )}
    </>
  )
}

function OrderButton<Row>({ column }: { readonly column: TableColumn<Row> }) {
  const query = useAddressQuery()
  const order = query.get('sort')
  const arrow = order === column.id ? ' ↑' : order === `-${column.id}` ? ' ↓' : ''
  return (
    <button
      type="button"
      className={classes.order}
      onClick={() => query.set({ sort: nextOrder(order, column.id) })}
      aria-pressed={arrow !== ''}
    >
      {column.header}
      {arrow}
    </button>
  )
}

interface FilterProps<Row> {
  readonly column: TableColumn<Row>
  /** The column's name is above the field and is not repeated. */
  readonly isUnderName: boolean
}

function Filter<Row>({ column, isUnderName }: FilterProps<Row>) {
  const t = useText(uiWords)
  const query = useAddressQuery()
  const label = t('filter', { column: column.header })
  const value = query.get(column.id)
  if (column.filter === undefined) return null
  if (column.filter === 'text') return <TextFilter id={column.id} label={label} />
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={value}
      onChange={(event) => query.set({ [column.id]: event.currentTarget.value })}
      data={[
        { value: '', label: isUnderName ? t('all') : t('allOf', { column: column.header }) },
        ...column.filter,
      ]}
    />
  )
}

function TextFilter({ id, label }: { readonly id: string; readonly label: string }) {
  const query = useAddressQuery()
  const inAddress = query.get(id)
  const [typed, setTyped] = useState(inAddress)
  const [followed, setFollowed] = useState(inAddress)
  // The address changed elsewhere (back, a link, "clear"): the field follows.
  if (followed !== inAddress) {
    setFollowed(inAddress)
    setTyped(inAddress)
  }
  useEffect(() => {
    if (typed === inAddress) return undefined
    const timer = setTimeout(() => query.set({ [id]: typed }), FILTER_DELAY_MS)
    return () => clearTimeout(timer)
  }, [typed, inAddress, id, query])
  return (
    <TextInput
      size="xs"
      aria-label={label}
      placeholder={label}
      value={typed}
      maxLength={80}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  )
}
