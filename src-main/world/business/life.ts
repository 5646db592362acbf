/** The life of one order: placed and paid, brought to the ERP, sent, billed, perhaps changed, called off, or given back. */
import { booked, type Decimal } from '../decimal.ts'
import type { Order, OrderLine } from '../shop/shop.ts'
import { unsentOf } from '../shop/units.ts'
import { bill, credit, isPaid, settle } from '../integration/billing.ts'
import { cardsOf, type Parcel, parcelOf, tell } from '../integration/fulfilments.ts'
import { through } from '../integration/gate.ts'
import { amend, book, draftOf, forget, know, withdraw } from '../integration/orders.ts'
import { lookAgain, moveStock } from '../integration/stock.ts'
import { day, hour, minute, second } from './calendar.ts'
import { availableAt, type Cart } from './carts.ts'
import type { Dice } from './dice.ts'
import { agreedTotal, figuresOf } from './figures.ts'
import { type Case, type Flow, passed, type Script, type Stage, take } from './stage.ts'

/** Places the cart and lets its life go on by itself. */
export function place(stage: Stage, cart: Cart, dice: Dice, script: (one: Case) => Script | null): Case {
  stage.desk.market = cart.market
  const order = stage.shop.place(cart.checkout)
  const one: Case = {
    order, number: order.name.slice(1), market: cart.market, method: cart.method, gateway: cart.gateway, place: cart.place,
    fate: cart.fate, monthly: cart.monthly, script: null, dice, placedAt: stage.agenda.now(), dueAt: null, sale: null,
    bookedAt: null, shippedAt: null, invoices: [], credits: [],
  }
  one.script = script(one)
  stage.cases.set(one.number, one)
  stage.waiting.add(one)
  if (!order.test) stage.truth.placed(one.number)
  pay(stage, one, cart)
  passed(one, 'placed')
  goOn(stage, one)
  return one
}

/** An errand of the integration's or of people in the ERP, some time from now. */
export function later(stage: Stage, spanMs: number, flow: Flow, happens: () => void): void {
  stage.agenda.after(spanMs, () => through(stage, flow, happens))
}

function pay(stage: Stage, one: Case, cart: Cart): void {
  const { order, dice } = one
  const total = agreedTotal(order)
  const now = stage.agenda.now()
  const due = (at: number): void => {
    one.dueAt = Math.max(at, cart.promisedAt ?? at)
  }
  if (total.isZero()) return due(now)
  const whole = (gateway: string): void => {
    stage.shop.capture(order.id, total, gateway, stage.shopNow())
    due(now)
  }
  switch (cart.method) {
    case 'card':
    case 'paypal':
    case 'till':
    case 'marketplace':
    case 'gift-card':
      return cart.splitCapture ? captureInParts(stage, one, total, due) : whole(one.gateway ?? 'manual')
    case 'card-and-gift-card': {
      const card = booked(total.times('0.4'), order.currency)
      if (card.greaterThan(0)) stage.shop.capture(order.id, card, 'gift_card', stage.shopNow())
      stage.shop.capture(order.id, total.minus(card), 'shopify_payments', stage.shopNow())
      return due(now)
    }
    case 'klarna':
      stage.shop.authorise(order.id, total, 'klarna', stage.shopNow())
      return due(now)
    case 'bank':
      expect(stage, order, total, 'bank_deposit')
      stage.agenda.at(stage.calendar.working(now + stage.agenda.paced(dice.int(20, 60) * hour)), () => collect(stage, one))
      return due(now)
    case 'cash-on-delivery':
      expect(stage, order, total, 'cash_on_delivery')
      return due(now)
    case 'terms':
      expect(stage, order, total, 'manual')
      stage.agenda.after(dice.int(28, 34) * day, () => collect(stage, one))
      return due(now)
    case 'free':
      return due(now)
    default:
      return cart.method satisfies never
  }
}

/** Sixty per cent at once, the rest within two minutes; due from the first. */
function captureInParts(stage: Stage, one: Case, total: Decimal, due: (at: number) => void): void {
  const { order, dice } = one
  const gateway = one.gateway ?? 'manual'
  const first = booked(total.times('0.6'), order.currency)
  stage.shop.authorise(order.id, total, gateway, stage.shopNow())
  stage.shop.capture(order.id, first, gateway, stage.shopNow())
  due(stage.agenda.now())
  stage.agenda.after(dice.int(20, 100) * second, () => {
    if (order.cancelledAt === null) stage.shop.capture(order.id, total.minus(first), gateway, stage.shopNow())
  })
}

/** A payment that is to come is booked as pending: it names the way it will come by. */
function expect(stage: Stage, order: Order, amount: Decimal, gateway: string): void {
  order.transactions.push({
    id: 6_700_000_000_000 + order.number, kind: 'SALE', status: 'PENDING', gateway, amount, parentId: null,
    paymentId: `${order.name}.pending`, processedAt: stage.shopNow(),
  })
  stage.shop.books.orders.put(order)
}

/** The money has come. */
export function collect(stage: Stage, one: Case): void {
  const { outstanding } = figuresOf(one.order)
  if (one.order.cancelledAt !== null || !outstanding.greaterThan(0)) return
  stage.shop.capture(one.order.id, outstanding, one.gateway ?? 'manual', stage.shopNow())
  later(stage, one.dice.int(40, 200) * second, 'invoices', () => settle(stage, one))
  if (one.method === 'bank' && one.sale !== null && one.shippedAt === null) planShipping(stage, one)
}

function goOn(stage: Stage, one: Case): void {
  const { order, dice, fate } = one
  if (order.test) return
  if (one.method === 'till') {
    const lines = order.lines.map((line) => ({ lineId: line.id, quantity: line.quantity }))
    stage.shop.fulfil(order.id, { lines, locationId: one.place.location.id, tracking: [] }, stage.shopNow())
  }
  if (fate === 'cancel-early') stage.agenda.after(dice.int(5, 25) * second, () => callOff(stage, one))
  if (fate === 'refund-early') stage.agenda.after(dice.int(5, 25) * second, () => giveBackAll(stage, one))
  if (one.dueAt === null) return
  const latency = stage.agenda.paced(dice.int(40, 240) * second)
  stage.agenda.at(one.dueAt + latency, () => through(stage, 'orders', () => {
    book(stage, one)
    if (one.sale !== null) afterBooking(stage, one)
  }))
}

/** What follows once the ERP has the order, whoever brought it there. */
export function afterBooking(stage: Stage, one: Case): void {
  const { dice, fate } = one
  const soon = dice.int(20, 60) * minute
  if (fate.startsWith('edit-')) stage.agenda.after(soon, () => change(stage, one))
  if (fate === 'cancel-late') stage.agenda.after(soon, () => callOff(stage, one))
  if (fate === 'made-anew') later(stage, soon, 'people', () => makeAnew(stage, one))
  if (one.method === 'till') {
    later(stage, 5 * second, 'people', () => ship(stage, one, false))
    return
  }
  if (one.method !== 'bank' || isPaid(one)) planShipping(stage, one)
}

function planShipping(stage: Stage, one: Case): void {
  const { dice, order } = one
  const onlyCards = order.lines.every((line) => line.giftCard)
  const from = stage.agenda.now()
  const { paced } = stage.agenda
  const picked = paced(dice.int(100, 1200) * minute)
  const at = onlyCards ? from + paced(minute) : stage.calendar.working(from + picked) + paced(dice.int(0, 90) * minute)
  stage.agenda.at(at, () => through(stage, 'people', () => ship(stage, one, one.fate === 'parts')))
}

/** The warehouse sends all of it, or a part now and the rest some hours later. */
export function ship(stage: Stage, one: Case, inParts: boolean): void {
  if (one.sale === null || one.sale.state !== 'sale' || one.order.cancelledAt !== null) return
  take(one, 'ship', () => {
    const parcel = send(stage, one, inParts)
    one.shippedAt ??= stage.agenda.now()
    passed(one, 'shipped')
    follow(stage, one, parcel)
    if (inParts) {
      const rest = stage.calendar.working(stage.agenda.now() + stage.agenda.paced(one.dice.int(4, 20) * hour))
      stage.agenda.at(rest, () => through(stage, 'people', () => ship(stage, one, false)))
    }
  })
}

/** Tells the shop and bills, each in its own time. */
export function follow(stage: Stage, one: Case, parcel: Parcel): void {
  const { dice } = one
  later(stage, dice.int(60, 300) * second, 'fulfilments', () => tell(stage, one, parcel))
  if (one.monthly && one.sale !== null) {
    const waiting = stage.unbilled.get(one.sale.partnerId) ?? []
    stage.unbilled.set(one.sale.partnerId, [...waiting.filter((each) => each !== one), one])
  } else later(stage, dice.int(330, 720) * second, 'invoices', () => bill(stage, one))
  if (one.method === 'cash-on-delivery') stage.agenda.after(dice.int(20, 50) * hour, () => collect(stage, one))
  if (one.fate === 'return-some' || one.fate === 'return-all' || one.fate === 'goodwill') {
    stage.agenda.after(dice.int(240, 2400) * minute, () => giveBack(stage, one))
  }
}

/** Nothing to be sent by parcel: cards go by mail. */
export function send(stage: Stage, one: Case, half: boolean): Parcel {
  const { books } = stage.erp
  const picking = one.sale === null ? undefined : books.find.pickingsOfSale(one.sale.id).find((each) => each.state !== 'done' && each.state !== 'cancel')
  if (picking === undefined) return { lines: cardsOf(one), tracking: [] }
  const carrier = one.order.shipping[0]?.title ?? null
  const tracking = one.method === 'till' ? [] : [`6A${one.dice.int(10_000_000, 99_999_999)}${one.dice.int(100, 999)}`]
  const quantities = half ? halfOf(stage, picking.moves) : null
  stage.erp.deliver(picking.id, { carrier, tracking, ...(quantities === null ? {} : { quantities }) }, stage.house.staff.picker, stage.erpNow())
  for (const move of picking.moves) if (move.state === 'done') takeParts(stage, one, move.productId, move.done)
  return parcelOf(stage, one, picking)
}

function halfOf(stage: Stage, moves: readonly { readonly id: number; readonly productId: number; readonly quantity: Decimal }[]): Map<number, Decimal> | null {
  const [first] = moves
  if (first === undefined) return null
  if (moves.length > 1) return new Map([[first.id, first.quantity]])
  const pack = stage.house.articles.find((each) => each.product.id === first.productId)?.facts.pack ?? 1
  const units = first.quantity.div(pack).div(2).floor()
  return units.isZero() ? null : new Map([[first.id, units.times(pack)]])
}

/** A kit's parts leave the shelf with it. */
function takeParts(stage: Stage, one: Case, productId: number, kits: Decimal): void {
  const article = stage.house.articles.find((each) => each.product.id === productId)
  for (const { sku, units } of article?.facts.parts ?? []) {
    const part = stage.house.articleOf(sku)
    if (part !== null) moveStock(stage, part, one.place, -units * kits.toNumber())
  }
}

/** The customer has changed their mind about some units before anything left. */
function change(stage: Stage, one: Case): void {
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
  passed(one, 'edited')
  later(stage, dice.int(40, 200) * second, 'edits', () => amend(stage, one))
}

/** Whether what is left of the line is taxed the same by its parts and anew: else a cent stays between the two sides. */
function losesCleanly(order: Order, line: OrderLine): boolean {
  const [tax] = line.taxLines
  if (tax === undefined) return true
  const left = line.unitPrice.times(line.currentQuantity - 1)
  const anew = booked(order.taxesIncluded ? left.times(tax.rate).div(tax.rate.plus(1)) : left.times(tax.rate), order.currency)
  return tax.amount.minus(booked(tax.amount.div(line.currentQuantity), order.currency)).equals(anew)
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

/** Cancelled by the customer, with all money back. */
export function callOff(stage: Stage, one: Case): void {
  const { order, dice } = one
  if (order.cancelledAt !== null || one.shippedAt !== null || order.fulfillments.length > 0) return
  stage.shop.cancel(order.id, 'CUSTOMER', stage.shopNow())
  stage.waiting.delete(one)
  lookAgain(stage, one)
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
  for (const back of refund.lines) {
    const line = one.order.lines.find((each) => each.id === back.lineId)
    const article = stage.house.articleOf(line?.sku ?? null)
    if (!back.restocked || article === null) continue
    for (const part of article.facts.parts) {
      const piece = stage.house.articleOf(part.sku)
      if (piece !== null) moveStock(stage, piece, one.place, part.units * back.quantity)
    }
    if (article.product.tracked) moveStock(stage, article, one.place, back.quantity * article.facts.pack)
  }
}

/** Tries again each hour while nothing was billed that could be credited. */
export function settleRefund(stage: Stage, one: Case, spanMs: number, refund = one.order.refunds.at(-1)): void {
  later(stage, spanMs, 'credits', () => {
    if (refund === undefined || credit(stage, one, refund) || one.invoices.length > 0) return
    if (one.sale?.state === 'sale') settleRefund(stage, one, hour, refund)
  })
}

/** A clerk cancels the ERP's document and makes it anew under the same reference. */
function makeAnew(stage: Stage, one: Case): void {
  const { sale, dice } = one
  if (sale === null || one.shippedAt !== null || one.order.cancelledAt !== null) return
  stage.erp.cancelSale(sale.id, stage.house.staff.clerk, stage.erpNow())
  forget(stage, one)
  later(stage, dice.int(60, 240) * second, 'people', () => {
    const anew = stage.erp.createSale(draftOf(stage, one), stage.house.staff.integration, stage.erpNow())
    stage.erp.confirm(anew.id, stage.house.staff.integration, stage.erpNow())
    know(stage, one, anew)
  })
}
