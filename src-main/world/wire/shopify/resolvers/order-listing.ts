/** How orders are searched and sorted. */
import { figuresOf, financialStatusOf, fulfillmentStatusOf } from '../../../shop/figures.ts'
import { codesOf } from './discounts.ts'
import { returnStatusOf } from './returns.ts'
import { hasScope, type Asking } from '../asking.ts'
import type { Listing } from '../listing.ts'
import type { Order } from '../../../shop/shop.ts'

const sixtyDaysMs = 60 * 24 * 60 * 60 * 1000

export const orderListing: Listing<Order> = {
  rowsSince: (from, { desk }) => desk.shop.books.orders.changedSince(from),
  createdAt: (order) => order.createdAt,
  isVisible: seesOrder,
  inOrder: (sortKey, { desk }) => desk.steadyOrders.by(sortKey),
  everywhere: (order) => [
    order.name,
    order.email,
    order.poNumber,
    ...order.lines.flatMap((line) => [line.sku, line.title]),
  ],
  sortKeys: {
    CREATED_AT: (order) => order.createdAt,
    UPDATED_AT: (order) => order.changedAt,
    PROCESSED_AT: (order) => order.processedAt,
    ORDER_NUMBER: (order) => order.number,
    PO_NUMBER: (order) => order.poNumber ?? '',
    FINANCIAL_STATUS: (order) => financialStatusOf(order),
    FULFILLMENT_STATUS: fulfillmentStatusOf,
    DESTINATION: (order) => order.shipTo?.country ?? '',
    CUSTOMER_NAME: (order) => order.email ?? '',
    TOTAL_PRICE: (order) => figuresOf(order).total.toNumber(),
    CURRENT_TOTAL_PRICE: (order) => figuresOf(order).currentTotal.toNumber(),
    TOTAL_ITEMS_QUANTITY: (order) => order.lines.reduce((units, line) => units + line.quantity, 0),
  },
  fields: {
    id: { kind: 'id', of: (order) => [order.id] },
    // With its prefix or without.
    name: { kind: 'text', of: (order) => [order.name, order.name.replace('#', '')] },
    created_at: { kind: 'time', of: (order) => order.createdAt },
    updated_at: { kind: 'time', of: (order) => order.changedAt },
    processed_at: { kind: 'time', of: (order) => order.processedAt },
    customer_id: { kind: 'id', of: (order) => [order.customerId] },
    email: { kind: 'text', of: (order) => [order.email] },
    status: { kind: 'text', of: statusesOf },
    financial_status: { kind: 'text', of: (order) => [financialStatusOf(order)] },
    fulfillment_status: { kind: 'text', of: (order) => fulfilmentWords[fulfillmentStatusOf(order)] },
    return_status: { kind: 'text', of: (order) => [returnStatusOf(order)] },
    test: { kind: 'flag', of: (order) => order.test },
    tag: { kind: 'text', of: (order) => order.tags },
    sku: { kind: 'text', of: (order) => order.lines.map((line) => line.sku) },
    source_name: { kind: 'text', of: (order) => [order.source] },
    channel: { kind: 'text', of: (order) => [order.source] },
    sales_channel: { kind: 'text', of: (order) => [order.source] },
    po_number: { kind: 'text', of: (order) => [order.poNumber] },
    discount_code: { kind: 'text', of: codesOf },
    gateway: { kind: 'text', of: (order) => order.transactions.map((each) => each.gateway) },
    payment_id: { kind: 'text', of: (order) => order.transactions.map((each) => each.paymentId) },
    confirmation_number: { kind: 'text', of: (order) => [order.id.toString(36)] },
    location_id: { kind: 'id', of: (order) => order.lines.map((line) => line.locationId) },
    fulfillment_location_id: { kind: 'id', of: (order) => order.fulfillments.map((each) => each.locationId) },
    current_total_price: { kind: 'number', of: (order) => figuresOf(order).currentTotal.toNumber() },
    subtotal_line_items_quantity: {
      kind: 'number',
      of: (order) => order.lines.reduce((units, line) => units + line.quantity, 0),
    },
  },
}

/** Older orders are silently not there for an app that may not read all of them. */
export function seesOrder(order: Order, { scopes, at }: Asking): boolean {
  return at - order.createdAt <= sixtyDaysMs || hasScope('read_all_orders', scopes)
}

const fulfilmentWords = {
  FULFILLED: ['fulfilled', 'shipped'],
  PARTIALLY_FULFILLED: ['partial', 'partially_fulfilled'],
  UNFULFILLED: ['unfulfilled', 'unshipped'],
}

function statusesOf(order: Order): readonly string[] {
  if (order.cancelledAt !== null) return ['any', 'cancelled', 'not_closed']
  return order.closedAt === null ? ['any', 'open', 'not_closed'] : ['any', 'closed']
}
