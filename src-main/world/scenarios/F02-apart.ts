/** Partial order failures (4): cancelled, paid or named on one side alone. */
import { Decimal, zero } from '../decimal.ts'
import { hour, minute } from '../business/calendar.ts'
import { later } from '../integration/gate.ts'
import { referenceOf } from '../business/stage.ts'
import { settle, today } from '../integration/billing.ts'
import { addPartner, customerOf, draftOf, forget } from '../integration/orders.ts'
import { lookAgain } from '../integration/stock.ts'
import { adopt, bookAgain, broughtAfterAll, cleanUp, onOrder, owed, paid } from './hands.ts'
import { mends, missedAfter, withdrawnLate } from './mending.ts'
import { money, orderOf, type OrderScenario, type Tools } from './scenario.ts'
import type { Case, Script } from '../business/stage.ts'
import type { Planted } from '../world.ts'

export const apart: readonly OrderScenario[] = [
  onOrder({
    name: 'F02-cancelled-only-in-shop', rules: ['F02-cancelled-in-shop'], critical: true, wish: { ...paid, fate: 'cancel-late' },
    says: 'The customer cancels in the shop, has the money back, and the ERP goes on with the order.',
    twin: 'Cancelled in the shop, and in the ERP some minutes later.',
    script: (tools) => ({
      cancelled(one) {
        if (one.sale === null) return
        const planted = tools.plant({ subject: orderOf(one), amount: money(one.sale.total.negated(), one) })
        mends(tools, planted, 'people', () => withdrawnLate(tools, one))
      },
      withdraw: () => 'instead',
    }),
  }),
  onOrder({
    name: 'F02-cancelled-only-in-erp', rules: ['F02-cancelled-in-erp'], critical: true, wish: paid,
    says: 'Somebody cancels the order in the ERP, and the customer who has paid waits.',
    twin: 'Cancelled in the ERP and within minutes in the shop, with the money back.',
    script: (tools) => cancelsInErp(tools, null, (one) => broughtAnew(tools, one)),
    twinScript: (tools) => cancelsInErp(tools, tools.dice.int(1, 5) * minute),
  }),
  onOrder({
    name: 'F02-cancelled-in-erp-unpaid', rules: ['F02-cancelled-in-erp'], critical: false, wish: { method: 'cash-on-delivery', fate: 'plain' },
    says: 'An order to be paid on delivery is cancelled in the ERP; the shop still promises it.',
    twin: 'Cancelled on both sides before anything was paid.',
    script: (tools) => cancelsInErp(tools, null, (one) => broughtAnew(tools, one)),
    twinScript: (tools) => cancelsInErp(tools, tools.dice.int(1, 5) * minute),
  }),
  onOrder({
    name: 'F02-payment-not-booked', rules: ['F02-paid-state-differs'], critical: true, wish: paid,
    says: 'The order is paid in the shop, and its invoice stands open in the ERP: the customer will be dunned.',
    twin: 'The invoice of a company on account stands open, as nothing was paid in the shop either.',
    twinWish: { method: 'terms', fate: 'plain' },
    script: (tools) => ({
      invoice(one) {
        const { stage } = tools
        const { integration } = stage.house.staff
        const move = stage.erp.invoice((one.sale?.lineIds ?? []).map((saleLineId) => ({ saleLineId })), integration, stage.erpNow())
        stage.erp.post(move.id, today(stage), integration, stage.erpNow())
        one.invoices.push(move)
        if (!move.residual.greaterThan(0)) return 'instead'
        const planted = tools.plant({ subject: orderOf(one), amount: money(move.residual, one) })
        mends(tools, planted, 'people', () => settle(stage, one), missedAfter.document)
        return 'instead'
      },
    }),
  }),
  onOrder({
    name: 'F02-paid-only-in-erp', rules: ['F02-paid-state-differs'], critical: true, wish: { method: 'cash-on-delivery', fate: 'plain' },
    says: 'A clerk marks the wrong invoice as paid: the shop has no money of this order.',
    twin: 'Paid on delivery: the money comes to both sides a day later.',
    script: paidInErpAlone,
  }),
  onOrder({
    name: 'F02-cart-became-order', rules: ['F02-erp-order-without-shop-order'], critical: false, wish: paid,
    says: 'The integration sends a cart that was never bought: the ERP has a number that the shop never gave.',
    twin: 'The ERP has an order of the other shop, whose code differs, and one by phone with a number of its own.',
    script: (tools) => ({
      booked(one) {
        const { stage } = tools
        const number = String(900_000 + tools.dice.int(0, 89_999))
        const ghost = stage.erp.createSale({ ...draftOf(stage, one), clientOrderRef: referenceOf(stage, number) }, stage.house.staff.integration, stage.erpNow())
        const planted = tools.plant({ subject: { kind: 'order', key: number }, amount: money(ghost.total.negated(), one) })
        cleanUp(tools, planted, [ghost])
      },
    }),
    twinScript: (tools) => ({
      booked(one) {
        const { stage } = tools
        const clientOrderRef = tools.dice.chance(0.5) ? `UK-${one.number}` : `BON ${one.number}`
        stage.erp.createSale({ ...draftOf(stage, one), clientOrderRef }, stage.house.staff.seller, stage.erpNow())
      },
    }),
  }),
  onOrder({
    name: 'F02-reference-forgotten', rules: ['F02-suspect-match'], critical: true, wish: paid,
    says: 'The order is in the ERP without its reference: the same customer and total, and nothing that says so.',
    twin: 'The same customer buys the same by phone, and the shop’s order is there under its number.',
    script: (tools) => withReference(tools, null),
    twinScript: (tools) => ({
      booked(one) {
        tools.stage.erp.createSale({ ...draftOf(tools.stage, one), clientOrderRef: null }, tools.stage.house.staff.seller, tools.stage.erpNow())
      },
    }),
  }),
  onOrder({
    name: 'F02-reference-mistyped', rules: ['F02-suspect-match', 'F02-erp-order-without-shop-order'], critical: true, wish: paid,
    says: 'A person types the order in under a number that the shop never gave.',
    twin: 'A person types it in with a blank before and after the right number.',
    script: (tools) => withReference(tools, 'mistyped'),
    twinScript: (tools) => ({
      booked(one) {
        if (one.sale !== null) tools.stage.erp.changeSale(one.sale.id, { clientOrderRef: ` ${referenceOf(tools.stage, one.number)} ` }, tools.stage.house.staff.integration, tools.stage.erpNow())
      },
    }),
  }),
  onOrder({
    name: 'F02-number-reused', rules: ['F02-suspect-match'], critical: true, wish: { ...paid, reusedNumber: true },
    says: 'The shop has begun its numbers anew: the ERP has this number from a year ago, and not this order.',
    twin: 'The number was used a year ago too, and this order is in the ERP beside it.',
    script: (tools) => ({
      placed: (one) => oldOrder(tools, one),
      book(one) {
        const planted = tools.plant({ subject: orderOf(one), amount: money(owed(one), one), findableAt: one.dueAt ?? tools.stage.agenda.now() })
        mends(tools, planted, 'orders', () => broughtAfterAll(tools, one))
        return 'instead'
      },
    }),
    twinScript: (tools) => ({ placed: (one) => oldOrder(tools, one) }),
  }),
  onOrder({
    name: 'F02-back-after-cancelled', rules: ['F02-cancelled-in-erp'], critical: true, wish: paid,
    says: 'The order is cancelled in the ERP to be made anew, and the clerk is called away.',
    twin: 'Cancelled in the ERP and made anew within minutes.',
    twinWish: { ...paid, fate: 'made-anew' },
    script: (tools) => cancelsInErp(tools, null, (one) => adopt(tools, one, bookAgain(tools, one))),
  }),
]

/** Over as soon as the carrier brings the money. */
function paidInErpAlone(tools: Tools): Script {
  let planted: Planted | null = null
  return {
    invoiced(one) {
      const { stage } = tools
      const move = one.invoices.find((each) => each.residual.greaterThan(0))
      if (move === undefined || owed(one).greaterThan(0)) return
      const value = move.residual
      stage.erp.pay(move.id, stage.house.staff.clerk, stage.erpNow())
      planted = tools.plant({ subject: orderOf(one), amount: money(value.negated(), one) })
    },
    paid() {
      if (planted !== null) tools.heal(planted)
    },
  }
}

/** The ERP’s document is cancelled; the shop follows after a while, or the order is made anew, or neither. */
function cancelsInErp(tools: Tools, shopFollowsMs: number | null, mend: (one: Case) => false | void = () => false): Script {
  const { stage } = tools
  return {
    booked(one) {
      later(stage, tools.dice.int(10, 60) * minute, 'people', () => {
        if (one.sale === null || one.shippedAt !== null) return
        stage.erp.cancelSale(one.sale.id, stage.house.staff.clerk, stage.erpNow())
        forget(stage, one)
        if (shopFollowsMs !== null) {
          later(stage, shopFollowsMs, 'cancellations', () => cancelInShop(tools, one))
          return
        }
        const planted = tools.plant({ subject: orderOf(one), amount: money(owed(one), one) })
        mends(tools, planted, 'orders', () => mend(one))
      })
    },
  }
}

/** The clerk finds the customer waiting: what was cancelled by mistake is made anew, and what cannot be sent is cancelled in the shop. */
function broughtAnew(tools: Tools, one: Case): false | void {
  if (one.sale !== null || one.order.cancelledAt !== null) return false
  if (tools.dice.chance(0.5)) cancelInShop(tools, one)
  else adopt(tools, one, bookAgain(tools, one))
}

function cancelInShop(tools: Tools, one: Case): void {
  const { stage } = tools
  stage.shop.cancel(one.order.id, 'INVENTORY', stage.shopNow())
  stage.waiting.delete(one)
  lookAgain(tools.stage, one)
  if (owed(one).greaterThan(0)) {
    const lines = one.order.lines.map((line) => ({ lineId: line.id, quantity: line.currentQuantity, restock: true }))
    const shipping = one.order.shipping.reduce((sum, line) => sum.plus(line.discountedPrice), zero)
    stage.shop.refund(one.order.id, { lines, ...(shipping.isZero() ? {} : { shipping }) }, stage.shopNow())
  }
}

/** By a person, without the reference or under a wrong one; it ships all the same. */
function withReference(tools: Tools, how: 'mistyped' | null): Script {
  const { stage } = tools
  return {
    book(one) {
      const wrong = String(700_000 + tools.dice.int(0, 89_999))
      const clientOrderRef = how === 'mistyped' ? referenceOf(stage, wrong) : null
      const sale = stage.erp.createSale({ ...draftOf(stage, one), clientOrderRef }, stage.house.staff.clerk, stage.erpNow())
      stage.erp.confirm(sale.id, stage.house.staff.clerk, stage.erpNow())
      const findableAt = stage.agenda.now()
      const planted = [tools.plant({ rule: 'F02-suspect-match', subject: orderOf(one), amount: money(owed(one), one), findableAt })]
      if (how === 'mistyped') {
        planted.push(tools.plant({
          rule: 'F02-erp-order-without-shop-order', critical: false, subject: { kind: 'order', key: wrong }, amount: money(sale.total.negated(), one), findableAt,
        }))
      }
      // by its number it is not known, so its units are still to come
      mends(tools, planted, 'people', () => {
        stage.erp.changeSale(sale.id, { clientOrderRef: referenceOf(stage, one.number) }, stage.house.staff.clerk, stage.erpNow())
        adopt(tools, one, sale)
        lookAgain(tools.stage, one)
      })
      return 'instead'
    },
  }
}

/** A document of last year under the order's number, of somebody else and of another total; it was there all the time. */
function oldOrder(tools: Tools, one: Case): void {
  const { stage } = tools
  if (stage.erp.books.find.salesByRef(referenceOf(stage, one.number)).length > 0) return
  const customer = customerOf(stage, one.order)
  const at = stage.erpNow() - 400 * 24 * hour
  const somebody = addPartner(stage, { ...customer, email: `old.${one.number}@example.org`, name: 'Somebody else', company: null, vatId: null }, 'FR')
  const old = stage.erp.createSale({
    ...draftOf(stage, one), partnerId: somebody, dateOrder: at,
    lines: [{ productId: stage.house.parcel.id, quantity: new Decimal(1), priceUnit: new Decimal('1.11') }],
  }, stage.house.staff.integration, at)
  stage.erp.confirm(old.id, stage.house.staff.integration, at)
}
