/** Which parcel of an order the shop was not told of, in the shop's words, or why that cannot be said for sure. */
import { type Decimal, compare } from '../../domain/decimal.ts'
import type { Pair } from '../../domain/pair.ts'
import { lookupsOf } from '../../domain/pair-maps.ts'
import { type Contents, sumBySku, untoldIn } from '../../domain/parcels.ts'
import type { ErpOrder, Order, Shipment } from '../../domain/records.ts'
import type { StatusPushInput } from '../connectors/definition.ts'
import type { Store } from '../store/store.ts'
import { type Refused, refused } from './parts.ts'

export interface Telling {
  /** What the ERP calls the parcel, and knows it by. */
  readonly name: string
  readonly id: string
  readonly input: StatusPushInput
  /** What the shop tells by now: another parcel there makes this one another, too. */
  readonly told: unknown
}

const byHand = ['Mark what has left as sent in the shop by hand, with its tracking number.']

export function tellingOf(store: Store, pair: Pair, order: Order, live: readonly ErpOrder[]): Telling | Refused {
  const counts = countedOtherwise(pair, order, live)
  if (counts !== null) return refused(`The two sides do not count ${counts} alike, so what left the ERP cannot be said in the shop’s units.`, byHand)
  const ids = live.map(({ id }) => id)
  const sent: Leaving[] = []
  for (const delivery of parcelsOf(store, pair.erp, 'shipments', ids)) {
    const lines = inShopWords(pair, order, delivery, new Set(ids))
    if ('kind' in lines) return lines
    if (lines.length > 0) sent.push({ delivery, lines, tracking: delivery.tracking })
  }
  const told = parcelsOf(store, pair.shop, 'fulfilments', [order.id])
  const untold = untoldIn(sent.toSorted((a, b) => (a.delivery.shippedAt ?? 0) - (b.delivery.shippedAt ?? 0)), told)
  if (untold === null) return refused('The shop tells of a parcel that is none of the ERP’s, so which of them it was not told of cannot be said.', byHand)
  const [first, ...more] = untold
  if (first === undefined) return refused('Each parcel of the ERP is told in the shop; only how much was in them differs.', byHand)
  const { delivery, lines, tracking } = first
  const name = delivery.number ?? delivery.id
  return {
    name,
    id: delivery.id,
    input: { order, parcel: { name, lines, tracking, location: locationOf(pair, delivery) }, more: more.length },
    told: told.map(({ id, lines: units, tracking: numbers }) => ({ id, units, numbers })).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }
}

interface Leaving extends Contents {
  readonly delivery: Shipment
  readonly lines: StatusPushInput['parcel']['lines']
}

/** What has left for any of the orders, each once. */
function parcelsOf(store: Store, connection: string, stream: 'shipments' | 'fulfilments', orders: readonly string[]): readonly Shipment[] {
  const found = new Map<string, Shipment>()
  for (const { record, goneAt } of orders.flatMap((id) => store.snapshots.byKey(connection, stream, 'order', id))) {
    const hasLeft = record.kind === 'shipment' && (record.state === 'shipped' || record.state === 'delivered')
    if (goneAt === null && hasLeft) found.set(record.id, record)
  }
  return [...found.values()]
}

/** What of a delivery is this order's. */
function inShopWords(pair: Pair, order: Order, { lines, number, orderIds, id: delivery }: Shipment, ids: ReadonlySet<string>): Leaving['lines'] | Refused {
  const name = number ?? delivery
  if (orderIds.some((one) => !ids.has(one)) && lines.some(({ orderId }) => orderId === null)) {
    return refused(`Delivery ${name} serves several orders and does not say which units are whose.`, byHand)
  }
  const found: { readonly sku: string; readonly quantity: Decimal }[] = []
  for (const { sku, quantity, orderId } of lines) {
    if ((orderId !== null && !ids.has(orderId)) || compare(quantity, '0') === 0) continue
    const own = sku === null ? null : shopSku(pair, order, sku)
    if (own === null) return refused(`Delivery ${name} holds ${sku ?? 'an article without a SKU'}, which is not one article of the order in the shop.`, byHand)
    found.push({ sku: own, quantity })
  }
  return found
}

/** Null where the order has none or several under it, or counts it in packs and bundles. */
function shopSku({ settings }: Pair, order: Order, erpSku: string): string | null {
  const lookups = lookupsOf(settings)
  const ordered = new Set(order.lines.map(({ sku }) => sku))
  const [only, ...others] = lookups.shopSkus(erpSku).filter((sku) => ordered.has(sku))
  if (only === undefined || others.length > 0) return null
  return lookups.bundle(only) === null && compare(lookups.packSize(only), '1') === 0 ? only : null
}

/** The first SKU of which the two sides hold different figures for the same order. */
function countedOtherwise(pair: Pair, order: Order, live: readonly ErpOrder[]): string | null {
  const { erpSku } = lookupsOf(pair.settings)
  const ours = sumBySku(order.lines.map(({ sku, quantity }) => ({ sku: sku === null ? null : erpSku(sku), quantity })))
  const theirs = sumBySku(live.flatMap(({ lines }) => lines))
  for (const [sku, quantity] of ours) {
    const there = theirs.get(sku)
    if (there !== undefined && compare(there, quantity) !== 0) return sku
  }
  return null
}

/** Where no map says, the ERP's own word may be the shop's. */
function locationOf({ settings }: Pair, { location }: Shipment): string | null {
  return location === null ? null : (settings.locations[location] ?? (Object.keys(settings.locations).length === 0 ? location : null))
}
