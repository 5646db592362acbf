/** Invoice errors: missing, twice, or not what was sold. */
import { booked, Decimal, sum } from '../decimal.ts'
import type { Move } from '../erp/erp.ts'
import { hour, minute } from '../business/calendar.ts'
import type { Wish } from '../business/carts.ts'
import { agreedTotal } from '../business/figures.ts'
import { later } from '../integration/gate.ts'
import type { Case, Script } from '../business/stage.ts'
import { billNow, creditNow, openLines, refundAmount, today } from '../integration/billing.ts'
import { onOrder, paid } from './hands.ts'
import { money, orderOf, type OrderScenario, type Tools } from './scenario.ts'

const invoiced = { critical: true } as const

/** Ordinary goods, so that what is billed differs for one reason alone. */
const goods: Wish = { ...paid, trait: 'plain', lines: 2, discount: 'none', shipping: true }

function skipsInvoice(tools: Tools, heals: boolean): Script {
  return {
    invoice(one) {
      const now = tools.stage.agenda.now()
      const planted = tools.plant({
        subject: orderOf(one), amount: money(agreedTotal(one.order), one),
        // who is billed by the month is due an invoice when the others of the month have theirs
        findableAt: one.monthly ? now : (one.shippedAt ?? now),
      })
      if (heals && tools.dice.chance(0.5)) later(tools.stage, tools.dice.int(4, 40) * hour, 'people', () => {
        billNow(tools.stage, one)
        tools.heal(planted)
      })
      return 'instead'
    },
  }
}

function billsLater(tools: Tools): Script {
  return {
    invoice(one) {
      later(tools.stage, tools.dice.int(1, 4) * minute, 'invoices', () => billNow(tools.stage, one))
      return 'instead'
    },
  }
}

type Asked = ReturnType<typeof openLines>
type Change = (lines: Asked, one: Case, tools: Tools) => Asked

/** The order is right in the ERP, and the invoice over it is not. */
function billsOtherwise(tools: Tools, cause: string, change: Change): Script {
  return {
    invoice(one) {
      const move = billNow(tools.stage, one, change(openLines(tools.stage, one), one, tools))
      if (move !== null) tools.plant({ subject: { kind: 'invoice', key: move.name }, amount: money(agreedTotal(one.order).minus(move.total), one), cause })
      return 'instead'
    },
  }
}

function firstPrice(lines: Asked, tools: Tools, price: (priceUnit: Decimal) => Decimal): Asked {
  return lines.map((line, at) => {
    const saleLine = tools.stage.erp.books.saleLines.must(line.saleLineId)
    return at === 0 ? { ...line, priceUnit: price(saleLine.priceUnit) } : line
  })
}

interface Bad {
  readonly name: string
  readonly says: string
  readonly twin: string
  readonly cause: string
  readonly wish: Wish
  readonly twinWish?: Wish
  readonly change: Change
}

const bad: readonly Bad[] = [
  {
    name: 'F06-invoice-price', cause: 'price', wish: goods,
    says: 'The invoice has the list’s price and not the order’s.', twin: 'The invoice repeats the order’s discounted price.', twinWish: { ...goods, discount: 'line' },
    change: (lines, one, tools) => firstPrice(lines, tools, (price) => booked(price.times('1.1'), one.order.currency)),
  },
  {
    name: 'F06-invoice-quantity', cause: 'quantity', wish: { ...goods, units: 3 },
    says: 'The invoice bills one unit fewer than was sent.', twin: 'A case is billed as its twelve units.', twinWish: { ...paid, trait: 'case' },
    change: (lines) => lines.map((line, at) => (at === 0 && line.quantity !== undefined ? { ...line, quantity: line.quantity.minus(1) } : line)),
  },
  {
    name: 'F06-invoice-without-shipping', cause: 'shipping', wish: goods,
    says: 'Shipping is left off the invoice.', twin: 'Shipping was free, and nothing is billed for it.',
    twinWish: { ...paid, units: 9, lines: 3, trait: 'plain', discount: 'none' },
    change: (lines, _one, tools) => lines.filter((line) => tools.stage.erp.books.saleLines.must(line.saleLineId).productId !== tools.stage.house.parcel.id),
  },
  {
    name: 'F06-invoice-line-missing', cause: 'lines', wish: { ...goods, lines: 3 },
    says: 'A line of the order is not on the invoice.', twin: 'A line that is sent later is billed later.', twinWish: { ...paid, fate: 'parts', lines: 2 },
    change: (lines) => lines.slice(1),
  },
  {
    name: 'F06-invoice-without-discount', cause: 'discount', wish: { ...goods, discount: 'code' },
    says: 'The coupon is in the order and not on the invoice.', twin: 'The coupon is spread over the invoice’s lines.', twinWish: { ...goods, discount: 'code' },
    change: (lines, one, tools) => lines.map((line) => {
      const saleLine = tools.stage.erp.books.saleLines.must(line.saleLineId)
      const article = tools.stage.house.ofProduct(saleLine.productId)
      const bought = one.order.lines.find((each) => each.variantId === article?.variant.id)
      return bought === undefined ? line : { ...line, priceUnit: bought.unitPrice.div(article?.facts.pack ?? 1) }
    }),
  },
  {
    name: 'F06-discount-twice-on-invoice', cause: 'discount', wish: { ...goods, discount: 'line' },
    says: 'The invoice takes the discount off a price that has it already.', twin: 'The discount is in the price, once.', twinWish: { ...goods, discount: 'line' },
    change: (lines) => lines.map((line, at) => (at === 0 ? { ...line, discount: new Decimal(15) } : line)),
  },
  {
    name: 'F06-kit-billed-by-its-parts', cause: 'price', wish: { ...paid, trait: 'kit', lines: 1, discount: 'none' },
    says: 'A kit is billed at the sum of its parts’ prices.', twin: 'A kit is billed at its own price.', twinWish: { ...paid, trait: 'kit' },
    change: (lines, one, tools) => firstPrice(lines, tools, (price) => {
      const kit = tools.stage.house.articleOf(one.order.lines[0]?.sku ?? null)
      const parts = kit?.facts.parts.map((part) => (tools.stage.house.articleOf(part.sku)?.product.listPrice ?? price).times(part.units)) ?? []
      return parts.length === 0 ? price : sum(parts)
    }),
  },
  {
    name: 'F06-gift-card-as-discount', cause: 'discount', wish: { ...goods, method: 'card-and-gift-card' },
    says: 'What was paid by gift card is taken off the invoice as a discount.', twin: 'A gift card pays a part of an invoice over the whole.',
    twinWish: { ...goods, method: 'card-and-gift-card' },
    change: (lines) => lines.map((line, at) => (at === 0 ? { ...line, discount: new Decimal(40) } : line)),
  },
]

function badInvoice({ change, cause, ...facts }: Bad): OrderScenario {
  return onOrder({ ...facts, ...invoiced, rules: ['F06-invoice-line-differs'], script: (tools) => billsOtherwise(tools, cause, change) })
}

/** A second invoice over what is billed already. */
function billsTwice(tools: Tools): Script {
  return {
    invoiced(one) {
      const { stage } = tools
      const [first] = one.invoices
      if (first === undefined) return
      const { integration } = stage.house.staff
      const again = stage.erp.invoice(first.lines.flatMap((line) => line.saleLineIds.map((saleLineId) => ({ saleLineId, quantity: line.quantity }))), integration, stage.erpNow())
      stage.erp.post(again.id, today(stage), integration, stage.erpNow())
      const planted = tools.plant({ subject: { kind: 'invoice', key: again.name }, amount: money(again.total.negated(), one) })
      tools.excuse({ kind: 'invoice', key: first.name }, null, 'It is the first of two that bill the same.')
      if (tools.dice.chance(0.5)) later(stage, tools.dice.int(5, 30) * hour, 'people', () => {
        stage.erp.cancelMove(again.id, stage.house.staff.clerk, stage.erpNow())
        tools.heal(planted)
      })
    },
  }
}

export const invoiceErrors: readonly OrderScenario[] = [
  onOrder({
    ...invoiced, name: 'F06-invoice-missing', rules: ['F06-invoice-missing'], wish: paid,
    says: 'The parcel has left, and nobody makes the invoice.', twin: 'The invoice is made some minutes after the parcel has left.',
    script: (tools) => skipsInvoice(tools, true), twinScript: billsLater,
  }),
  onOrder({
    ...invoiced, name: 'F06-part-never-billed', rules: ['F06-invoice-missing'], wish: { ...paid, fate: 'parts', lines: 2, trait: 'plain' },
    says: 'An order leaves in two parcels, and the second is never billed.', twin: 'Two parcels, two invoices, which add up to the order.',
    script: (tools) => ({
      invoice(one) {
        if (one.invoices.length === 0) return
        const billed = sum(one.invoices.map((move) => move.total))
        tools.plant({ subject: orderOf(one), amount: money(agreedTotal(one.order).minus(billed), one) })
        return 'instead'
      },
    }),
  }),
  onOrder({
    ...invoiced, name: 'F06-left-out-of-the-month', rules: ['F06-invoice-missing'], wish: { method: 'terms', business: 'monthly', fate: 'plain' },
    says: 'An order is left out of its customer’s monthly invoice.', twin: 'Nothing is billed for weeks, as the customer is billed by the month.',
    script: (tools) => skipsInvoice(tools, false),
  }),
  onOrder({
    ...invoiced, name: 'F06-invoice-stays-draft', rules: ['F06-invoice-missing'], wish: paid,
    says: 'The invoice is drawn up and never posted.', twin: 'The invoice is a draft for a minute.',
    script: (tools) => ({
      invoice(one) {
        const lines = openLines(tools.stage, one)
        if (lines.length === 0) return
        one.invoices.push(tools.stage.erp.invoice(lines, tools.stage.house.staff.integration, tools.stage.erpNow()))
        tools.plant({ subject: orderOf(one), amount: money(agreedTotal(one.order), one), findableAt: one.shippedAt ?? tools.stage.agenda.now() })
        return 'instead'
      },
    }),
    twinScript: billsLater,
  }),
  onOrder({
    ...invoiced, name: 'F06-invoice-cancelled', rules: ['F06-invoice-missing'], wish: paid,
    says: 'The invoice is cancelled to be corrected, and no other is made.', twin: 'An invoice is cancelled and another made at once.',
    script: (tools) => cancelsInvoice(tools, false), twinScript: (tools) => cancelsInvoice(tools, true),
  }),
  onOrder({
    ...invoiced, name: 'F06-invoice-twice', rules: ['F06-invoice-duplicate'], wish: paid,
    says: 'The run is started twice, and the order is billed twice.', twin: 'Two invoices, for two parcels.',
    twinWish: { ...paid, fate: 'parts', lines: 2 }, script: billsTwice,
  }),
  ...bad.map(badInvoice),
  onOrder({
    ...invoiced, name: 'F06-refund-not-credited', rules: ['F06-refund-without-credit-note'], wish: { ...paid, fate: 'return-some', trait: 'plain' },
    says: 'The customer has the money back, and no credit note is made.', twin: 'The money is back, and the credit note follows within minutes.',
    script: skipsCredit,
  }),
  onOrder({
    ...invoiced, name: 'F06-goodwill-not-credited', rules: ['F06-refund-without-credit-note'], wish: { ...paid, fate: 'goodwill' },
    says: 'A part of the price is given back without goods, and no credit note is made.',
    twin: 'A unit is taken off before it is sent, and paid back: nothing was billed for it, and nothing is to be credited.',
    twinWish: { ...paid, fate: 'edit-less', trait: 'plain', discount: 'none', units: 3 },
    script: skipsCredit,
  }),
  onOrder({
    ...invoiced, name: 'F06-credited-in-full', rules: ['F06-credit-note-differs'], wish: { ...paid, fate: 'return-some', trait: 'plain', units: 3 },
    says: 'One unit comes back, and the whole order is credited.', twin: 'All of it comes back, and the whole order is credited.',
    twinWish: { ...paid, fate: 'return-all', trait: 'plain' },
    script: (tools) => ({
      credit(one) {
        const refund = one.order.refunds.at(-1)
        const [invoice] = one.invoices
        if (refund === undefined || invoice === undefined) return
        const note = creditNow(tools.stage, one, refund, invoice.total)
        if (note !== null) tools.plant({ subject: orderOf(one), amount: money(refundAmount(one, refund).minus(note.total).negated(), one) })
        return 'instead'
      },
    }),
  }),
  onOrder({
    ...invoiced, name: 'F06-credited-twice', rules: ['F06-credit-note-differs'], wish: { ...paid, fate: 'return-all', trait: 'plain', lines: 1 },
    says: 'A refund is credited twice.', twin: 'Two refunds, each with its credit note.',
    script: (tools) => ({
      credited(one) {
        const refund = one.order.refunds.at(-1)
        if (refund === undefined || one.credits.length > 1) return
        const note = creditNow(tools.stage, one, refund, refundAmount(one, refund))
        if (note !== null) tools.plant({ subject: orderOf(one), amount: money(note.total, one) })
      },
    }),
    twinWish: { ...paid, fate: 'return-some', trait: 'plain', units: 3 },
    twinScript: (tools) => ({
      credited(one) {
        if (one.credits.length !== 1) return
        tools.after(tools.dice.int(3, 9) * hour, () => giveBackOne(tools, one))
      },
    }),
  }),
]

function skipsCredit(tools: Tools): Script {
  return {
    credit(one) {
      const refund = one.order.refunds.at(-1)
      if (refund === undefined) return
      const planted = tools.plant({
        subject: orderOf(one), amount: money(refundAmount(one, refund).negated(), one),
        findableAt: Math.max(refund.createdAt - tools.stage.weather.clockOffsetMs.shop, invoicedAt(tools, one.invoices)),
      })
      if (tools.dice.chance(0.5)) later(tools.stage, tools.dice.int(5, 40) * hour, 'people', () => {
        creditNow(tools.stage, one, refund)
        tools.heal(planted)
      })
      return 'instead'
    },
  }
}

function invoicedAt(tools: Tools, moves: readonly Move[]): number {
  return Math.min(...moves.map((move) => move.createdAt - tools.stage.weather.clockOffsetMs.erp))
}

function giveBackOne(tools: Tools, one: Case): void {
  const { stage } = tools
  const line = one.order.lines.find((each) => each.currentQuantity > 0)
  if (line === undefined) return
  stage.shop.refund(one.order.id, { lines: [{ lineId: line.id, quantity: 1, restock: false }] }, stage.shopNow())
  const refund = one.order.refunds.at(-1)
  later(stage, 2 * minute, 'credits', () => {
    if (refund !== undefined) creditNow(stage, one, refund)
  })
}

function cancelsInvoice(tools: Tools, again: boolean): Script {
  return {
    invoiced(one) {
      const { stage } = tools
      const [move] = one.invoices
      if (move === undefined || move.state !== 'posted') return
      later(stage, tools.dice.int(10, 50) * minute, 'people', () => {
        stage.erp.cancelMove(move.id, stage.house.staff.clerk, stage.erpNow())
        if (again) billNow(stage, one)
        else tools.plant({ subject: orderOf(one), amount: money(agreedTotal(one.order), one) })
      })
    },
  }
}

