/** Rows of one height, as many as there is room for, and then how many more there are: a panel that never scrolls and never hides silently. */
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { rootPixels } from './root-pixels.ts'

interface FittedRowsProps<Row> {
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  readonly draw: (row: Row) => ReactNode
  /** In rem; the rows must have it. */
  readonly rowHeight: number
  /** Says "3 more" in the last line when some are left out; false where the whole is told elsewhere. */
  readonly countsHidden: boolean
  readonly label: string
}

export function FittedRows<Row>({ rows, keyOf, draw, rowHeight, countsHidden, label }: FittedRowsProps<Row>): ReactNode {
  const box = useRef<HTMLUListElement>(null)
  const [room, setRoom] = useState<number | null>(null)
  useLayoutEffect(() => {
    const list = box.current
    if (list === null || typeof ResizeObserver === 'undefined') return undefined
    const measure = (): void => {
      // A list that is not laid out has no height to go by.
      setRoom(list.clientHeight === 0 ? null : Math.max(1, Math.floor((list.clientHeight + 1) / (rowHeight * rootPixels()))))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(list)
    return () => {
      observer.disconnect()
    }
  }, [rowHeight])
  const shown = room === null || rows.length <= room ? rows : rows.slice(0, Math.max(1, countsHidden ? room - 1 : room))
  return (
    <ul ref={box} className="fitted-rows" aria-label={label} style={{ flexBasis: `${rows.length * rowHeight}rem` }}>
      {shown.map((row) => (
        <li key={keyOf(row)} style={{ height: `${rowHeight}rem` }}>
          {draw(row)}
        </li>
      ))}
      {countsHidden && shown.length < rows.length ? (
        <li className="small faint" style={{ height: `${rowHeight}rem` }}>
          {rows.length - shown.length} more
        </li>
      ) : null}
    </ul>
  )
}
