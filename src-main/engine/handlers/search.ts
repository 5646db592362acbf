/** Answers the search over everything: by how a key begins, along the index of keys, never by reading what they name. */
import type { FoundKind, FoundView, SearchView } from '../../contract/order-views.ts'
import type { Pair } from '../../domain/pair.ts'
import type { RecordKey, StreamName } from '../../domain/records.ts'
import { numbersOf } from '../reconcile/match.ts'
import { type Rooms, os } from './rooms.ts'

/** In all, and of one kind: what is looked for is near the top, or more must be typed. */
const foundMax = 50
const ofKindMax = 12

interface Place {
  readonly kind: FoundKind
  readonly side: 'shop' | 'erp'
  readonly stream: StreamName
  /** null: the platform's own id. */
  readonly by: RecordKey['name'] | null
  /** Written in small letters in the index. */
  readonly lower?: true
}

/** Where to look, in the order in which it is told. */
const places: readonly Place[] = [
  { kind: 'order', side: 'shop', stream: 'orders', by: 'number' },
  { kind: 'erp-order', side: 'erp', stream: 'orders', by: 'number' },
  { kind: 'erp-order', side: 'erp', stream: 'orders', by: 'reference' },
  { kind: 'erp-order', side: 'erp', stream: 'orders', by: 'email', lower: true },
  { kind: 'invoice', side: 'erp', stream: 'invoices', by: 'number' },
  { kind: 'credit-note', side: 'erp', stream: 'credit-notes', by: 'number' },
  { kind: 'product', side: 'shop', stream: 'products', by: 'sku' },
  { kind: 'product', side: 'erp', stream: 'products', by: 'sku' },
  { kind: 'product', side: 'shop', stream: 'stock', by: 'sku' },
  { kind: 'product', side: 'erp', stream: 'products', by: 'barcode' },
  { kind: 'customer', side: 'erp', stream: 'customers', by: 'number' },
  { kind: 'customer', side: 'erp', stream: 'customers', by: null },
  { kind: 'customer', side: 'erp', stream: 'customers', by: 'email', lower: true },
  { kind: 'customer', side: 'shop', stream: 'customers', by: null },
  { kind: 'customer', side: 'shop', stream: 'customers', by: 'email', lower: true },
]

export function searchHandlers(rooms: Rooms) {
  return { find: os.search.find.handler(({ input }) => rooms.store.read(() => findAll(rooms, input.text))) }
}

function findAll(rooms: Rooms, text: string): SearchView {
  const found = new Map<string, FoundView>()
  let more = false
  for (const pair of rooms.store.pairs.list()) {
    for (const place of places) {
      const rows = findAt(rooms, pair, place, text)
      more ||= rows.length > ofKindMax
      for (const row of rows.slice(0, ofKindMax)) {
        const key = `${row.kind} ${row.pair} ${row.key}`
        if (!found.has(key)) found.set(key, row)
      }
    }
  }
  const order = (row: FoundView): number => places.findIndex(({ kind }) => kind === row.kind)
  const rows = [...found.values()].toSorted((one, other) => order(one) - order(other))
  return { rows: rows.slice(0, foundMax), more: more || rows.length > foundMax }
}

/** As it is typed, and as shops and people write such things. */
function waysOf(text: string, place: Place): readonly string[] {
  if (place.lower === true) return [text.toLowerCase()]
  return [...new Set([text, text.toUpperCase(), text.toLowerCase(), ...(place.kind === 'order' ? [`#${text}`] : [])])]
}

function findAt({ store }: Rooms, pair: Pair, place: Place, text: string): readonly FoundView[] {
  const connection = place.side === 'shop' ? pair.shop : pair.erp
  const label = store.connections.get(connection)?.label ?? connection
  const { kind, stream, by } = place
  const keys = waysOf(text, place).flatMap((way) =>
    by === null ? store.find.byId(connection, stream, way, ofKindMax + 1) : store.find.byKey(connection, stream, by, way, ofKindMax + 1),
  )
  return keys.flatMap(({ value, row }) => foundOf({ store, pair, kind, by, label }, value, row) ?? [])
}

interface Met {
  readonly store: Rooms['store']
  readonly pair: Pair
  readonly kind: FoundKind
  readonly by: RecordKey['name'] | null
  readonly label: string
}

/** Null for what leads nowhere: a document that is of no order here. */
function foundOf({ store, pair, kind, by, label }: Met, value: string, row: number): FoundView | null {
  const told = { kind, pair: pair.id, label: value, says: label }
  if (kind === 'order') return { ...told, key: value }
  // an order's stock is named by its SKU, and a person by what the ERP calls them
  if (kind === 'product' && by === 'sku') return { ...told, key: value }
  const snapshot = store.snapshots.byRow(row)
  if (snapshot === null || snapshot.goneAt !== null) return null
  const { record } = snapshot
  switch (record.kind) {
    case 'erp-order': {
      const [number] = numbersOf(pair, pair.erp, record)
      return number === undefined ? null : { ...told, key: number, label: record.number ?? record.id, says: `${label}, of order ${number}` }
    }
    case 'invoice':
    case 'credit-note': {
      const order = record.orderIds.flatMap((id) => store.snapshots.get(pair.erp, 'orders', id) ?? [])[0]
      const [number] = order === undefined ? [] : numbersOf(pair, pair.erp, order.record)
      return number === undefined ? null : { ...told, key: number, says: `${label}, of order ${number}` }
    }
    case 'product':
      return { ...told, key: record.sku, label: record.sku, says: `${label}, barcode ${value}` }
    case 'customer':
      return { ...told, key: record.id, label: record.code ?? record.id, says: by === 'email' ? `${label}, ${value}` : label }
    default:
      return null
  }
}
