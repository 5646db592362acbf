/** Answers the search over everything: by how a key begins, along the index of keys, never by reading what they name. */
import type { FoundKind, FoundView, SearchView } from '../../contract/order-views.ts'
import type { Billing } from '../../domain/billing.ts'
import type { Pair } from '../../domain/pair.ts'
import type { RecordKey, StreamName } from '../../domain/records.ts'
import { invoiceKey } from '../reconcile/lenses/invoice.ts'
import { numbersOf } from '../reconcile/match.ts'
import { addressOf, shopOrdersWhere } from './orders-of-person.ts'
import { type Rooms, os } from './rooms.ts'

/** Fewer letters begin too many addresses. */
const addressLettersMin = 3

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
  { kind: 'order', side: 'shop', stream: 'orders', by: 'email', lower: true },
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

/** Several may lead to one place, and each is looked for by its own number. */
const numbered: ReadonlySet<FoundKind> = new Set(['invoice', 'credit-note'])

export function searchHandlers(rooms: Rooms) {
  return { find: os.search.find.handler(({ input }) => rooms.store.read(() => findAll(rooms, input.text))) }
}

function findAll(rooms: Rooms, text: string): SearchView {
  const found = new Map<string, FoundView>()
  let more = false
  for (const pair of rooms.store.pairs.list()) {
    for (const place of places) {
      const rows = place.kind === 'order' && place.by === 'email' ? findByAddress(rooms, pair, text) : findAt(rooms, pair, place, text)
      more ||= rows.length > ofKindMax
      for (const row of rows.slice(0, ofKindMax)) {
        const key = `${row.kind} ${row.pair} ${row.leads} ${row.key} ${numbered.has(row.kind) ? row.label : ''}`
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
  const { stream, by } = place
  const keys = waysOf(text, place).flatMap((way) =>
    by === null ? store.find.byId(connection, stream, way, ofKindMax + 1) : store.find.byKey(connection, stream, by, way, ofKindMax + 1),
  )
  return keys.flatMap(({ value, row }) => foundOf({ store, pair, place, label }, value, row) ?? [])
}

/** Of a guest only the shop knows, and of an order that the ERP lacks. */
function findByAddress({ store }: Rooms, pair: Pair, text: string): readonly FoundView[] {
  const begins = addressOf(text)
  if (begins.length < addressLettersMin) return []
  const says = store.connections.get(pair.shop)?.label ?? pair.shop
  return shopOrdersWhere(store, pair, ({ customer }) => addressOf(customer.email).startsWith(begins))
    .slice(0, ofKindMax + 1)
    .map(({ number, customer }) => ({ kind: 'order', pair: pair.id, key: number, leads: 'order', label: number, says: `${says}, ${addressOf(customer.email)}` }))
}

interface Met {
  readonly store: Rooms['store']
  readonly pair: Pair
  readonly place: Place
  readonly label: string
}

/** Null for what leads nowhere: an ERP order that is of no order here. */
function foundOf({ store, pair, place, label }: Met, value: string, row: number): FoundView | null {
  const { kind, by, side } = place
  const told = { kind, pair: pair.id, label: value, says: label }
  if (kind === 'order') return { ...told, key: value, leads: 'order' }
  // an order's stock is named by its SKU, and a person by what the ERP calls them
  if (kind === 'product' && by === 'sku') return { ...told, key: value, leads: 'product' }
  const snapshot = store.snapshots.byRow(row)
  if (snapshot === null || snapshot.goneAt !== null) return null
  const { record } = snapshot
  switch (record.kind) {
    case 'erp-order': {
      const [number] = numbersOf(pair, pair.erp, record)
      return number === undefined ? null : { ...told, key: number, leads: 'order', label: record.number ?? record.id, says: `${label}, of order ${number}` }
    }
    case 'invoice':
    case 'credit-note': {
      const order = record.orderIds.flatMap((id) => store.snapshots.get(pair.erp, 'orders', id) ?? [])[0]
      const [number] = order === undefined ? [] : numbersOf(pair, pair.erp, order.record)
      return number === undefined ? { ...told, ...unordered({ store, pair, place, label }, record) } : { ...told, key: number, leads: 'order', says: `${label}, of order ${number}` }
    }
    case 'product':
      return { ...told, key: record.sku, leads: 'product', label: record.sku, says: `${label}, barcode ${value}` }
    case 'customer':
      return { ...told, key: record.id, leads: side === 'erp' ? 'erp-customer' : 'shop-customer', label: record.code ?? record.id, says: by === 'email' ? `${label}, ${value}` : label }
    default:
      return null
  }
}

/** An invoice of no order here: what is said of it, else whom it was sent to. */
function unordered({ store, pair, label }: Met, invoice: Billing): Pick<FoundView, 'key' | 'leads' | 'says'> {
  const key = invoiceKey(invoice)
  const says = `${label}, of no order of the shop`
  const [incident] = store.incidents.liveOf(pair.id, { kind: 'invoice', connection: pair.shop, key })
  if (incident !== undefined) return { key: incident.id, leads: 'incident', says }
  const customer = invoice.customerId === null ? null : store.snapshots.get(pair.erp, 'customers', invoice.customerId)
  return customer === null ? { key, leads: 'queue', says } : { key: customer.record.id, leads: 'erp-customer', says }
}
