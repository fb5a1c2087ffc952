/** A row of a virtual table. The first cell is the link; a click on the row follows it. */
import { PageLink } from './PageLink.tsx'
import { useGo } from './address.ts'
import type { TableColumn } from './tableModel.ts'
import classes from './VirtualTable.module.css'

interface Props<Row extends object> {
  readonly row: Row
  readonly columns: readonly TableColumn<Row>[]
  readonly index: number
  readonly topPx: number
  readonly heightPx: number
  readonly href: string | undefined
  readonly isCurrent: boolean
  readonly onCurrent: () => void
}

export function TableRow<Row extends object>({ row, columns, index, href, ...props }: Props<Row>) {
  const go = useGo()
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      data-row={index}
      data-current={props.isCurrent || undefined}
      data-opens={href !== undefined || undefined}
      tabIndex={props.isCurrent ? 0 : -1}
      className={classes.row}
      style={{
        gridTemplateColumns: columns.map((column) => column.width).join(' '),
        transform: `translateY(${props.topPx}px)`,
        height: props.heightPx,
      }}
      onFocus={props.onCurrent}
      onClick={(event) => {
        const isOnControl = event.target instanceof HTMLElement && event.target.closest('a, button') !== null
        if (href !== undefined && !isOnControl && getSelection()?.isCollapsed === true) go(href)
      }}
    >
      {columns.map((column, position) => (
        <div key={column.id} role="cell" className={classes.cell} data-align={column.align}>
          {position === 0 && href !== undefined ? (
            <PageLink to={href} className={classes.rowLink} tabIndex={-1}>
              {column.cell(row)}
            </PageLink>
          ) : (
            column.cell(row)
          )}
        </div>
      ))}
    </div>
  )
}
