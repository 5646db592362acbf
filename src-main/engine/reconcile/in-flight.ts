/**
 * Units on their way between the two sides' stock. Two figures are never of one moment: a sale that the one holds the
 * other may not know yet, whichever was read first. So each order's units are kept with the times in which either side
 * counts them, and two figures are compared less what only one of them has counted.
 */
import { type Decimal, add, multiply } from '../../domain/decimal.ts'
import { lookupsOf } from '../../domain/pair-maps.ts'
import type { Order } from '../../domain/records.ts'
import { type Instant, type Span, minutes } from '../../domain/time.ts'
import type { Waiting } from '../store/stock.ts'
import type { Store } from '../store/store.ts'
import { type Stretch, heldInErp } from './in-flight-documents.ts'
import { numbersOnTheirWay } from './in-flight-numbers.ts'
import { type OrderSeen, seeOrder } from './lenses/order.ts'
import type { PairSight } from './sight.ts'

/** Where units wait of which nobody says whether they are missing from one of the shop's locations, and from which. */
export const anyLocation = '*'

/** A figure that a side's stamp dates: it is of the stamp, and stood until it was read. On the platform's own clock. */
export interface Moment {
  readonly stamp: Instant
  readonly readAt: Instant
}

/** Units of one of the ERP's SKUs, and as what they were sold in the shop. */
interface Units extends Waiting {
  readonly soldAs: string
}

interface Held extends Units {
  readonly inShop: readonly Stretch[]
  readonly inErp: readonly Stretch[]
  /** The same, and the times in which the ERP has reserved some of the order. */
  readonly perhapsInErp: readonly Stretch[]
  /** The ERP is not meant to hear of it: whoever sets the shop's figure by the ERP's may count it or not. */
  readonly isForeign: boolean
}

/** What the one side's figure must be changed by to be held against the other's. */
export interface Between {
  readonly least: Decimal
  readonly most: Decimal
  /** Sold, and surely not in the ERP's figure. */
  readonly waiting: Decimal
}

export interface InFlight {
  /** Up to where orders and stock of either side are complete, on our axis; 0 where one was never read. */
  readonly readTo: { readonly shopOrders: Instant; readonly erpOrders: Instant; readonly shopStock: Instant; readonly erpStock: Instant }
  /** Orders placed or booked since then are all known: no figure that was overtaken before is worth comparing. */
  readonly from: Instant
  between(shelf: { readonly shopSku: string; readonly erpSku: string; readonly location: string }, shop: Moment, erp: Moment): Between
}

/** Longer than two readings lie apart and a transaction takes. */
const lookBack: Span = minutes(30)

const known = new WeakMap<PairSight, InFlight>()

/** Gathered once a run, when the first SKU asks. */
export function inFlightOf(store: Store, sight: PairSight): InFlight {
  const before = known.get(sight)
  if (before !== undefined) return before
  const made = gather(store, sight)
  known.set(sight, made)
  return made
}

function gather(store: Store, sight: PairSight): InFlight {
  const { pair } = sight
  const to = (connection: string, stream: 'orders' | 'stock'): Instant => store.streams.coverage(connection, stream).to ?? 0
  const readTo = {
    shopOrders: to(pair.shop, 'orders'),
    erpOrders: to(pair.erp, 'orders'),
    shopStock: to(pair.shop, 'stock'),
    erpStock: to(pair.erp, 'stock'),
  }
  const from = Math.min(...Object.values(readTo)) - lookBack
  const recent = numbersOnTheirWay(store, sight, from)
  const byShelf = new Map<string, Held[]>()
  for (const held of [...recent].flatMap((number) => heldBy(store, sight, number))) {
    const key = keyOf(held.sku, held.location)
    byShelf.set(key, [...(byShelf.get(key) ?? []), held])
  }
  const old = new Map<string, readonly Held[]>()
  const waitingSince = (number: string): readonly Held[] => {
    const held = old.get(number) ?? heldBy(store, sight, number)
    old.set(number, held)
    return held
  }
  const heldAt = (sku: string, location: string): readonly Held[] => [
    ...(byShelf.get(keyOf(sku, location)) ?? []),
    ...store.stock
      .waitingFor(pair.id, sku, location)
      .filter(({ number }) => !recent.has(number))
      .flatMap(({ number }) => waitingSince(number).filter((one) => one.sku === sku && one.location === location)),
  ]
  return {
    readTo,
    from,
    between: ({ shopSku, erpSku, location }, shop, erp) =>
      sum([
        ...heldAt(erpSku, location).map((held) => (held.soldAs === shopSku ? countedBy(held, shop, erp) : countedApart(held, erp))),
        ...heldAt(erpSku, anyLocation).map((held) => perhaps(held, shop, erp)),
      ]),
  }
}

function keyOf(sku: string, location: string): string {
  return `${sku}@${location}`
}

function heldBy(store: Store, sight: PairSight, number: string): readonly Held[] {
  const seen = seeOrder(store, sight, number)
  if (seen === null || seen.shop === null || isOfBefore(seen)) return []
  const inShop = [{ from: seen.shop.placedAt, to: seen.shop.cancelledAt }]
  const { surely: inErp, perhaps: perhapsInErp } = heldInErp(store, sight, seen)
  return unitsOf(sight, seen.shop).map((one) => ({ ...one, inShop, inErp, perhapsInErp, isForeign: seen.outOfScope !== null }))
}

/** What was due before the pair's start the ERP has; what nobody has paid yet it has not, however long ago it was placed. */
function isOfBefore(seen: OrderSeen): boolean {
  return seen.dueAt !== null && seen.outOfScope?.startsWith('due before') === true
}

/** Units of a live shop order that no ERP document reserves yet, by the ERP's SKUs and in its units. */
export function waitingUnits(sight: PairSight, seen: OrderSeen): readonly Waiting[] {
  const { shop } = seen
  if (shop === null || shop.cancelledAt !== null || seen.live.some((order) => order.reservesStock)) return []
  if (isOfBefore(seen)) return []
  const units = new Map<string, Waiting>()
  // test orders and foreign channels hold the shop's stock all the same
  for (const { sku, location, quantity } of unitsOf(sight, shop)) {
    const key = keyOf(sku, location)
    units.set(key, { sku, location, quantity: add(units.get(key)?.quantity ?? '0', quantity) })
  }
  return [...units.values()].toSorted((a, b) => (a.sku + a.location < b.sku + b.location ? -1 : 1))
}

/** What an order takes from stock, line by line, by the ERP's SKUs and in its units. */
function unitsOf(sight: PairSight, shop: Order): readonly Units[] {
  // of several locations nobody says which holds the units: then they may be missing at any of them
  const [only, ...others] = new Set(Object.values(sight.pair.settings.locations))
  const fallback = only === undefined ? null : others.length === 0 ? only : anyLocation
  const lookups = lookupsOf(sight.pair.settings)
  // an ERP may keep a figure for a bundle, too, which follows from those of its parts
  const drawnBy = (sku: string) => {
    const parts = lookups.takes(sku)
    return lookups.bundle(sku) === null ? parts : [...parts, { erpSku: lookups.erpSku(sku), quantity: '1' }]
  }
  return shop.lines.flatMap(({ sku: soldAs, quantity: all, allocations }) => {
    if (soldAs === null) return []
    const unsaid = fallback === null ? [] : [{ location: fallback, quantity: all }]
    return (allocations.length > 0 ? allocations : unsaid).flatMap(({ location, quantity }) =>
      drawnBy(soldAs).map((one) => ({ soldAs, sku: one.erpSku, location, quantity: multiply(quantity, one.quantity) })),
    )
  })
}

/** Whether a figure counts units: 1 and 1 it does, 0 and 0 it does not, 0 and 1 it may. */
interface Counts {
  readonly least: 0 | 1
  readonly most: 0 | 1
}

function counts(stretches: readonly Stretch[], { stamp, readAt }: Moment): Counts {
  const at = (moment: Instant): boolean => stretches.some(({ from, to }) => from <= moment && (to === null || moment < to))
  const [first, last] = [at(stamp), at(readAt)]
  return { least: first && last ? 1 : 0, most: first || last ? 1 : 0 }
}

function countedInErp({ inErp, perhapsInErp }: Held, erp: Moment): Counts {
  return { least: counts(inErp, erp).least, most: counts(perhapsInErp, erp).most }
}

/** Sold still, and not wholly reserved. */
function waits({ inShop, inErp }: Held, erp: Moment): boolean {
  return inShop.some(({ to }) => to === null) && counts(inErp, erp).most === 0
}

function countedBy(held: Held, shop: Moment, erp: Moment): Between {
  const there = counts(held.inShop, shop)
  const here = held.isForeign ? { least: 0, most: 1 } : countedInErp(held, erp)
  return {
    least: multiply(held.quantity, String(here.least - there.most)),
    most: multiply(held.quantity, String(here.most - there.least)),
    waiting: !held.isForeign && waits(held, erp) ? held.quantity : '0',
  }
}

/**
 * Sold as something else, a bundle or a pack of it: the shop's own figure does not move by it, and whoever brings the
 * ERP's figure over may count it before the ERP has it or not.
 */
function countedApart(held: Held, erp: Moment): Between {
  const isOpen = held.inShop.some(({ to }) => to === null) && countedInErp(held, erp).least === 0
  return { least: isOpen ? multiply(held.quantity, '-1') : '0', most: '0', waiting: waits(held, erp) ? held.quantity : '0' }
}

/**
 * Nobody says at which location they are: they may be missing here. Not so where a figure was read after they were sold
 * or booked and had not moved since before: they are at another.
 */
function perhaps(held: Held, shop: Moment, erp: Moment): Between {
  const sides = [counts(held.inShop, shop), counts(held.inErp, erp)]
  if (!held.isForeign && sides.some((side) => side.least !== side.most)) return { least: '0', most: '0', waiting: '0' }
  const { least, most } = countedBy(held, shop, erp)
  const isLess = least.startsWith('-')
  return { least: isLess ? least : '0', most: most.startsWith('-') ? '0' : most, waiting: '0' }
}

function sum(all: readonly Between[]): Between {
  return {
    least: add('0', ...all.map((one) => one.least)),
    most: add('0', ...all.map((one) => one.most)),
    waiting: add('0', ...all.map((one) => one.waiting)),
  }
}
