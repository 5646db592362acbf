/** Goods and money go back: by units, shipping, or goodwill, and by the ways the money came. */
import { booked, sum, zero, Decimal } from '../decimal.ts'
import { closeWhenDone } from './closing.ts'
import { figuresOf, shippingRemainderOf } from './figures.ts'
import { book } from './paying.ts'
import { lineOf, someUnits, touch, type ShopState } from './state.ts'
import { release, send, takeBack } from './stock.ts'
import { portionOf, unsentOf } from './units.ts'
import type { Instant, Order, Refund, RefundLine, Shop } from './shop.ts'

type Asked = Parameters<Shop['refund']>[1]

export function refund(state: ShopState, orderId: number, asked: Asked, at: Instant): Refund {
  const order = state.books.orders.must(orderId)
  refuse(order, asked)
  const made: Refund = {
    id: state.next('refund'),
    createdAt: at,
    note: asked.note ?? null,
    lines: [],
    shipping: null,
    adjustments: [],
    transactionIds: [],
  }
  order.refunds.push(made)
  for (const line of asked.lines) takeUnits(state, order, made, line, at)
  if (asked.shipping !== undefined) made.shipping = shippingBack(order, asked.shipping)
  if (asked.adjustment !== undefined) {
    made.adjustments.push({
      amount: booked(asked.adjustment.amount, order.currency),
      tax: zero,
      reason: asked.adjustment.reason,
    })
  }
  payBack(state, order, made, asked.gateway ?? null, at)
  touch(state, order, at)
  closeWhenDone(state, order, at)
  return made
}

/** Throws for what cannot be refunded, before anything is. */
function refuse(order: Order, asked: Asked): void {
  const wanted = new Map<number, number>()
  for (const { lineId, quantity } of asked.lines) {
    const units = (wanted.get(lineId) ?? 0) + someUnits(quantity)
    wanted.set(lineId, units)
    const left = lineOf(order, lineId).currentQuantity
    if (units > left) throw new Error(`Of line ${lineId} of ${order.name} only ${left} are left, not ${units}.`)
  }
  const { shipping } = asked
  const left = shippingRemainderOf(order).amount
  if (shipping !== undefined && (!shipping.greaterThan(0) || shipping.greaterThan(left))) {
    throw new Error(`Of the shipping of ${order.name} only ${left.toString()} is left, not ${shipping.toString()}.`)
  }
  if (asked.lines.length > 0 || shipping !== undefined || asked.adjustment !== undefined) return
  if (!figuresOf(order).outstanding.lessThan(0)) throw new Error(`There is nothing to refund on ${order.name}.`)
}

/** Units that were never sent go first: they are cheaper to take back. */
function takeUnits(state: ShopState, order: Order, made: Refund, asked: Asked['lines'][number], at: Instant): void {
  const line = lineOf(order, asked.lineId)
  const unsent = Math.min(asked.quantity, unsentOf(order, line))
  const sent = asked.quantity - unsent
  const back = (units: number, wasSent: boolean): RefundLine => ({
    id: state.next('refund'),
    lineId: line.id,
    ...portionOf(order, line, units),
    sent: wasSent,
    restocked: asked.restock,
    locationId: asked.restock ? ((wasSent ? sentFrom(order, line.id) : null) ?? line.locationId) : null,
  })
  if (unsent > 0) {
    made.lines.push(back(unsent, false))
    line.currentQuantity -= unsent
    // A cancelled order's units were given back when it was cancelled.
    if (order.cancelledAt === null) (asked.restock ? release : send)(state, line.variantId, line.locationId, unsent, at)
  }
  if (sent > 0) {
    const returned = back(sent, true)
    made.lines.push(returned)
    line.currentQuantity -= sent
    if (returned.locationId !== null) takeBack(state, line.variantId, returned.locationId, sent, at)
  }
}

/** Where units of a line left from; null where none did. */
export function sentFrom(order: Order, lineId: number): number | null {
  return (
    order.fulfillments.findLast(
      (each) => each.status === 'SUCCESS' && each.lines.some((line) => line.lineId === lineId),
    )?.locationId ?? null
  )
}

function shippingBack(order: Order, amount: Decimal): NonNullable<Refund['shipping']> {
  const left = shippingRemainderOf(order)
  if (amount.equals(left.amount)) return { amount, tax: left.tax }
  return { amount, tax: booked(left.tax.times(amount).div(left.amount), order.currency) }
}

/** Pays back what was paid beyond what is owed now. */
function payBack(state: ShopState, order: Order, made: Refund, gateway: string | null, at: Instant): void {
  let due = figuresOf(order).outstanding.negated()
  const payments = order.transactions.filter(
    (each) => each.status === 'SUCCESS' && (each.kind === 'SALE' || each.kind === 'CAPTURE'),
  )
  const ways = gateway === null ? payments : payments.filter((payment) => payment.gateway === gateway)
  for (const payment of ways) {
    const back = order.transactions.filter((each) => each.kind === 'REFUND' && each.parentId === payment.id)
    const amount = Decimal.min(due, payment.amount.minus(sum(back.map((each) => each.amount))))
    if (!amount.greaterThan(0)) continue
    made.transactionIds.push(
      book(state, order, { kind: 'REFUND', gateway: payment.gateway, amount, parentId: payment.id }, at).id,
    )
    due = due.minus(amount)
  }
  if (gateway === null || !due.greaterThan(0)) return
  // By a way that the money did not come by: a transfer, or credit in the shop.
  made.transactionIds.push(book(state, order, { kind: 'REFUND', gateway, amount: due, parentId: null }, at).id)
}
