/** Goods leave in one or several fulfilments, get tracking numbers, arrive, or are called back. */
import { closeWhenDone } from './closing.ts'
import { lineOf, someUnits, touch, type ShopState } from './state.ts'
import { release, send, sendOther, unsend } from './stock.ts'
import { sentOf, unsentOf } from './units.ts'
import type { Fulfillment, Instant, Order, Shop } from './shop.ts'

export function fulfil(state: ShopState, orderId: number, asked: Parameters<Shop['fulfil']>[1], at: Instant): Fulfillment {
  const order = state.books.orders.must(orderId)
  if (order.cancelledAt !== null) throw new Error(`${order.name} is cancelled and is not sent.`)
  if (asked.lines.length === 0) throw new Error('A fulfilment has at least one line.')
  const location = state.books.locations.must(asked.locationId)
  for (const { lineId, quantity } of asked.lines) {
    const line = lineOf(order, lineId)
    const open = unsentOf(order, line)
    if (someUnits(quantity) > open) throw new Error(`Of line ${lineId} of ${order.name} only ${open} are to be sent.`)
    if (line.locationId === null || line.locationId === location.id) send(state, line.variantId, location.id, quantity, at)
    else sendElsewhere(state, line.variantId, line.locationId, location.id, quantity, at)
  }
  const made: Fulfillment = {
    id: state.next('fulfillment'), createdAt: at, changedAt: at, status: 'SUCCESS', locationId: location.id,
    lines: asked.lines.map((line) => ({ ...line })), tracking: asked.tracking.map((each) => ({ ...each })), deliveredAt: null,
  }
  order.fulfillments.push(made)
  touch(state, order, at)
  closeWhenDone(state, order, at)
  return made
}

export function changeFulfilment(
  state: ShopState, orderId: number, fulfillmentId: number, change: Parameters<Shop['changeFulfilment']>[2], at: Instant,
): void {
  const order = state.books.orders.must(orderId)
  const fulfillment = order.fulfillments.find((each) => each.id === fulfillmentId)
  if (fulfillment === undefined) throw new Error(`${order.name} has no fulfilment ${fulfillmentId}.`)
  if (change.status !== undefined && change.status !== fulfillment.status) callBack(state, order, fulfillment, at)
  Object.assign(fulfillment, change, { changedAt: at })
  touch(state, order, at)
}

/** What was promised in one place leaves from another. */
function sendElsewhere(
  state: ShopState, variantId: number | null, promisedAt: number, locationId: number, quantity: number, at: Instant,
): void {
  release(state, variantId, promisedAt, quantity, at)
  sendOther(state, variantId, locationId, quantity, at)
}

/** Units of a fulfilment that did not happen are promised again, where their line keeps them. */
function callBack(state: ShopState, order: Order, fulfillment: Fulfillment, at: Instant): void {
  if (fulfillment.status !== 'SUCCESS') throw new Error('A fulfilment that ended does not begin again.')
  for (const { lineId, quantity } of fulfillment.lines) {
    const line = lineOf(order, lineId)
    if (quantity > sentOf(order, line)) throw new Error(`Units of ${order.name} have come back already.`)
    line.locationId ??= fulfillment.locationId
    unsend(state, line.variantId, line.locationId, quantity, at)
  }
  order.closedAt = null
}
