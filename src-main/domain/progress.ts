/** How far each SKU of an order has come on one side: in shares, so that units and packs of the two sides need not be alike. */
import { type Decimal, add, compare, multiply } from './decimal.ts'
import type { ErpOrder, Order, Shipment } from './records.ts'
import type { Instant } from './time.ts'

export interface Progress {
  readonly sku: string
  readonly title: string
  /** Units as ordered on this side. */
  readonly ordered: Decimal
  /** Units gone, of the units that are to go in all; never more. */
  readonly done: Decimal
  readonly of: Decimal
  /** Whether more of it lies ready to go. */
  readonly waits: boolean
  /** How much was gone by when, in order of time. */
  readonly steps: readonly Step[]
}

interface Step {
  readonly at: Instant
  readonly done: Decimal
}

interface Parcel {
  readonly at: Instant
  readonly state: 'gone' | 'waits' | 'dead'
  readonly lines: readonly { readonly sku: string | null; readonly quantity: Decimal }[]
}

/**
 * What the ERP sent of its goods. SKUs that no delivery names are left out: an ERP that keeps none of them, or sends a
 * kit as its parts, says nothing of how far they are. Null where one delivery serves several orders and does not say
 * which units are whose.
 */
export function sentOf(orders: readonly ErpOrder[], deliveries: readonly Shipment[]): readonly Progress[] | null {
  const ids = new Set(orders.map((order) => order.id))
  const parcels = deliveries.map((delivery) => ({
    ...parcelOf(delivery),
    lines: delivery.lines.filter((line) => line.orderId === null || ids.has(line.orderId)),
  }))
  const shared = deliveries.some((one) => one.orderIds.some((id) => !ids.has(id)) && one.lines.some((line) => line.orderId === null))
  if (shared) return null
  const named = new Set(parcels.flatMap((parcel) => parcel.lines.map((line) => line.sku)))
  const goods = orders.flatMap((order) => order.lines).filter((line) => line.goods && named.has(line.sku))
  return progressOf(goods, parcels)
}

/** What the shop tells its customer as sent. Null where it says that a part is sent and not of what. */
export function toldOf(order: Order, fulfilments: readonly Shipment[]): readonly Progress[] | null {
  const { state } = order.fulfilment
  if (state === 'unknown' || (state === 'partly' && fulfilments.length === 0)) return null
  const progress = progressOf(order.lines, fulfilments.map(parcelOf))
  if (state !== 'shipped' && state !== 'delivered') return progress
  // units that were given back before they were sent are in no parcel: the shop's word for the whole counts
  const at = order.fulfilment.shippedAt ?? order.changedAt ?? order.placedAt
  return progress.map((one) => ({ ...one, done: one.of, steps: [...one.steps, { at, done: one.of }].toSorted(byTime) }))
}

function parcelOf(shipment: Shipment): Parcel {
  const gone = shipment.state === 'shipped' || shipment.state === 'delivered'
  return {
    at: shipment.shippedAt ?? shipment.changedAt ?? 0,
    state: gone ? 'gone' : shipment.state === 'cancelled' ? 'dead' : 'waits',
    lines: shipment.lines,
  }
}

function progressOf(
  lines: readonly { readonly sku: string | null; readonly title: string; readonly quantity: Decimal }[],
  parcels: readonly Parcel[],
): readonly Progress[] {
  const skus = new Map<string, { readonly title: string; readonly ordered: Decimal }>()
  for (const { sku, title, quantity } of lines) {
    if (sku !== null) skus.set(sku, { title, ordered: add(skus.get(sku)?.ordered ?? '0', quantity) })
  }
  return [...skus].flatMap(([sku, { title, ordered }]) => {
    const unitsIn = (parcel: Parcel): Decimal =>
      add('0', ...parcel.lines.flatMap((line) => (line.sku === sku ? [line.quantity] : [])))
    const live = parcels.filter((parcel) => parcel.state !== 'dead').toSorted(byTime)
    const planned = add('0', ...live.map(unitsIn))
    // another unit of measure, or more sent than was ordered: either way this is the whole
    const of = compare(planned, ordered) > 0 ? planned : ordered
    if (compare(of, '0') <= 0) return []
    const gone = live.filter((parcel) => parcel.state === 'gone' && compare(unitsIn(parcel), '0') > 0)
    const steps = gone.map((parcel, nth) => ({ at: parcel.at, done: add('0', ...gone.slice(0, nth + 1).map(unitsIn)) }))
    const waits = live.some((parcel) => parcel.state === 'waits' && compare(unitsIn(parcel), '0') > 0)
    return [{ sku, title, ordered, done: steps.at(-1)?.done ?? '0', of, waits, steps }]
  })
}

export function byTime(one: { readonly at: Instant }, other: { readonly at: Instant }): number {
  return one.at - other.at
}

/** Both sides' progress of the SKUs that both know. */
export function inBoth(ours: readonly Progress[], theirs: readonly Progress[]): readonly (readonly [Progress, Progress])[] {
  const there = new Map(theirs.map((one) => [one.sku, one]))
  return ours.flatMap((one) => {
    const other = there.get(one.sku)
    return other === undefined ? [] : [[one, other] as const]
  })
}

/** When the one first had a greater share gone than the other has by now; null while it has not. */
export function aheadSince(one: Progress, other: Progress): Instant | null {
  const ahead = (done: Decimal): boolean => compare(multiply(done, other.of), multiply(other.done, one.of)) > 0
  return one.steps.find((step) => ahead(step.done))?.at ?? null
}

/** "1 of 2". */
export function shareWords(progress: readonly Progress[]): string {
  return progress.map((one) => `${one.title}: ${one.done} of ${one.of}`).join(', ')
}
