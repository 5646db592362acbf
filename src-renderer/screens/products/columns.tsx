/** A product in one line: each fact once where both sides say the same, and both words where they do not. */
import type { ReactNode } from 'react'
import type { ProductFace, ProductRow } from '../../../src-main/contract/product-views.ts'
import type { ProductField } from '../../../src-main/domain/product-faces.ts'
import { Cut } from '../../parts/cut.tsx'
import { count, grouped } from '../../parts/numbers.ts'
import { State } from '../../parts/state.tsx'
import type { Column } from '../../parts/table.tsx'

export const fieldWords: Readonly<Record<ProductField, string>> = {
  title: 'Title',
  unit: 'Unit',
  pack: 'Pieces in one',
  'tax-code': 'Tax code',
  price: 'List price',
  barcode: 'Barcode',
  active: 'On sale',
}

export const wordsOf: Readonly<Record<ProductField, (face: ProductFace) => string | null>> = {
  title: (face) => face.title,
  unit: (face) => face.unit,
  pack: (face) => face.packSize,
  'tax-code': (face) => face.taxCode,
  price: (face) => priceWords(face, 1),
  barcode: (face) => face.barcode,
  active: (face) => (face.active ? 'yes' : 'no'),
}

/** At most so many of them; a product may have one for each market. */
export function priceWords(face: ProductFace, most: number): string | null {
  const told = face.prices.slice(0, most).map(({ amount, currency, market }) => [market, grouped(amount), currency].filter((word) => word !== null).join(' '))
  const more = face.prices.length - told.length
  return told.length === 0 ? null : [...told, ...(more > 0 ? [`+${count(more)}`] : [])].join(', ')
}

function column(id: ProductField, width: string, align: 'left' | 'right' = 'left'): Column<ProductRow> {
  return { id, title: id === 'pack' ? 'Pack' : fieldWords[id], width, align, draw: (row) => <Fact row={row} field={id} /> }
}

export const productColumns: readonly Column<ProductRow>[] = [
  { id: 'sku', title: 'SKU', width: 'minmax(7rem, 1.2fr)', draw: (row) => <Cut text={row.sku === row.erpSku ? row.sku : `${row.sku} → ${row.erpSku}`} /> },
  column('title', 'minmax(8rem, 1.5fr)'),
  { id: 'where', title: 'Where', width: '5.75rem', draw: (row) => <Where row={row} /> },
  column('unit', 'minmax(4rem, 0.8fr)'),
  column('pack', '3.5rem', 'right'),
  column('tax-code', 'minmax(5rem, 1fr)'),
  column('price', 'minmax(6.75rem, 1fr)', 'right'),
  column('barcode', 'minmax(7.25rem, 1fr)'),
  column('active', '4.25rem'),
]

function Where({ row }: { readonly row: ProductRow }): ReactNode {
  if (row.erp === null) return <State look={{ word: 'Shop only', tone: 'high', shape: 'half' }} />
  if (row.shop === null) return <State look={{ word: 'ERP only', tone: 'low', shape: 'half' }} />
  if (row.shopCopies > 1 || row.erpCopies > 1) return <State look={{ word: 'Twice', tone: 'high', shape: 'bar' }} />
  return <span className="dim">both</span>
}

function Fact({ row, field }: { readonly row: ProductRow; readonly field: ProductField }): ReactNode {
  const [shop, erp] = [row.shop, row.erp].map((face) => (face === null ? null : wordsOf[field](face)))
  if (!row.differs.includes(field)) {
    const said = shop ?? erp
    if (said === null || said === undefined) return <span className="faint">—</span>
    return field === 'title' ? <Cut text={said} /> : <span title={said}>{said}</span>
  }
  const told = `${shop ?? 'nothing'} ≠ ${erp ?? 'nothing'}`
  return (
    <span className="cut fact-differs" title={`Shop: ${shop ?? 'nothing'}, ERP: ${erp ?? 'nothing'}`}>
      {told}
    </span>
  )
}
