/** Pure: what has left, from where, and how far it is. Shopify's "fulfilled" means handed over. */
import { type Decimal, add } from '../../../domain/decimal.ts'
import type { Order, OrderLine, Shipment } from '../../../domain/records.ts'
import type { OrderRow, WireFulfilment } from './wire.ts'

type FulfilmentState = Order['fulfilment']['state']

const states: Readonly<Record<string, FulfilmentState>> = {
  FULFILLED: 'shipped',
  PARTIALLY_FULFILLED: 'partly',
  IN_PROGRESS: 'none',
  ON_HOLD: 'none',
  OPEN: 'none',
  PENDING_FULFILLMENT: 'none',
  REQUEST_DECLINED: 'none',
  RESTOCKED: 'cancelled',
  SCHEDULED: 'none',
  UNFULFILLED: 'none',
}

const dead = new Set(['CANCELLED', 'ERROR', 'FAILURE'])

function isDelivered(one: WireFulfilment): boolean {
  return (
    one.deliveredAt !== null ||
    one.displayStatus === 'DELIVERED' ||
    one.displayStatus === 'PICKED_UP'
  )
}

function live(row: OrderRow): readonly WireFulfilment[] {
  return row.fulfillments.filter((one) => !dead.has(one.status))
}

export function fulfilmentPartOf(row: OrderRow): Order['fulfilment'] {
  const sent = live(row)
  const state = states[row.displayFulfillmentStatus] ?? 'unknown'
  const delivered = state === 'shipped' && sent.length > 0 && sent.every(isDelivered)
  return {
    state: delivered ? 'delivered' : state,
    shippedAt: sent.length === 0 ? null : Math.max(...sent.map((one) => one.createdAt)),
    tracking: sent.flatMap(trackingOf),
  }
}

export function shipmentsOf(row: OrderRow): readonly Shipment[] {
  return row.fulfillments.map((one) => ({
    kind: 'shipment',
    id: one.id,
    version: null,
    changedAt: one.updatedAt,
    changedBy: null,
    trace: null,
    number: null,
    orderIds: [row.id],
    state: stateOf(one),
    shippedAt: dead.has(one.status) ? null : one.createdAt,
    location: one.location?.name ?? null,
    tracking: trackingOf(one),
    lines: one.fulfillmentLineItems.nodes.map(({ quantity, lineItem }) => ({
      sku: lineItem.sku,
      quantity: String(quantity ?? 0),
      orderId: row.id,
    })),
  }))
}

function stateOf(one: WireFulfilment): Shipment['state'] {
  if (dead.has(one.status)) return 'cancelled'
  return isDelivered(one) ? 'delivered' : 'shipped'
}

function trackingOf(one: WireFulfilment): string[] {
  return one.trackingInfo.flatMap(({ number }) =>
    number === null || number === '' ? [] : [number.slice(0, 500)],
  )
}

/**
 * Where the units of a line were sent from or are held, one entry a location. Where what is still to be sent is held
 * Shopify tells only with a right of its own; a cancelled order holds nothing any more.
 */
export function heldAt(lineId: string, row: OrderRow): OrderLine['allocations'] {
  const byName = new Map<string, Decimal>()
  const count = (location: string, quantity: number): void =>
    void byName.set(location, add(byName.get(location) ?? '0', String(quantity)))
  for (const one of live(row)) {
    const { location } = one
    if (location === null) continue
    for (const { quantity, lineItem } of one.fulfillmentLineItems.nodes)
      if (lineItem.id === lineId) count(location.name, quantity ?? 0)
  }
  for (const one of row.assigned ?? [])
    if (one.lineId === lineId) count(one.location, one.quantity)
  return [...byName].map(([location, quantity]) => ({ location, quantity }))
}
