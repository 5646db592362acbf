/** What the moves of one shop share: its books, how it taxes, and the ids it gives. */
import type { Decimal } from '../decimal.ts'
import type { Payout } from './payouts.ts'
import type { ShopTaxes } from './checkout.ts'
import type { Instant, Level, Order, OrderLine, ShopBooks } from './shop.ts'

export type Kind =
  | 'location'
  | 'variant'
  | 'level'
  | 'customer'
  | 'order'
  | 'line'
  | 'shipping'
  | 'transaction'
  | 'refund' | 'return'
  | 'balance' | 'payout'
  | 'fulfillment'

export interface ShopState {
  readonly books: ShopBooks
  readonly taxes: ShopTaxes
  /** By `levelKey`. */
  readonly levels: Map<string, Level>
  /** By currency and business day. */
  readonly payouts: Map<string, Payout>
  /** What one unit of a currency is worth in the shop's. */
  readonly shopRate: (currency: string, at: Instant) => Decimal
  /** The smallest coin that a till gives back; null where the cent is one. */
  readonly cashStep: Decimal | null
  nextNumber: number
  next(kind: Kind): number
}

export function levelKey(variantId: number, locationId: number): string {
  return `${variantId}@${locationId}`
}

/** Throws when the order has no such line. */
export function lineOf(order: Order, lineId: number): OrderLine {
  const line = order.lines.find((each) => each.id === lineId)
  if (line === undefined) throw new Error(`Order ${order.name} has no line ${lineId}.`)
  return line
}

/** Says that the order has changed. */
export function touch(state: ShopState, order: Order, at: Instant): void {
  order.changedAt = at
  state.books.orders.put(order)
}

/** Throws unless it is a whole number of units, one or more. */
export function someUnits(quantity: number): number {
  if (!Number.isSafeInteger(quantity) || quantity < 1) throw new Error(`${quantity} is no quantity.`)
  return quantity
}
