/** The life of one order: placed and paid, brought to the ERP, sent, billed, and perhaps changed on its way. */
import type { Decimal } from '../decimal.ts'
import type { Picking } from '../erp/erp.ts'
import { bill, isPaid, settle } from '../integration/billing.ts'
import { cardsOf, type Parcel, parcelOf, tell } from '../integration/fulfilments.ts'
import { later, through } from '../integration/gate.ts'
import { book } from '../integration/orders.ts'
import { moveStock } from '../integration/stock.ts'
import { hour, minute, second } from './calendar.ts'
import type { Cart } from './carts.ts'
import { callOff, change, giveBack, giveBackAll, makeAnew } from './changes.ts'
import type { Dice } from './dice.ts'
import { figuresOf } from '../shop/figures.ts'
import { pay } from './paying.ts'
import { type Case, passed, type Script, type Stage, take } from './stage.ts'

/** Places the cart and lets its life go on by itself. */
export function place(stage: Stage, cart: Cart, dice: Dice, script: (one: Case) => Script | null): Case {
  stage.desk.market = cart.market
  const order = stage.shop.place(cart.checkout)
  const one: Case = {
    order, number: order.name.slice(1), market: cart.market, method: cart.method, gateway: cart.gateway, place: cart.place,
    fate: cart.fate, monthly: cart.monthly, script: null, dice, placedAt: stage.agenda.now(), dueAt: null, sale: null,
    bookedAt: null, shippedAt: null, sentAt: null, invoices: [], credits: [], uncredited: [],
  }
  one.script = script(one)
  stage.cases.set(one.number, one)
  if (order.test) {
    stage.truth.innocent({ scenario: 'test order', subject: { kind: 'order', key: one.number }, because: 'It is a test order, and not for the ERP.' })
  } else {
    stage.waiting.add(one)
    stage.truth.placed(one.number)
  }
  pay(stage, one, cart, () => collect(stage, one))
  passed(one, 'placed')
  goOn(stage, one)
  return one
}

/** The money has come. */
export function collect(stage: Stage, one: Case): void {
  const { outstanding } = figuresOf(one.order)
  if (one.order.cancelledAt !== null || !outstanding.greaterThan(0)) return
  stage.shop.capture(one.order.id, outstanding, one.gateway ?? 'manual', stage.shopNow())
  passed(one, 'paid')
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
    one.sentAt = stage.agenda.now()
    passed(one, 'shipped')
    follow(stage, one, parcel)
    // what the maker sends goes its own way
    if (inParts || openPicking(stage, one) !== undefined) {
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

/** The next that is to be sent, what lies in the house first. */
function openPicking({ erp: { books } }: Stage, { sale }: Case): Picking | undefined {
  const open = sale === null ? [] : books.find.pickingsOfSale(sale.id).filter((each) => each.state !== 'done' && each.state !== 'cancel')
  return open.find((each) => !each.dropShipped) ?? open[0]
}

/** Nothing to be sent by parcel: cards go by mail. */
export function send(stage: Stage, one: Case, half: boolean): Parcel {
  const picking = openPicking(stage, one)
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
  const pack = stage.house.ofProduct(first.productId)?.facts.pack ?? 1
  const units = first.quantity.div(pack).div(2).floor()
  return units.isZero() ? null : new Map([[first.id, units.times(pack)]])
}

/** A kit's parts leave the shelf with it. */
function takeParts(stage: Stage, one: Case, productId: number, kits: Decimal): void {
  for (const { sku, units } of stage.house.ofProduct(productId)?.facts.parts ?? []) {
    const part = stage.house.articleOf(sku)
    if (part !== null) moveStock(stage, part, one.place, -units * kits.toNumber())
  }
}
