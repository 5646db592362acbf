/** A SKU at a location in one line: both sides' figures, what should be on sale, and how long changes take to show. */
import type { ReactNode } from 'react'
import { compare } from '../../../src-main/domain/decimal.ts'
import type { StockRow } from '../../../src-main/contract/stock-views.ts'
import { useClock } from '../../clock.ts'
import { Cut } from '../../parts/cut.tsx'
import { grouped, shortSpanOf, spanOf } from '../../parts/numbers.ts'
import { State, type StateLook } from '../../parts/state.tsx'
import type { Column } from '../../parts/table.tsx'

export const stockColumns: readonly Column<StockRow>[] = [
  { id: 'sku', title: 'SKU', width: 'minmax(9rem, 2fr)', draw: (row) => <Named row={row} /> },
  { id: 'location', title: 'Location', width: 'minmax(5rem, 1fr)', draw: (row) => <Cut text={row.location} /> },
  { id: 'shop', title: 'On sale', width: '4.5rem', align: 'right', draw: (row) => <Units figure={row.shop} strong={row.behindSince !== null} /> },
  { id: 'erp', title: 'In the ERP', width: '4.5rem', align: 'right', draw: (row) => <Units figure={row.erp} /> },
  { id: 'expected', title: 'Should show', width: '5rem', align: 'right', draw: (row) => <Units figure={row.expected} strong={row.behindSince !== null} /> },
  { id: 'behind', title: 'Standing', width: '7.75rem', draw: (row) => <Standing row={row} /> },
  { id: 'p50', title: 'p50', width: '3.25rem', align: 'right', draw: (row) => <Took span={row.staleness.p50Ms} /> },
  { id: 'p95', title: 'p95', width: '3.25rem', align: 'right', draw: (row) => <Took span={row.staleness.p95Ms} /> },
  { id: 'max', title: 'Longest', width: '3.5rem', align: 'right', draw: (row) => <Took span={row.staleness.maxMs} /> },
  { id: 'resolution', title: '±', width: '3rem', align: 'right', draw: (row) => <Took span={row.resolutionMs} /> },
]

function Named({ row }: { readonly row: StockRow }): ReactNode {
  return (
    <span className="cut" title={row.title === null ? row.sku : `${row.sku}, ${row.title}`}>
      {row.sku} {row.title === null ? null : <bdi className="faint">{row.title}</bdi>}
    </span>
  )
}

export function Units({ figure, strong = false }: { readonly figure: string | null; readonly strong?: boolean }): ReactNode {
  if (figure === null) return <span className="faint">—</span>
  const text = grouped(figure)
  return strong ? <strong title={text}>{text}</strong> : <span title={text}>{text}</span>
}

function Took({ span }: { readonly span: number | null }): ReactNode {
  if (span === null) return <span className="faint">—</span>
  return <span title={spanOf(span)}>{shortSpanOf(span)}</span>
}

const agrees: StateLook = { word: 'Agrees', tone: 'good', shape: 'tick' }

function Standing({ row }: { readonly row: StockRow }): ReactNode {
  const { behindSince } = row
  const age = useClock((now) => (behindSince === null ? null : shortSpanOf(now - behindSince)))
  if (age === null) return <State look={agrees} />
  return <State look={{ ...behindLook(row), word: `${compare(row.shop, row.expected) > 0 ? 'Too many' : 'Too few'}, ${age}` }} />
}

/** Sold though there is nothing is worse than not sold though there is something. */
export function behindLook({ shop, expected }: Pick<StockRow, 'shop' | 'expected'>): Pick<StateLook, 'tone' | 'shape'> {
  if (compare(shop, expected) <= 0) return { tone: 'medium', shape: 'half' }
  return compare(expected, '0') === 0 ? { tone: 'critical', shape: 'cross' } : { tone: 'high', shape: 'dot' }
}
