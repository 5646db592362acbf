/** What becomes of an order after it was placed: edited, called off, given back, made anew. */
import { booked, Decimal, sum } from '../decimal.ts'
import type { Order, OrderLine } from '../shop/shop.ts'
import { unsentOf } from '../shop/units.ts'
import { credit } from '../integration/billing.ts'
import { later } from '../integration/gate.ts'
import { amend, enterAnew, forget, isDue, withdraw } from '../integration/orders.ts'
import { lookAtRounding } from '../integration/rounding.ts'
import { lookAgain, moveStock } from '../integration/stock.ts'
import { second } from './calendar.ts'
import { availableAt } from './carts.ts'
import { figuresOf } from '../shop/figures.ts'
import { type Article, type Case, passed, type Stage } from './stage.ts'

/** The customer has changed their mind about some units before anything left. */
export function change(stage: Stage, one: Case): void {
  const { order, fate, dice } = one
  const line = order.lines.find((each) => !each.giftCard && each.discounts.length === 0)
  if (one.shippedAt !== null || order.cancelledAt !== null || line === undefined) return
  stage.desk.market = one.market
  if (fate === 'edit-less' && line.currentQuantity > 1 && losesCleanly(order, line)) {
    stage.shop.edit(order.id, { lines: [{ lineId: line.id, quantity: line.currentQuantity - 1 }] }, stage.shopNow())
    stage.shop.refund(order.id, { lines: [] }, stage.shopNow())
  } else {
    grow(stage, one, line.id)
    const { outstanding } = figuresOf(order)
    if (outstanding.greaterThan(0)) stage.shop.capture(order.id, outstanding, one.gateway ?? 'manual', stage.shopNow())
  }
  lookAgain(stage, one)
  lookAtRounding(stage, one)
  passed(one, 'edited')
  later(stage, dice.int(40, 200) * second, 'edits', () => amend(stage, one))
}

/** Whether what is left of the line is taxed the same by its parts and anew: else a cent stays between the two sides. */
function losesCleanly(order: Order, line: OrderLine): boolean {
  const left = line.unitPrice.times(line.currentQuantity - 1)
  const divisor = order.taxesIncluded ? sum(line.taxLines.map((tax) => tax.rate)).plus(1) : 1
  const anew = sum(line.taxLines.map((tax) => booked(left.times(tax.rate).div(divisor), order.currency)))
  const whole = sum(line.taxLines.map((tax) => tax.amount))
  return whole.minus(booked(whole.div(line.currentQuantity), order.currency)).equals(anew)
}

function grow(stage: Stage, one: Case, lineId: number): void {
  const { order, place: here } = one
  const bought = new Set(order.lines.map((line) => line.variantId))
  const added = stage.house.articles.find((article) =>
    one.fate === 'edit-added' && article.facts.trait === 'plain' && !bought.has(article.variant.id) &&
    article.facts.rateClass === 'standard' && availableAt(stage, article, here) > 20)
  const line = order.lines.find((each) => each.id === lineId)
  if (added !== undefined && line !== undefined) {
    const unitPrice = booked(line.unitPrice, order.currency)
    stage.shop.edit(order.id, { added: [{ variantId: added.variant.id, quantity: 1, unitPrice, locationId: here.location.id }] }, stage.shopNow())
  } else if (line !== undefined) {
    stage.shop.edit(order.id, { lines: [{ lineId, quantity: line.currentQuantity + 1 }] }, stage.shopNow())
  }
}

/** Cancelled, by the customer where nobody else is named, with all money back. */
export function callOff(stage: Stage, one: Case, reason: NonNullable<Order['cancelReason']> = 'CUSTOMER'): void {
  const { order, dice } = one
  if (order.cancelledAt !== null || one.shippedAt !== null || order.fulfillments.length > 0) return
  stage.shop.cancel(order.id, reason, stage.shopNow())
  stage.waiting.delete(one)
  lookAgain(stage, one)
  lookAtRounding(stage, one)
  if (figuresOf(order).received.greaterThan(figuresOf(order).refunded)) giveBackAll(stage, one)
  passed(one, 'cancelled')
  later(stage, dice.int(40, 160) * second, 'cancellations', () => withdraw(stage, one))
}

export function giveBackAll(stage: Stage, one: Case): void {
  const { order } = one
  const lines = order.lines.filter((line) => line.currentQuantity > 0).map((line) => ({ lineId: line.id, quantity: line.currentQuantity, restock: true }))
  const shipping = figuresOf(order).currentShipping
  stage.shop.refund(order.id, { lines, ...(shipping.isZero() ? {} : { shipping }) }, stage.shopNow())
}

/** Goods come back, or a part of the price does. */
export function giveBack(stage: Stage, one: Case): void {
  const { order, fate } = one
  const sent = order.lines.filter((line) => !line.giftCard && line.currentQuantity > 0 && unsentOf(order, line) === 0)
  const [first] = sent
  if (first === undefined || one.sale === null) return
  const before = order.refunds.length
  if (fate === 'goodwill') {
    const amount = booked(figuresOf(order).currentTotal.times('0.1'), order.currency)
    if (amount.isZero()) return
    stage.shop.refund(order.id, { lines: [], adjustment: { amount: amount.negated(), reason: 'Goodwill' } }, stage.shopNow())
  } else if (fate === 'return-some') {
    stage.shop.refund(order.id, { lines: [{ lineId: first.id, quantity: 1, restock: true }] }, stage.shopNow())
  } else giveBackAll(stage, one)
  const refund = order.refunds[before]
  if (refund === undefined) return
  lookAgain(stage, one)
  passed(one, 'refunded')
  later(stage, one.dice.int(40, 170) * second, 'people', () => takeIn(stage, one, refund))
  settleRefund(stage, one, one.dice.int(120, 600) * second)
}

/** What came back is put on the ERP's shelf. */
export function takeIn(stage: Stage, one: Case, refund: Order['refunds'][number]): void {
  takeUnitsIn(stage, one, refund.lines.filter((back) => back.restocked))
}

/** By a transfer against the delivery that sent them; the parts of a kit by a count, as they left. */
export function takeUnitsIn(stage: Stage, one: Case, lines: readonly { readonly lineId: number; readonly quantity: number }[]): void {
  for (const back of lines) {
    const line = one.order.lines.find((each) => each.id === back.lineId)
    const article = stage.house.articleOf(line?.sku ?? null)
    if (article === null) continue
    for (const part of article.facts.parts) {
      const piece = stage.house.articleOf(part.sku)
      if (piece !== null) moveStock(stage, piece, one.place, part.units * back.quantity)
    }
    const units = back.quantity * article.facts.pack
    const left = units - takeBackOf(stage, one, article, units)
    if (left > 0 && article.product.tracked) moveStock(stage, article, one.place, left)
  }
}

/** How many of the units could be booked as coming back from what was sent. */
function takeBackOf(stage: Stage, one: Case, article: Article, units: number): number {
  const { books } = stage.erp
  let taken = 0
  for (const picking of one.sale === null ? [] : books.find.pickingsOfSale(one.sale.id)) {
    for (const move of picking.moves) {
      if (move.productId !== article.product.id || move.state !== 'done' || taken >= units) continue
      const before = books.find.stockMovesOfProduct(move.productId).filter((each) => each.returnedFrom === move.id)
      const here = Math.min(units - taken, move.done.minus(sum(before.map((each) => each.done))).toNumber())
      if (here <= 0) continue
      stage.erp.takeBack(picking.id, new Map([[move.id, new Decimal(here)]]), stage.house.staff.picker, stage.erpNow())
      taken += here
    }
  }
  return taken
}

/** Credits the order's last refund after a while. */
export function settleRefund(stage: Stage, one: Case, spanMs: number): void {
  const refund = one.order.refunds.at(-1)
  later(stage, spanMs, 'credits', () => {
    if (refund !== undefined) credit(stage, one, refund)
  })
}

/** A clerk cancels the ERP's document and has the integration make it anew under the same reference. */
export function makeAnew(stage: Stage, one: Case): void {
  const { sale, dice } = one
  if (sale === null || one.shippedAt !== null || one.order.cancelledAt !== null) return
  stage.erp.cancelSale(sale.id, stage.house.staff.clerk, stage.erpNow())
  forget(stage, one)
  lookAtRounding(stage, one)
  later(stage, dice.int(60, 240) * second, 'orders', () => {
    // where that stood still the customer may have lost patience
    if (!isDue(one.order)) return
    enterAnew(stage, one)
  })
}
