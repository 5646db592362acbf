/** Partial order failures (2): the ERP has the order, and not as the shop has it. */
import { booked, Decimal, zero } from '../decimal.ts'
import type { SaleDraft } from '../erp/erp.ts'
import { hour, minute, second } from '../business/calendar.ts'
import { collect, later } from '../business/life.ts'
import { agreedTotal } from '../business/figures.ts'
import { euroWorth } from '../business/markets.ts'
import { referenceOf } from '../business/stage.ts'
import { settle, today } from '../integration/billing.ts'
import { addPartner, amend, customerOf, draftOf, forget, know } from '../integration/orders.ts'
import { adopt, bookAgain, booksInstead, cleanUp, lookAgainAt, onOrder, owed, paid, totalDiffers } from './hands.ts'
import { money, orderOf, type OrderScenario, type Tools } from './scenario.ts'
import type { Case, Script } from '../business/stage.ts'

export const twice: readonly OrderScenario[] = [
  onOrder({
    name: 'F02-duplicate-retry', rules: ['F02-duplicate-erp-order'], critical: true, wish: paid,
    says: 'The reply to the first try is lost, the order is sent again without a key, and the ERP has it twice.',
    twin: 'Cancelled in the ERP and made anew under the same reference: one live document.',
    script: (tools) => duplicates(tools, 1, true),
    twinWish: { ...paid, fate: 'made-anew' },
  }),
  onOrder({
    name: 'F02-duplicate-two-workers', rules: ['F02-duplicate-erp-order'], critical: true, wish: { ...paid, lines: 2 },
    says: 'Three workers take the same message and make the order three times.',
    twin: 'One order is made as two documents that add up to it: a split by warehouse.',
    script: (tools) => duplicates(tools, 2, true),
    twinWish: { ...paid, lines: 3, discount: 'none' },
    twinScript: splitInTwo,
  }),
  onOrder({
    name: 'F02-duplicate-draft', rules: ['F02-duplicate-erp-order'], critical: true, wish: paid,
    says: 'A second document of the order stays a draft: somebody will confirm it one day.',
    twin: 'A draft of the order was made and deleted again.',
    script: (tools) => duplicates(tools, 1, false),
    twinScript: (tools) => ({
      booked(one) {
        const draft = bookAgain(tools, one, { confirm: false })
        later(tools.stage, 30 * second, 'people', () => tools.stage.erp.deleteSale(draft.id, tools.stage.erpNow()))
      },
    }),
  }),
  onOrder({
    name: 'F02-order-stuck', rules: ['F02-order-stuck'], critical: false, wish: paid,
    says: 'The order is made in the ERP and stays a draft: nobody will send it.',
    twin: 'The order is a draft for some minutes and is confirmed then.',
    script: (tools) => asDraft(tools, tools.dice.int(4, 20) * hour, true),
    twinScript: (tools) => asDraft(tools, tools.dice.int(2, 6) * minute, false),
  }),
]

function duplicates(tools: Tools, copies: number, confirm: boolean): Script {
  return {
    booked(one) {
      tools.after(tools.dice.int(15, 80) * second, () => {
        const sales = Array.from({ length: copies }, () => bookAgain(tools, one, { confirm }))
        const value = agreedTotal(one.order).times(-copies)
        const planted = tools.plant({ subject: orderOf(one), amount: money(value, one) })
        if (tools.dice.chance(0.6)) cleanUp(tools, planted, sales)
      })
    },
  }
}

function splitInTwo(tools: Tools): Script {
  return {
    book(one) {
      const draft = draftOf(tools.stage, one)
      const cut = Math.ceil(draft.lines.length / 2)
      const { integration } = tools.stage.house.staff
      const sales = [draft.lines.slice(0, cut), draft.lines.slice(cut)].filter((lines) => lines.length > 0).map((lines) => {
        const sale = tools.stage.erp.createSale({ ...draft, lines }, integration, tools.stage.erpNow())
        tools.stage.erp.confirm(sale.id, integration, tools.stage.erpNow())
        return sale
      })
      // its two halves go their own ways by hand: nothing more is told of it here
      if (sales[0] !== undefined) know(tools.stage, one, sales[0])
      return 'instead'
    },
    ship: () => 'instead',
  }
}

function asDraft(tools: Tools, spanMs: number, isFault: boolean): Script {
  const { stage } = tools
  return {
    book(one) {
      const sale = bookAgain(tools, one, { confirm: false })
      one.sale = sale
      const planted = isFault ? tools.plant({ subject: orderOf(one) }) : null
      later(stage, spanMs, 'people', () => {
        if (sale.state !== 'draft') return
        stage.erp.confirm(sale.id, stage.house.staff.clerk, stage.erpNow())
        know(stage, one, sale)
        if (planted !== null) tools.heal(planted)
      })
      return 'instead'
    },
    ship: (one) => (one.sale?.state === 'draft' ? 'instead' : undefined),
  }
}

type Change = (draft: SaleDraft, one: Case, tools: Tools) => SaleDraft

interface Difference {
  readonly name: string
  readonly says: string
  readonly twin: string
  readonly cause: string
  readonly wish: OrderScenario['wish']
  readonly twinWish?: OrderScenario['wish']
  readonly twinScript?: OrderScenario['twinScript']
  readonly change: Change
}

/** The first line that is no parcel. */
function changeFirst(draft: SaleDraft, change: (line: SaleDraft['lines'][number]) => SaleDraft['lines'][number] | null): SaleDraft {
  const at = draft.lines.findIndex((line) => line.isDelivery !== true)
  return { ...draft, lines: draft.lines.flatMap((line, index) => (index === at ? (change(line) ?? []) : line)) }
}

const differences: readonly Difference[] = [
  {
    name: 'F02-shipping-dropped', cause: 'shipping', wish: { ...paid, shipping: true, discount: 'none' },
    says: 'The order comes without its shipping.', twin: 'Shipping is free, and so the ERP has no line for it.',
    twinWish: { method: 'card', fate: 'plain', country: 'FR', trait: 'plain', units: 9, lines: 3, discount: 'none' },
    change: (draft) => ({ ...draft, lines: draft.lines.filter((line) => line.isDelivery !== true) }),
  },
  {
    name: 'F02-quantity-differs', cause: 'quantity', wish: { ...paid, units: 3, trait: 'plain', discount: 'none' },
    says: 'The ERP’s line has one unit fewer.', twin: 'A case of twelve stands as twelve units in the ERP.',
    twinWish: { ...paid, trait: 'case' },
    change: (draft) => changeFirst(draft, (line) => ({ ...line, quantity: line.quantity.minus(1) })),
  },
  {
    name: 'F02-line-dropped', cause: 'lines', wish: { ...paid, lines: 3, discount: 'none' },
    says: 'One line of the order did not make it.', twin: 'A kit stands as one line on both sides.',
    twinWish: { ...paid, trait: 'kit' },
    change: (draft) => changeFirst(draft, () => null),
  },
  {
    name: 'F02-line-twice', cause: 'quantity', wish: { ...paid, lines: 2, discount: 'none' },
    says: 'One line of the order stands twice in the ERP.', twin: 'Two lines of one price.',
    change: (draft) => ({ ...draft, lines: [...draft.lines, ...draft.lines.slice(0, 1)] }),
  },
  {
    name: 'F02-old-price', cause: 'price', wish: { ...paid, units: 2, discount: 'none' },
    says: 'The ERP takes its own price of last season and not the shop’s.', twin: 'The price differs from the list, as a discount is in it.',
    twinWish: { ...paid, discount: 'line' },
    change: (draft, one) => changeFirst(draft, (line) => ({ ...line, priceUnit: booked(line.priceUnit.times('0.9'), one.order.currency) })),
  },
  {
    name: 'F02-discount-dropped', cause: 'price', wish: { ...paid, discount: 'code', units: 2, shipping: true },
    says: 'A coupon is not carried over: the ERP bills the full price.', twin: 'A coupon is spread over the lines to the cent.',
    twinWish: { ...paid, discount: 'code', lines: 3 },
    change: (draft, one) => ({
      ...draft,
      lines: draft.lines.map((line, at) => {
        const bought = one.order.lines[at]
        return bought === undefined || line.isDelivery === true ? line : { ...line, priceUnit: bought.unitPrice.times(bought.quantity).div(line.quantity) }
      }),
    }),
  },
  {
    name: 'F02-discount-taken-twice', cause: 'price', wish: { ...paid, discount: 'cart', units: 2 },
    says: 'A discount of the cart is taken off the price and stands as a percentage beside it.', twin: 'A discount of the cart, once.',
    twinWish: { ...paid, discount: 'cart' },
    change: (draft) => changeFirst(draft, (line) => ({ ...line, discount: new Decimal(10) })),
  },
  {
    name: 'F02-pack-price-by-unit', cause: 'price', wish: { ...paid, trait: 'case', lines: 1, discount: 'none' },
    says: 'A case of twelve is booked as twelve units at the price of the case each.', twin: 'A case stands as its units, at a part of its price each.',
    twinWish: { ...paid, trait: 'case' },
    change: (draft) => changeFirst(draft, (line) => ({ ...line, priceUnit: line.priceUnit.times(line.quantity) })),
  },
  {
    name: 'F02-wrong-variant', cause: 'lines', wish: { ...paid, trait: 'plain', lines: 1, discount: 'none' },
    says: 'The order is booked with another article of another price.', twin: 'The right article under a long name that is not ASCII.',
    change: (draft, one, tools) => changeFirst(draft, (line) => {
      const other = tools.stage.house.articles.find((article) => article.facts.trait === 'plain' && article.product.id !== line.productId && !article.product.listPrice.equals(line.priceUnit))
      return other === undefined ? line : { ...line, productId: other.product.id, priceUnit: booked(other.product.listPrice, one.order.currency) }
    }),
  },
]

function difference({ change, cause, ...facts }: Difference): OrderScenario {
  return onOrder({
    ...facts,
    rules: ['F02-total-differs'],
    critical: true,
    script: (tools) => booksInstead(tools, (draft, one) => change(draft, one, tools), (one, sale) => {
      totalDiffers(tools, one, cause, sale.total)
    }),
  })
}

export const differing: readonly OrderScenario[] = [
  ...differences.map(difference),
  onOrder({
    name: 'F02-wrong-currency', rules: ['F02-total-differs'], critical: true, wish: { ...paid, country: 'GB', discount: 'none' },
    says: 'An order in pounds is booked in euros at the day’s rate.', twin: 'An order in pounds is booked in pounds.',
    script: (tools) => booksInstead(tools, (draft) => ({
      ...draft, currency: 'EUR',
      lines: draft.lines.map((line) => ({ ...line, priceUnit: booked(line.priceUnit.times(euroWorth('GBP')), 'EUR') })),
    }), (one) => tools.plant({ subject: orderOf(one), cause: 'currency' })),
    twinWish: { ...paid, country: 'GB' },
  }),
  onOrder({
    name: 'F02-edit-not-told', rules: ['F02-total-differs'], critical: true, wish: { ...paid, fate: 'edit-more', discount: 'none', trait: 'plain' },
    says: 'A unit is added to the order after it was brought over, and the ERP never hears of it.',
    twin: 'A unit is added, and the ERP has it some minutes later.',
    script: (tools) => editUntold(tools, 'quantity'),
  }),
  onOrder({
    name: 'F02-added-line-not-told', rules: ['F02-total-differs'], critical: true, wish: { ...paid, fate: 'edit-added', discount: 'none', trait: 'plain' },
    says: 'A line is added to the order after it was brought over, and the ERP never hears of it.',
    twin: 'A line is added, and the ERP has it some minutes later.',
    script: (tools) => editUntold(tools, 'lines'),
  }),
  onOrder({
    name: 'F02-removed-unit-not-told', rules: ['F02-total-differs'], critical: true, wish: { ...paid, fate: 'edit-less', discount: 'none', trait: 'plain', units: 3 },
    says: 'A unit is taken off and paid back, and the ERP sends and bills it all the same.',
    twin: 'A unit is taken off and paid back, and the ERP follows: the refund needs no credit note, as nothing was billed for it.',
    script: (tools) => editUntold(tools, 'quantity'),
  }),
]

function editUntold(tools: Tools, cause: string): Script {
  return {
    edited(one) {
      if (one.sale === null) return
      const planted = totalDiffers(tools, one, cause, one.sale.total)
      if (!tools.dice.chance(0.4)) return
      tools.after(tools.dice.int(60, 100) * minute, () => {
        if (one.shippedAt !== null) return
        amendNow(tools, one)
        tools.heal(planted)
      })
    },
    amend: (one) => (healing.has(one) ? undefined : 'instead'),
  }
}

/** Orders whose edit is told at last. */
const healing = new WeakSet<Case>()

function amendNow(tools: Tools, one: Case): void {
  healing.add(one)
  amend(tools.stage, one)
}

export const apart: readonly OrderScenario[] = [
  onOrder({
    name: 'F02-cancelled-only-in-shop', rules: ['F02-cancelled-in-shop'], critical: true, wish: { ...paid, fate: 'cancel-late' },
    says: 'The customer cancels in the shop, has the money back, and the ERP goes on with the order.',
    twin: 'Cancelled in the shop, and in the ERP some minutes later.',
    script: (tools) => ({
      cancelled(one) {
        if (one.sale === null) return
        const planted = tools.plant({ subject: orderOf(one), amount: money(one.sale.total.negated(), one) })
        if (!tools.dice.chance(0.5)) return
        later(tools.stage, tools.dice.int(3, 20) * hour, 'people', () => {
          if (one.sale !== null && one.shippedAt === null) {
            tools.stage.erp.cancelSale(one.sale.id, tools.stage.house.staff.clerk, tools.stage.erpNow())
            tools.heal(planted)
          }
        })
      },
      withdraw: () => 'instead',
    }),
  }),
  onOrder({
    name: 'F02-cancelled-only-in-erp', rules: ['F02-cancelled-in-erp'], critical: true, wish: paid,
    says: 'Somebody cancels the order in the ERP, and the customer who has paid waits.',
    twin: 'Cancelled in the ERP and within minutes in the shop, with the money back.',
    script: (tools) => cancelsInErp(tools, null),
    twinScript: (tools) => cancelsInErp(tools, tools.dice.int(1, 5) * minute),
  }),
  onOrder({
    name: 'F02-cancelled-in-erp-unpaid', rules: ['F02-cancelled-in-erp'], critical: false, wish: { method: 'cash-on-delivery', fate: 'plain' },
    says: 'An order to be paid on delivery is cancelled in the ERP; the shop still promises it.',
    twin: 'Cancelled on both sides before anything was paid.',
    script: (tools) => cancelsInErp(tools, null),
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
        if (tools.dice.chance(0.5)) later(stage, tools.dice.int(4, 30) * hour, 'people', () => {
          settle(stage, one)
          tools.heal(planted)
        })
        return 'instead'
      },
    }),
  }),
  onOrder({
    name: 'F02-paid-only-in-erp', rules: ['F02-paid-state-differs'], critical: true, wish: { method: 'cash-on-delivery', fate: 'plain' },
    says: 'A clerk marks the wrong invoice as paid: the shop has no money of this order.',
    twin: 'Paid on delivery: the money comes to both sides a day later.',
    script: (tools) => ({
      invoiced(one) {
        const { stage } = tools
        const move = one.invoices.find((each) => each.residual.greaterThan(0))
        if (move === undefined || owed(one).greaterThan(0)) return
        const value = move.residual
        stage.erp.pay(move.id, stage.house.staff.clerk, stage.erpNow())
        const planted = tools.plant({ subject: orderOf(one), amount: money(value.negated(), one) })
        tools.after(60 * hour, () => {
          collect(stage, one)
          tools.heal(planted)
        })
      },
    }),
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
        if (tools.dice.chance(0.5)) cleanUp(tools, planted, [ghost])
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
        tools.plant({ subject: orderOf(one), amount: money(owed(one), one), findableAt: one.dueAt ?? tools.stage.agenda.now() })
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
    script: (tools) => cancelsInErp(tools, null, tools.dice.int(2, 9) * hour),
  }),
]

/** The ERP’s document is cancelled; the shop follows after a while, or the order is made anew, or neither. */
function cancelsInErp(tools: Tools, shopFollowsMs: number | null, madeAnewMs: number | null = null): Script {
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
        if (madeAnewMs !== null) later(stage, madeAnewMs, 'people', () => {
          adopt(tools, one, bookAgain(tools, one))
          tools.heal(planted)
        })
      })
    },
  }
}

function cancelInShop(tools: Tools, one: Case): void {
  const { stage } = tools
  stage.shop.cancel(one.order.id, 'INVENTORY', stage.shopNow())
  stage.waiting.delete(one)
  lookAgainAt(tools, one)
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
      later(stage, tools.dice.int(2, 12) * hour, 'people', () => {
        stage.erp.changeSale(sale.id, { clientOrderRef: referenceOf(stage, one.number) }, stage.house.staff.clerk, stage.erpNow())
        adopt(tools, one, sale)
        lookAgainAt(tools, one)
        for (const each of planted) tools.heal(each)
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

