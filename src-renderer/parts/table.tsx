/** A dense table for thousands of rows: only what is seen is drawn, and everything in it is reached by keyboard. */
import { type ColumnDef, tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type ReactNode, useMemo, useRef } from 'react'
import { rootPixels } from './root-pixels.ts'
import { useRowWalk } from './use-row-walk.ts'

export interface Column<Row> {
  readonly id: string
  readonly title: string
  /** A CSS grid track: `8rem`, `minmax(12rem, 2fr)`. */
  readonly width: string
  readonly align?: 'left' | 'right'
  readonly draw: (row: Row) => ReactNode
}

interface TableProps<Row> {
  readonly label: string
  readonly rows: readonly Row[]
  /** Keep it outside the component or memoised. */
  readonly columns: readonly Column<Row>[]
  readonly idOf: (row: Row) => string
  /** Enter, or a click; leave it out where rows lead nowhere. */
  readonly onOpen?: (row: Row) => void
  /** With it, Space and a box at the left choose rows. */
  readonly chosen?: ReadonlySet<string>
  readonly onChoose?: (ids: ReadonlySet<string>) => void
  /** What stands there when there are no rows. */
  readonly empty: ReactNode
  /** Rows before the first one here, and in all, when this is one page of more. */
  readonly offset?: number
  readonly total?: number
}

const features = tableFeatures({})
const rowHeight = 2.25

export function Table<Row extends object>(props: TableProps<Row>): ReactNode {
  const { rows, columns, idOf, label, chosen, onChoose } = props
  const box = useRef<HTMLDivElement>(null)
  // A drawing is a component: made anew it would replace each cell, and a click that began on the old one is lost.
  const definitions = useMemo(
    (): ColumnDef<typeof features, Row>[] => columns.map((column) => ({ id: column.id, header: column.title, cell: ({ row }) => column.draw(row.original) })),
    [columns],
  )
  const table = useTable({ features, columns: definitions, data: rows, getRowId: idOf })
  const model = table.getRowModel().rows
  // oxlint-disable-next-line react/incompatible-library -- its functions are used in this component only, and nothing here is memoised
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight * rootPixels(),
    getItemKey: (index) => model[index]?.id ?? index,
    overscan: 12,
  })
  const open = (index: number): void => {
    const row = rows[index]
    if (row !== undefined) props.onOpen?.(row)
  }
  const choose = (index: number): void => {
    const row = rows[index]
    if (row === undefined || chosen === undefined) return
    const next = new Set(chosen)
    if (!next.delete(idOf(row))) next.add(idOf(row))
    onChoose?.(next)
  }
  const scrollTo = (index: number): void => virtual.scrollToIndex(index, { align: 'auto' })
  const walk = useRowWalk({ label, box, count: rows.length, scrollTo, open, choose: chosen === undefined ? null : choose })
  if (rows.length === 0) return <>{props.empty}</>
  return (
    <div
      className="table"
      role="grid"
      aria-label={label}
      aria-rowcount={(props.total ?? rows.length) + 1}
      aria-multiselectable={chosen === undefined ? undefined : true}
      ref={box}
      style={{ '--tracks': tracksOf(columns, chosen !== undefined) } as CSSProperties /* custom properties are not in its type */}
    >
      <TableHead {...props} />
      <div className="table-body" role="rowgroup" style={{ height: virtual.getTotalSize() }} onKeyDown={walk.onKeyDown}>
        {virtual.getVirtualItems().map((item) => {
          const row = model[item.index]
          if (row === undefined) return null
          const isChosen = chosen?.has(row.id) === true
          return (
            <div
              key={row.id}
              role="row"
              className="table-row"
              data-index={item.index}
              data-chosen={isChosen || undefined}
              data-opens={props.onOpen === undefined ? undefined : true}
              aria-rowindex={(props.offset ?? 0) + item.index + 2}
              aria-selected={chosen === undefined ? undefined : isChosen}
              tabIndex={item.index === walk.active ? 0 : -1}
              style={{ transform: `translateY(${item.start}px)` }}
              onFocus={() => walk.setActive(item.index)}
              onClick={() => open(item.index)}
            >
              {chosen === undefined ? null : <Choice chosen={isChosen} onChoose={() => choose(item.index)} />}
              {row.getAllCells().map((cell, index) => (
                <span key={cell.id} role="gridcell" className="cut" data-align={columns[index]?.align}>
                  <table.FlexRender cell={cell} />
                </span>
              ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function TableHead<Row extends object>({ rows, columns, idOf, chosen, onChoose }: TableProps<Row>): ReactNode {
  return (
    <div className="table-head" role="row" aria-rowindex={1}>
      {chosen === undefined ? null : (
        <span role="columnheader">
          <input
            type="checkbox"
            aria-label="Choose all rows"
            checked={rows.every((row) => chosen.has(idOf(row)))}
            onChange={(event) => onChoose?.(new Set(event.currentTarget.checked ? rows.map(idOf) : []))}
          />
        </span>
      )}
      {columns.map((column) => (
        <span key={column.id} role="columnheader" data-align={column.align}>
          {column.title}
        </span>
      ))}
    </div>
  )
}

/** A click on the box chooses and does not open; by keyboard the row itself is chosen, so the box is not in the tab order. */
function Choice({ chosen, onChoose }: { readonly chosen: boolean; readonly onChoose: () => void }): ReactNode {
  return (
    <span role="gridcell" onClick={(event) => event.stopPropagation()}>
      <input type="checkbox" tabIndex={-1} aria-label="Choose this row" checked={chosen} onChange={onChoose} />
    </span>
  )
}

function tracksOf(columns: readonly { readonly width: string }[], chooses: boolean): string {
  return [...(chooses ? ['2rem'] : []), ...columns.map((column) => column.width)].join(' ')
}
