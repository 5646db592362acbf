/** Gathers what the shop has sold of one SKU at one location after the ERP had none left, and to whom it owes it. */
import { type Decimal, add, compare } from '../../../domain/decimal.ts'
import { type Money, sum, toMinor } from '../../../domain/money.ts'
import type { Pair } from '../../../domain/pair.ts'
import type { Order, OrderLine } from '../../../domain/records.ts'
import type { Instant } from '../../../domain/time.ts'
import type { Snapshot } from '../../store/snapshots.ts'
import type { StockChange } from '../../store/stock.ts'
import type { Store } from '../../store/store.ts'
import type { PairSight } from '../sight.ts'
import { theirs } from './coverage.ts'

export interface Oversold {
  /** Since when nothing was left. */
  readonly since: Instant
  /** Units sold since then that there are none for. */
  readonly units: Decimal
  /** The orders they are in, the latest first. */
  readonly orders: readonly string[]
  /** What the customers pay for them; null over several currencies. */
  readonly worth: Money | null
  /** Why customers or the shop cancelled orders for it since then, with how often. */
  readonly cancelled: ReadonlyMap<string, number>
  /** When the first of them was sold. */
  readonly firstAt: Instant
}

/** By which the evidence of what was sold is found again. */
export const soldLabels = { units: 'Sold since then beyond what there is', orders: 'Orders that they are in' } as const

interface Shelf {
  readonly sku: string
  readonly location: string
  /** Units promised or on their way beyond what the ERP has; positive when it is short. */
  readonly short: Decimal
  /** Of the figure that the shop should show, the newest first. */
  readonly changes: readonly StockChange[]
}

/** Orders looked through since nothing was left. */
const lookedMax = 2000

export function seeOversold(store: Store, sight: PairSight, shelf: Shelf): Oversold | null {
  const since = emptySince(shelf.changes)
  if (since === null || compare(shelf.short, '0') <= 0) return null
  const sold: { readonly number: string; readonly quantity: Decimal; readonly worth: Money; readonly at: Instant }[] = []
  const cancelled = new Map<string, number>()
  let units: Decimal = '0'
  for (const { record } of latestSince(store, sight, since)) {
    if (record.kind !== 'order') continue
    const own = unitsAt(sight.pair, record, shelf)
    if (own.length === 0) continue
    if (record.cancelledAt !== null) {
      const why = record.cancelReason ?? 'no reason given'
      cancelled.set(why, (cancelled.get(why) ?? 0) + 1)
    } else if (compare(units, shelf.short) < 0) {
      const quantity = add('0', ...own.map((one) => one.quantity))
      units = add(units, quantity)
      sold.push({ number: record.number, quantity, worth: worthOf(record, own), at: sight.shopAxis.ours(record.placedAt) })
    }
  }
  const [latest] = sold
  if (latest === undefined) return null
  return {
    since,
    // of what was sold since, no more than there are none for: goods may have come in meanwhile
    units: compare(units, shelf.short) < 0 ? units : shelf.short,
    orders: sold.map((one) => one.number),
    worth: sold.every((one) => one.worth.currency === latest.worth.currency) ? sum(sold.map((one) => one.worth), latest.worth.currency) : null,
    cancelled,
    firstAt: Math.min(...sold.map((one) => one.at)),
  }
}

/** The latest first. */
function latestSince(store: Store, sight: PairSight, since: Instant): readonly Snapshot[] {
  return store.snapshots.happenedIn(sight.pair.shop, 'orders', theirs(sight.shopAxis, since), Number.MAX_SAFE_INTEGER, lookedMax).toReversed()
}

/** Units that an order takes from a shelf: where it says so, else from the only location that is mapped. */
function unitsAt(pair: Pair, order: Order, shelf: Pick<Shelf, 'sku' | 'location'>): readonly { quantity: Decimal; line: OrderLine }[] {
  const [only, ...others] = new Set(Object.values(pair.settings.locations))
  return order.lines
    .filter((line) => line.sku === shelf.sku)
    .flatMap((line) => {
      const unsaid = only === undefined || others.length > 0 ? [] : [{ location: only, quantity: line.quantity }]
      const held = line.allocations.length > 0 ? line.allocations : unsaid
      return held.flatMap(({ location, quantity }) => (location === shelf.location ? [{ quantity, line }] : []))
    })
}

function worthOf(order: Order, units: readonly { readonly line: OrderLine }[]): Money {
  const lines = new Set(units.map((one) => one.line))
  const minor = [...lines].reduce((total, line) => total + toMinor(line.total, order.currency), 0)
  return { minor, currency: order.currency }
}

/** When the figure fell to nothing, where it has stayed since. */
function emptySince(changes: readonly StockChange[]): Instant | null {
  const end = changes.findIndex((change) => compare(change.expected, '0') !== 0)
  return (end < 0 ? changes : changes.slice(0, end)).at(-1)?.at ?? null
}
