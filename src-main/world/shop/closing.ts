/** The shop archives an order by itself once it is paid and sent, and takes it out again when something is added. */
import { figuresOf } from './figures.ts'
import { unsentOf } from './units.ts'
import { touch, type ShopState } from './state.ts'
import type { Instant, Order } from './shop.ts'

export function closeWhenDone(state: ShopState, order: Order, at: Instant): void {
  if (order.closedAt !== null || order.cancelledAt !== null) return
  if (order.lines.some((line) => unsentOf(order, line) > 0)) return
  const { outstanding, capturable } = figuresOf(order)
  if (outstanding.greaterThan(0) || !capturable.isZero()) return
  order.closedAt = at
  touch(state, order, at)
}
