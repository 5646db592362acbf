/** An order changes after it was placed: edited, cancelled, tagged. */
import { lineFor, promise } from './placing.ts'
import { fulfillmentStatusOf } from './figures.ts'
import { letGo } from './paying.ts'
import { closeWhenDone } from './closing.ts'
import { lineOf, touch, type ShopState } from './state.ts'
import { release } from './stock.ts'
import { tax } from './taxing.ts'
import { portionOf, unsentOf } from './units.ts'
import type { Instant, Order, OrderLine, Shop } from './shop.ts'

export function edit(state: ShopState, orderId: number, asked: Parameters<Shop['edit']>[1], at: Instant): void {
  const order = state.books.orders.must(orderId)
  if (order.cancelledAt !== null) throw new Error(`${order.name} is cancelled and cannot be edited.`)
  const grown = (asked.lines ?? []).flatMap(({ lineId, quantity }) => {
    const line = lineOf(order, lineId)
    return setQuantity(state, order, line, quantity, at) ? [line] : []
  })
  const added = (asked.added ?? []).map((each) => lineFor(state, order, each, at))
  promise(state, order, added, at)
  order.lines.push(...added)
  // Units that were taken off keep their tax in the line's own figures: only more units bring more of it.
  if (added.length > 0 || grown.length > 0) {
    tax(order, state.taxes, grown)
    order.closedAt = null
  }
  order.edited = true
  touch(state, order, at)
  closeWhenDone(state, order, at)
}

export function cancel(state: ShopState, orderId: number, reason: NonNullable<Order['cancelReason']>, at: Instant): void {
  const order = state.books.orders.must(orderId)
  if (order.cancelledAt !== null) throw new Error(`${order.name} is cancelled already.`)
  if (fulfillmentStatusOf(order) === 'FULFILLED') throw new Error(`${order.name} was sent and cannot be cancelled.`)
  for (const line of order.lines) release(state, line.variantId, line.locationId, unsentOf(order, line), at)
  letGo(state, order, at)
  order.cancelledAt = at
  order.cancelReason = reason
  touch(state, order, at)
}

/** Adds tags; known ones stay as they are. */
export function tag(state: ShopState, orderId: number, tags: readonly string[], at: Instant): void {
  const order = state.books.orders.must(orderId)
  order.tags = [...new Set([...order.tags, ...tags])]
  touch(state, order, at)
}

export function annotate(state: ShopState, orderId: number, change: Parameters<Shop['annotate']>[1], at: Instant): void {
  const order = state.books.orders.must(orderId)
  Object.assign(order, change)
  touch(state, order, at)
}

export function archive(state: ShopState, orderId: number, archived: boolean, at: Instant): void {
  const order = state.books.orders.must(orderId)
  order.closedAt = archived ? at : null
  touch(state, order, at)
}

/** Whether the line has more units than before. */
function setQuantity(state: ShopState, order: Order, line: OrderLine, quantity: number, at: Instant): boolean {
  if (!Number.isSafeInteger(quantity) || quantity < 0) throw new Error(`${quantity} is no quantity.`)
  const more = quantity - line.currentQuantity
  if (more > 0) {
    promise(state, order, [{ ...line, quantity: more }], at)
    line.quantity += more
    line.currentQuantity = quantity
    return true
  }
  if (more < 0) takeOff(state, order, line, -more, at)
  return false
}

function takeOff(state: ShopState, order: Order, line: OrderLine, units: number, at: Instant): void {
  if (units > unsentOf(order, line)) throw new Error(`Units of ${order.name} that were sent cannot be taken off.`)
  const gone = portionOf(order, line, units)
  line.removed = {
    quantity: line.removed.quantity + units,
    subtotal: line.removed.subtotal.plus(gone.subtotal),
    tax: line.removed.tax.plus(gone.tax),
  }
  line.currentQuantity -= units
  release(state, line.variantId, line.locationId, units, at)
}
