/** An order's figures and states, computed from its rows each time they are asked for. */
import { sum, zero, type Decimal } from '../decimal.ts'
import { remainderOf, unsentOf, wholeOf } from './units.ts'
import type { Instant, Order, Portion, Transaction } from './shop.ts'

/** An order's figures as Shopify states them, computed from its rows with the world's own decimals; booked amounts. */
export interface OrderFigures {
  /** With units that edits added, and before anything was removed or refunded. */
  readonly total: Decimal
  readonly tax: Decimal
  readonly subtotal: Decimal
  readonly shipping: Decimal
  readonly discounts: Decimal
  /** After refunds and edits. */
  readonly currentTotal: Decimal
  readonly currentTax: Decimal
  readonly currentSubtotal: Decimal
  readonly currentShipping: Decimal
  readonly received: Decimal
  readonly refunded: Decimal
  /** What is owed still; negative where money is to go back. Cash rounding is settled. */
  readonly outstanding: Decimal
  /** Authorised, not captured and not voided. */
  readonly capturable: Decimal
}

export function figuresOf(order: Order): OrderFigures {
  const lines = addUp(order.lines.map(wholeOf))
  const shipping = { amount: sum(order.shipping.map((line) => line.discountedPrice)), tax: taxOfShipping(order) }
  const left = addUp(order.lines.map((line) => remainderOf(order, line)))
  const shippingLeft = shippingRemainderOf(order)
  const adjustments = order.refunds.flatMap((refund) => refund.adjustments)
  const grossed = (tax: Decimal): Decimal => (order.taxesIncluded ? zero : tax)
  const currentTax = left.tax.plus(shippingLeft.tax).plus(sum(adjustments.map((each) => each.tax)))
  const currentTotal = left.subtotal
    .plus(shippingLeft.amount)
    .plus(grossed(left.tax.plus(shippingLeft.tax)))
    .plus(sum(adjustments.map((each) => each.amount.plus(grossed(each.tax)))))
  const received = moneyOf(order, ['SALE', 'CAPTURE'])
  const refunded = moneyOf(order, ['REFUND'])
  return {
    total: lines.subtotal.plus(shipping.amount).plus(grossed(lines.tax.plus(shipping.tax))),
    tax: lines.tax.plus(shipping.tax),
    subtotal: lines.subtotal,
    shipping: shipping.amount,
    discounts: discountsOf(order),
    currentTotal,
    currentTax,
    currentSubtotal: left.subtotal,
    currentShipping: shippingLeft.amount,
    received,
    refunded,
    outstanding: currentTotal.minus(received).plus(refunded),
    capturable: sum(authorisationsOf(order).map((each) => each.left)),
  }
}

/** What of the shipping was not paid back, its tax beside it. */
export function shippingRemainderOf(order: Order): { readonly amount: Decimal; readonly tax: Decimal } {
  const back = order.refunds.flatMap((refund) => refund.shipping ?? [])
  return {
    amount: sum(order.shipping.map((line) => line.discountedPrice)).minus(sum(back.map((each) => each.amount))),
    tax: taxOfShipping(order).minus(sum(back.map((each) => each.tax))),
  }
}

/** Authorisations that can be captured still, neither voided nor run out, with what is left of them. */
export function authorisationsOf(order: Order): { readonly transaction: Transaction; readonly left: Decimal }[] {
  return order.transactions.flatMap((transaction) => {
    if (transaction.kind !== 'AUTHORIZATION' || transaction.status !== 'SUCCESS' || transaction.lapsed) return []
    const children = order.transactions.filter((each) => each.parentId === transaction.id && each.status === 'SUCCESS')
    if (children.some((each) => each.kind === 'VOID')) return []
    const left = transaction.amount.minus(sum(children.map((each) => each.amount)))
    return left.greaterThan(0) ? [{ transaction, left }] : []
  })
}

/** When the last of what was owed came; null while anything is, and where nothing ever was. */
export function paidAt(order: Order): Instant | null {
  if (figuresOf(order).outstanding.greaterThan(0)) return null
  const came = order.transactions.filter((each) => each.status === 'SUCCESS' && (each.kind === 'SALE' || each.kind === 'CAPTURE'))
  return came.reduce<Instant | null>((last, each) => Math.max(last ?? 0, each.processedAt), null)
}

export type FinancialStatus =
  'AUTHORIZED' | 'EXPIRED' | 'PAID' | 'PARTIALLY_PAID' | 'PARTIALLY_REFUNDED' | 'PENDING' | 'REFUNDED' | 'VOIDED'

export function financialStatusOf(order: Order, figures: OrderFigures = figuresOf(order)): FinancialStatus {
  if (!figures.refunded.isZero()) {
    return figures.refunded.greaterThanOrEqualTo(figures.received) ? 'REFUNDED' : 'PARTIALLY_REFUNDED'
  }
  if (!figures.received.isZero()) return figures.outstanding.greaterThan(0) ? 'PARTIALLY_PAID' : 'PAID'
  if (!figures.capturable.isZero()) return 'AUTHORIZED'
  if (order.transactions.some((each) => each.lapsed)) return 'EXPIRED'
  if (order.cancelledAt !== null || order.transactions.some((each) => each.kind === 'VOID')) return 'VOIDED'
  return figures.outstanding.greaterThan(0) ? 'PENDING' : 'PAID'
}

export type FulfillmentStatus = 'FULFILLED' | 'PARTIALLY_FULFILLED' | 'UNFULFILLED'

export function fulfillmentStatusOf(order: Order): FulfillmentStatus {
  const sent = order.fulfillments.some((fulfillment) => fulfillment.status === 'SUCCESS')
  if (!sent) return 'UNFULFILLED'
  return order.lines.some((line) => unsentOf(order, line) > 0) ? 'PARTIALLY_FULFILLED' : 'FULFILLED'
}

function addUp(portions: readonly Portion[]): Portion {
  return {
    quantity: portions.reduce((units, portion) => units + portion.quantity, 0),
    subtotal: sum(portions.map((portion) => portion.subtotal)),
    tax: sum(portions.map((portion) => portion.tax)),
  }
}

function taxOfShipping(order: Order): Decimal {
  return sum(order.shipping.flatMap((line) => line.taxLines.map((tax) => tax.amount)))
}

function discountsOf(order: Order): Decimal {
  return sum([
    ...order.lines.flatMap((line) => line.discounts.map((discount) => discount.amount)),
    ...order.shipping.map((line) => line.price.minus(line.discountedPrice)),
  ])
}

function moneyOf(order: Order, kinds: readonly Transaction['kind'][]): Decimal {
  return sum(
    order.transactions
      .filter((each) => each.status === 'SUCCESS' && kinds.includes(each.kind))
      .map((each) => each.amount),
  )
}
