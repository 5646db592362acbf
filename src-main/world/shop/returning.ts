/** Goods come back to the shop before, or without, the money going back. */
import { sentFrom } from './refunding.ts'
import { lineOf, someUnits, touch, type ShopState } from './state.ts'
import { takeBack } from './stock.ts'
import { sentOf } from './units.ts'
import type { Instant, Order, Return } from './shop.ts'

export function returned(
  state: ShopState,
  orderId: number,
  lines: readonly { readonly lineId: number; readonly quantity: number }[],
  at: Instant,
): Return {
  const order = state.books.orders.must(orderId)
  for (const { lineId, quantity } of lines) {
    const left = withCustomer(order, lineId)
    if (someUnits(quantity) > left) throw new Error(`Of line ${lineId} of ${order.name} only ${left} are with the customer, not ${quantity}.`)
  }
  const [first] = lines
  const locationId = first === undefined ? null : sentFrom(order, first.lineId)
  if (locationId === null) throw new Error(`Nothing of ${order.name} has left that could come back.`)
  const made: Return = {
    id: state.next('return'),
    createdAt: at,
    locationId,
    lines: lines.map((line) => ({ ...line })),
  }
  order.returns.push(made)
  for (const { lineId, quantity } of lines) takeBack(state, lineOf(order, lineId).variantId, made.locationId, quantity, at)
  touch(state, order, at)
  return made
}

/** Sent, and not come back by a refund or a return. */
function withCustomer(order: Order, lineId: number): number {
  const back = order.returns.flatMap((one) => one.lines).filter((one) => one.lineId === lineId)
  return sentOf(order, lineOf(order, lineId)) - back.reduce((units, one) => units + one.quantity, 0)
}
