/** How an order is paid: at once, in parts, on shipment, or some day. */
import { booked, type Decimal } from '../decimal.ts'
import type { Order } from '../shop/shop.ts'
import { callOffUnpaid, endingOf, letRunOut, refuse } from './bad-payments.ts'
import { day, hour, second } from './calendar.ts'
import type { Cart } from './carts.ts'
import { agreedTotal } from './figures.ts'
import type { Case, Stage } from './stage.ts'

/** Pays as the cart would, and says from when on the ERP should have the order; `collected` is called when awaited money comes. */
export function pay(stage: Stage, one: Case, cart: Cart, collected: () => void): void {
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
  const ending = endingOf(stage, one, cart)
  switch (cart.method) {
    case 'card':
    case 'paypal':
    case 'till':
    case 'marketplace':
    case 'gift-card':
      if (ending === 'runs-out') return letRunOut(stage, one, one.gateway ?? 'manual')
      if (ending === 'refused-first') refuse(stage, one, one.gateway ?? 'manual')
      return cart.splitCapture ? captureInParts(stage, one, total, due) : whole(one.gateway ?? 'manual')
    case 'card-and-gift-card': {
      const card = booked(total.times('0.4'), order.currency)
      if (card.greaterThan(0)) stage.shop.capture(order.id, card, 'gift_card', stage.shopNow())
      stage.shop.capture(order.id, total.minus(card), 'shopify_payments', stage.shopNow())
      return due(now)
    }
    case 'klarna':
      stage.shop.authorise(order.id, total, 'klarna', stage.shopNow())
      if (ending === 'voided') callOffUnpaid(stage, one)
      return due(now)
    case 'bank':
      expect(stage, order, total, 'bank_deposit')
      stage.agenda.at(stage.calendar.working(now + stage.agenda.paced(dice.int(20, 60) * hour)), collected)
      return due(now)
    case 'cash-on-delivery':
      expect(stage, order, total, 'cash_on_delivery')
      return due(now)
    case 'terms':
      expect(stage, order, total, 'manual')
      stage.agenda.after(dice.int(28, 34) * day, collected)
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
    paymentId: `${order.name}.pending`, processedAt: stage.shopNow(), errorCode: null, expiresAt: null, lapsed: false,
  })
  stage.shop.books.orders.put(order)
}
