/** A checkout becomes an order: units are promised, discounts allocated, taxes computed. */
import { booked, sum, zero, Decimal } from '../decimal.ts'
import { figuresOf } from './figures.ts'
import { spread } from './spread.ts'
import { someUnits, type ShopState } from './state.ts'
import { commit, locationFor, refuseShortage } from './stock.ts'
import { tax } from './taxing.ts'
import { nothing, wholeOf } from './units.ts'
import type { Checkout } from './checkout.ts'
import type { Order, OrderLine } from './shop.ts'

export function place(state: ShopState, checkout: Checkout): Order {
  if (checkout.lines.length === 0) throw new Error('An order has at least one line.')
  const order = emptyOrder(state, checkout)
  order.lines = checkout.lines.map((line) => lineFor(state, order, line, checkout.at))
  order.shipping = checkout.shipping.map(({ title, price, discountedPrice }) => ({
    id: state.next('shipping'),
    title,
    price: booked(price, order.currency),
    discountedPrice: booked(discountedPrice ?? price, order.currency),
    taxLines: [],
  }))
  if (checkout.cartDiscount !== undefined) allocate(order, checkout.cartDiscount)
  tax(order, state.taxes)
  order.originalTotal = figuresOf(order).total
  promise(state, order, order.lines, checkout.at)
  state.nextNumber = Math.max(state.nextNumber, order.number + 1)
  state.books.orders.put(order)
  touchCustomer(state, checkout)
  return order
}

/** A line as it is bought; its units are not promised yet. */
export function lineFor(state: ShopState, order: Order, asked: Checkout['lines'][number], at: number): OrderLine {
  const variant = state.books.variants.must(asked.variantId)
  if (order.source === 'web' && variant.status !== 'ACTIVE')
    throw new Error(`${variant.sku ?? variant.id} is not on sale.`)
  const unitPrice = booked(asked.unitPrice ?? variant.price.div(state.shopRate(order.currency, at)), order.currency)
  const quantity = someUnits(asked.quantity)
  const discounts =
    asked.discount === undefined
      ? []
      : [{ ...asked.discount, amount: booked(asked.discount.amount, order.currency), acrossCart: false }]
  if (sum(discounts.map((each) => each.amount)).greaterThan(unitPrice.times(quantity))) {
    throw new Error('A discount is never more than what it is taken off.')
  }
  return {
    id: state.next('line'),
    variantId: variant.id,
    sku: variant.sku,
    title: variant.productTitle,
    quantity,
    currentQuantity: quantity,
    unitPrice,
    discounts,
    taxLines: [],
    giftCard: variant.giftCard,
    requiresShipping: variant.requiresShipping,
    taxable: variant.taxable,
    locationId: asked.locationId ?? locationFor(state, variant, quantity),
    removed: { ...nothing },
  }
}

/** Promises units of all lines or of none: the online store refuses what is not there, other channels oversell. */
export function promise(state: ShopState, order: Order, lines: readonly OrderLine[], at: number): void {
  if (order.source === 'web') refuseShortage(state, lines)
  for (const line of lines) commit(state, line.variantId, line.locationId, line.quantity, at)
}

/** Over what lines cost after their own discounts; gift cards have no part in it, and no line goes below nothing. */
function allocate(order: Order, discount: NonNullable<Checkout['cartDiscount']>): void {
  const weights = order.lines.map((line) => (line.giftCard ? zero : wholeOf(line).subtotal))
  const amount = Decimal.min(booked(discount.amount, order.currency), sum(weights))
  const shares = spread(amount, weights, order.currency)
  for (const [at, line] of order.lines.entries()) {
    const share = shares[at] ?? zero
    if (!share.isZero()) line.discounts.push({ amount: share, code: discount.code, acrossCart: true })
  }
}

function emptyOrder(state: ShopState, checkout: Checkout): Order {
  const number = checkout.number ?? state.nextNumber
  return {
    id: state.next('order'),
    name: `#${number}`,
    number,
    createdAt: checkout.at,
    processedAt: checkout.at,
    changedAt: checkout.at,
    cancelledAt: null,
    closedAt: null,
    edited: false,
    cancelReason: null,
    test: checkout.test ?? false,
    currency: checkout.currency,
    taxesIncluded: state.taxes.taxesIncluded,
    taxExempt: checkout.taxExempt ?? false,
    channelLiable: checkout.channelLiable ?? false,
    source: checkout.source,
    tags: [...new Set(checkout.tags ?? [])],
    note: null,
    attributes: (checkout.attributes ?? []).map((each) => ({ ...each })),
    poNumber: checkout.poNumber ?? null,
    customerId: checkout.customerId,
    email: checkout.email,
    shipTo: checkout.shipTo === null ? null : { ...checkout.shipTo },
    lines: [],
    shipping: [],
    transactions: [],
    refunds: [],
    returns: [],
    fulfillments: [],
    promisedAt: checkout.promisedAt ?? null,
    paymentTerms: checkout.paymentTerms ?? null,
    cashRounding: null,
    shopRate: state.shopRate(checkout.currency, checkout.at),
    originalTotal: zero,
  }
}

/** A customer's row counts their orders, so it moves with each. */
function touchCustomer(state: ShopState, checkout: Checkout): void {
  if (checkout.customerId === null) return
  const customer = state.books.customers.must(checkout.customerId)
  customer.changedAt = checkout.at
  state.books.customers.put(customer)
}
