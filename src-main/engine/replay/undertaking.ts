/** What a repair would do about an incident, from both sides as they were last read: where, under which name, with what. */
import { compare } from '../../domain/decimal.ts'
import type { ActionId } from '../../domain/intent.ts'
import type { Pair } from '../../domain/pair.ts'
import { lookupsOf } from '../../domain/pair-maps.ts'
import { takesBack } from '../../domain/came-back.ts'
import type { ErpOrder, Order } from '../../domain/records.ts'
import type { InvoiceCreateInput, OrderCreateInput, StatusPushInput, StockSetInput } from '../connectors/definition.ts'
import type { IncidentRecord } from '../store/incidents.ts'
import { type Refused, type ReplayParts, refused } from './parts.ts'
import { examplesOf, keyOf, referenceFor } from './reference.ts'
import { tellingOf } from './telling.ts'

interface Undertaken {
  /** The connection that is written to. */
  readonly connection: string
  /** By its natural key there: only one live replay may hold it. */
  readonly target: string
  readonly key: string
  /** What it was made of, without what decides nothing: it must be the same when it is confirmed. */
  readonly basis: unknown
}

export type Undertaking =
  | (Undertaken & { readonly action: 'order.create'; readonly input: OrderCreateInput })
  | (Undertaken & { readonly action: 'invoice.create'; readonly input: InvoiceCreateInput })
  | (Undertaken & { readonly action: 'stock.set'; readonly input: StockSetInput })
  | (Undertaken & { readonly action: 'status.push'; readonly input: StatusPushInput })

/** Which side is written to, in words. */
export function sideOf(action: ActionId): 'the ERP' | 'the shop' {
  return action === 'stock.set' || action === 'status.push' ? 'the shop' : 'the ERP'
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What a person does where the repair is not to be had. */
export function byHand(action: ActionId): string {
  switch (action) {
    case 'order.create':
      return 'Enter it there by hand, with the shop’s number as its reference.'
    case 'invoice.create':
      return 'Open the order there and bill it by hand.'
    case 'stock.set':
      return 'Set the figure there by hand.'
    case 'status.push':
      return 'Mark the parcel as sent there by hand, with its tracking number.'
    default:
      return action satisfies never
  }
}

export function undertake(parts: ReplayParts, action: ActionId, pair: Pair, incident: IncidentRecord): Undertaking | Refused {
  switch (action) {
    case 'order.create':
      return orderCreate(parts, pair, incident)
    case 'stock.set':
      return stockSet(parts, pair, incident)
    case 'invoice.create':
      return invoiceCreate(parts, pair, incident)
    case 'status.push':
      return statusPush(parts, pair, incident)
    default:
      return action satisfies never
  }
}

function orderCreate(parts: ReplayParts, pair: Pair, incident: IncidentRecord): Undertaking | Refused {
  const { store } = parts
  const order = orderOf(parts, pair, incident.subject.key)
  if (order === null) return refused('The shop has no single order under this number: there is nothing that could be sent.')
  const written = inErpWords(order, pair)
  if (written === null) {
    return refused('The order holds packs or bundles that the ERP counts otherwise, and Plumbline does not split prices for you.', [
      'Enter the order in the ERP by hand, with the shop’s number as its reference.',
    ])
  }
  const examples = examplesOf(store, pair)
  const reference = referenceFor(pair, order, examples)
  if (reference === null) {
    return refused('The pair’s reference pattern does not say how the ERP would name this order.', [
      'Open the pair’s settings and try the pattern on real numbers.',
      'Or enter the order in the ERP by hand.',
    ])
  }
  return {
    action: 'order.create',
    connection: pair.erp,
    target: reference,
    key: keyOf(store.connections.get(pair.shop)?.platform ?? pair.shop, pair, order),
    basis: boughtIn(order),
    input: { order: written, reference, locations: pair.settings.locations, examples: examples.map((example) => example.order) },
  }
}

/** Under the ERP's SKUs; null where one unit sold is not one unit there. */
function inErpWords(order: Order, { settings }: Pair): Order | null {
  const lookups = lookupsOf(settings)
  const splits = ({ sku }: Order['lines'][number]) => sku !== null && (lookups.bundle(sku) !== null || compare(lookups.packSize(sku), '1') !== 0)
  if (order.lines.some(splits)) return null
  return { ...order, lines: order.lines.map((line) => (line.sku === null ? line : { ...line, sku: lookups.erpSku(line.sku) })) }
}

/** The shop's one order of the number, as last read; null where there is none, or several. */
function orderOf({ store }: ReplayParts, pair: Pair, number: string): Order | null {
  const found = store.snapshots.byKey(pair.shop, 'orders', 'number', number).filter((one) => one.goneAt === null)
  const record = found.length === 1 ? found[0]?.record : undefined
  return record?.kind === 'order' ? record : null
}

/** Who touched the row, and how far the parcel is, decides nothing. */
function boughtIn(order: Order): unknown {
  const { version: _version, changedAt: _at, changedBy: _by, trace: _trace, fulfilment: _fulfilment, ...bought } = order
  return bought
}

/** Of one order that stands once in the ERP: whose lines several orders share, only the ERP itself can bill. */
function invoiceCreate(parts: ReplayParts, pair: Pair, incident: IncidentRecord): Undertaking | Refused {
  const { store } = parts
  const number = incident.subject.key
  const shop = orderOf(parts, pair, number)
  const [order, ...more] = liveIn(parts, pair, number)
  if (shop === null || order === undefined || more.length > 0) {
    return refused('The order does not stand exactly once on both sides, so nothing can say what is to be billed.', [byHand('invoice.create')])
  }
  const billed = store.snapshots.byKey(pair.erp, 'invoices', 'order', order.id).flatMap(({ record, goneAt }) => (goneAt === null && record.kind === 'invoice' ? [record] : []))
  const known = billed.map((one) => one.id).toSorted()
  return {
    action: 'invoice.create',
    connection: pair.erp,
    target: `invoice of ${order.number ?? order.id}`,
    // the bill of what is not billed yet: after the next one, what is left is another
    key: [keyOf(store.connections.get(pair.shop)?.platform ?? pair.shop, pair, shop), 'invoice', ...known].join(':'),
    basis: { ordered: orderedIn(order), billed: billed.map(({ id, state, totals }) => ({ id, state, totals })).toSorted((a, b) => (a.id < b.id ? -1 : 1)) },
    input: { order, number },
  }
}

/** What stands of it in the ERP. */
function liveIn({ store }: ReplayParts, pair: Pair, number: string): readonly ErpOrder[] {
  const held = store.claims.records(pair.id, number).flatMap(({ record, goneAt }) => (goneAt === null && record.kind === 'erp-order' ? [record] : []))
  return held.filter((one) => one.state !== 'cancelled' && !takesBack(one))
}

function orderedIn({ id, state, currency, lines, totals }: ErpOrder): unknown {
  return { id, state, currency, lines, totals }
}

/** One parcel at a time, the oldest first: each has a key of its own. */
function statusPush(parts: ReplayParts, pair: Pair, incident: IncidentRecord): Undertaking | Refused {
  const { store } = parts
  const number = incident.subject.key
  const order = orderOf(parts, pair, number)
  if (order === null) return refused('The shop has no single order under this number: there is nothing that could be told.')
  const telling = tellingOf(store, pair, order, liveIn(parts, pair, number))
  if ('kind' in telling) return telling
  const { id, input, name, told } = telling
  return {
    action: 'status.push',
    connection: pair.shop,
    target: `parcel ${name} of ${number}`,
    key: [keyOf(store.connections.get(pair.shop)?.platform ?? pair.shop, pair, order), 'parcel', id].join(':'),
    basis: { bought: boughtIn(order), parcel: input.parcel, told },
    input,
  }
}

/** Recomputed from what both sides were just read to hold: an old record of the figure is never sent (DESIGN §9). */
function stockSet(parts: ReplayParts, pair: Pair, incident: IncidentRecord): Undertaking | Refused {
  const { key } = incident.subject
  const expected = parts.expectedStock(pair, key)
  if (expected === null) return refused('What the shop should show could not be computed from what both sides were just read to hold.')
  const { sku, location, quantity, shown } = expected
  return {
    action: 'stock.set',
    connection: pair.shop,
    target: key,
    // no two previews share one: a platform answers a known key with what came of it before, whatever has moved since
    key: `${pair.shop}:${key}:${parts.chance.id()}`,
    basis: { sku, location, quantity, shown },
    input: { sku, location, quantity, reference: incident.id },
  }
}
