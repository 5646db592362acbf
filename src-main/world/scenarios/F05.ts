/** Tax mismatches: both sides have the order, and tax it differently. */
import { Decimal, sum, zero } from '../decimal.ts'
import type { SaleDraft } from '../erp/erp.ts'
import type { Wish } from '../business/carts.ts'
import { agreedTax } from '../business/figures.ts'
import type { Case } from '../business/stage.ts'
import { bahrain, birmingham, quebec } from '../business/markets.ts'
import { billNow, creditNow, openLines, refundAmount } from '../integration/billing.ts'
import { draftOf, enter } from '../integration/orders.ts'
import { onOrder, paid } from './hands.ts'
import { billedAnew, creditedAnew, madeAnew, mends } from './mending.ts'
import { money, orderOf, type OrderScenario, type Tools } from './scenario.ts'

interface Mismatch {
  readonly name: string
  readonly says: string
  readonly twin: string
  readonly cause: string
  readonly critical?: boolean
  readonly wish: Wish
  readonly twinWish?: Wish
  readonly change: (draft: SaleDraft, one: Case, tools: Tools) => SaleDraft
}

type Line = SaleDraft['lines'][number]

/** Books other taxes; the prices stay as they are. */
function mismatch({ change, cause, critical = true, ...facts }: Mismatch): OrderScenario {
  return onOrder({
    ...facts,
    rules: ['F05-tax-differs'],
    critical,
    script: (tools) => ({
      book(one) {
        const sale = enter(tools.stage, one, change(draftOf(tools.stage, one), one, tools))
        const apart = agreedTax(one.order).minus(sale.tax)
        // what nobody taxes cannot be taxed otherwise
        if (!apart.isZero()) mends(tools, tools.plant({ subject: orderOf(one), amount: money(apart, one), cause }), 'orders', () => madeAnew(tools, one))
        return 'instead'
      },
    }),
  })
}

function retaxed(draft: SaleDraft, taxIdsOf: (line: Line, at: number) => readonly number[] | null): SaleDraft {
  return {
    ...draft,
    lines: draft.lines.map((line, at) => {
      const taxIds = taxIdsOf(line, at)
      return taxIds === null ? line : { ...line, taxIds }
    }),
  }
}

function taxOf(tools: Tools, title: string, rate: string, included = true): readonly number[] {
  return [tools.stage.house.taxFor({ title, rate: new Decimal(rate), included, byMarketplace: false })]
}

const goods = (line: Line): boolean => line.isDelivery !== true

const mismatches: readonly Mismatch[] = [
  {
    name: 'F05-home-rate-abroad', cause: 'wrong-rate', wish: { ...paid, country: 'BE', rateClass: 'standard', lines: 1 },
    says: 'An order to Belgium is taxed at the French rate in the ERP.', twin: 'An order to Belgium at the Belgian rate.',
    change: (draft, _one, tools) => retaxed(draft, () => taxOf(tools, 'TVA', '0.2')),
  },
  {
    name: 'F05-reduced-rate-lost', cause: 'wrong-rate', wish: { ...paid, country: 'DE', rateClass: 'reduced', lines: 1 },
    says: 'Food is taxed at the full rate in the ERP.', twin: 'Food at the reduced rate, beside goods at the full one.',
    twinWish: { ...paid, country: 'DE', rateClass: 'reduced', lines: 3 },
    change: (draft, _one, tools) => retaxed(draft, (line) => (goods(line) ? taxOf(tools, 'USt', '0.19') : null)),
  },
  {
    name: 'F05-reduced-rate-too-far', cause: 'wrong-rate', wish: { ...paid, country: 'NL', rateClass: 'standard', lines: 1 },
    says: 'Goods of the full rate are mapped to the reduced one.', twin: 'Goods of the full rate.',
    change: (draft, _one, tools) => retaxed(draft, (line) => (goods(line) ? taxOf(tools, 'BTW', '0.09') : null)),
  },
  {
    name: 'F05-rate-of-last-year', cause: 'wrong-rate', wish: { ...paid, country: 'DE', rateClass: 'standard' },
    says: 'The ERP still has the rate of another date.', twin: 'A rate that changed long ago.',
    change: (draft, _one, tools) => retaxed(draft, (_line, at) => (at === 0 ? taxOf(tools, 'USt 2020', '0.16') : null)),
  },
  {
    name: 'F05-exemption-lost', cause: 'exempt', wish: { ...paid, business: 'exempt', method: 'card' },
    says: 'A company abroad buys without tax, and the ERP taxes it.', twin: 'A company abroad buys under reverse charge: no tax on either side.',
    change: (draft, _one, tools) => retaxed(draft, () => taxOf(tools, 'TVA', '0.2')),
  },
  {
    name: 'F05-exempted-by-mistake', cause: 'exempt', wish: { ...paid, rateClass: 'standard' },
    says: 'The ERP takes a person for an exempt company.', twin: 'A company at home pays tax like everybody.',
    change: (draft) => retaxed(draft, () => []),
  },
  {
    name: 'F05-one-line-untaxed', cause: 'exempt', wish: { ...paid, lines: 3, rateClass: 'standard' },
    says: 'One line lost its tax code on the way.', twin: 'One line is a gift card, which is not taxed when it is sold.',
    twinWish: { ...paid, trait: 'gift-card', lines: 2 },
    change: (draft) => retaxed(draft, (_line, at) => (at === 0 ? [] : null)),
  },
  {
    name: 'F05-shipping-at-another-rate', cause: 'shipping-rate', wish: { ...paid, shipping: true, rateClass: 'reduced', lines: 1, country: 'ES', discount: 'none' },
    says: 'Shipping is taxed at the rate of the goods in the ERP, and at the full one in the shop.', twin: 'Shipping at the full rate beside food.',
    change: (draft, _one, tools) => retaxed(draft, (line) => (goods(line) ? null : taxOf(tools, 'IVA', '0.1'))),
  },
  {
    name: 'F05-shipping-untaxed', cause: 'exempt', wish: { ...paid, shipping: true, discount: 'none' },
    says: 'Shipping is not taxed in the ERP.', twin: 'Shipping to California, where nobody taxes it.',
    twinWish: { ...paid, shipping: true, country: 'US', region: 'CA' },
    change: (draft) => retaxed(draft, (line) => (goods(line) ? null : [])),
  },
  {
    name: 'F05-odd-rate-rounded', cause: 'wrong-rate', wish: { ...paid, country: 'US', region: 'NY', rateClass: 'standard', units: 3, discount: 'none' },
    says: 'New York’s 8.875 % stands as 9 % in the ERP.', twin: 'New York’s 8.875 % in all its digits.',
    change: (draft, _one, tools) => retaxed(draft, (line) => ((line.taxIds ?? []).length === 0 ? null : taxOf(tools, 'NY Sales Tax', '0.09', false))),
  },
  {
    name: 'F05-yen-rate', cause: 'wrong-rate', wish: { ...paid, country: 'JP', rateClass: 'reduced', lines: 1 },
    says: 'Food in yen is taxed at 10 % and not at 8 %.', twin: 'Food in yen at 8 %, rounded to whole yen.',
    change: (draft, _one, tools) => retaxed(draft, (line) => (goods(line) ? taxOf(tools, 'Consumption Tax', '0.1') : null)),
  },
  {
    name: 'F05-marketplace-tax-dropped', cause: 'marketplace-tax', wish: { ...paid, method: 'marketplace', country: 'US', region: 'MA', rateClass: 'standard' },
    says: 'What the marketplace collects is left out of the ERP’s order.', twin: 'What the marketplace collects stands under a code of its own.',
    change: (draft) => retaxed(draft, () => []),
  },
  {
    name: 'F05-gift-card-taxed', cause: 'exempt', wish: { ...paid, trait: 'gift-card', lines: 1 },
    says: 'A gift card is taxed when it is sold.', twin: 'A gift card is sold without tax.',
    change: (draft, _one, tools) => retaxed(draft, (line) => (goods(line) ? taxOf(tools, 'TVA', '0.2') : null)),
  },
  {
    name: 'F05-county-tax-dropped', cause: 'wrong-rate', wish: { ...paid, market: birmingham, rateClass: 'standard', units: 3 },
    says: 'State, county and city tax a line, and the ERP has no tax for the county.', twin: 'State, county and city tax a line on both sides, each rounded by itself.',
    change: (draft) => retaxed(draft, (line) => without(line, 1)),
  },
  {
    name: 'F05-one-of-two-alike-dropped', cause: 'wrong-rate', wish: { ...paid, market: birmingham, rateClass: 'standard', lines: 1, units: 3 },
    says: 'State and city raise the same rate, and the ERP has it once.', twin: 'State and city raise the same rate, and the ERP has both.',
    change: (draft) => retaxed(draft, (line) => without(line, 2)),
  },
  {
    name: 'F05-provincial-tax-dropped', cause: 'wrong-rate', wish: { ...paid, market: quebec, rateClass: 'standard', units: 3, discount: 'none' },
    says: 'Quebec’s tax beside Canada’s is missing in the ERP.', twin: 'Canada’s tax alone, as on books, beside both on other goods.',
    twinWish: { ...paid, market: quebec, rateClass: 'reduced', lines: 3 },
    change: (draft) => retaxed(draft, (line) => without(line, 1)),
  },
  {
    name: 'F05-fils-at-the-old-rate', cause: 'wrong-rate', wish: { ...paid, market: bahrain, rateClass: 'standard' },
    says: 'Bahrain’s 10 % stands as the 5 % of before in the ERP.', twin: 'Bahrain’s 10 %, rounded to the thousandth.',
    change: (draft, _one, tools) => retaxed(draft, (line) => ((line.taxIds ?? []).length === 0 ? null : taxOf(tools, 'VAT BH', '0.05'))),
  },
]

/** Less one of several taxes. */
function without({ taxIds = [] }: Pick<Line, 'taxIds'>, at: number): readonly number[] {
  return taxIds.filter((_id, index) => index !== at)
}

/** Rounding over the document where the shop rounds each line: a cent an order. */
const rounding = onOrder({
  name: 'F05-rounded-over-the-document', rules: ['F05-tax-differs'], critical: false,
  wish: { ...paid, lines: 9, discount: 'none' },
  says: 'The ERP rounds tax over the document, and the shop by the line.',
  twin: 'The ERP rounds over the document, and this order comes to the same cent.',
  twinWish: { method: 'till', fate: 'plain', lines: 1, discount: 'none' },
  script: (tools) => roundsGlobally(tools, true),
  twinScript: (tools) => roundsGlobally(tools, false),
})

function roundsGlobally(tools: Tools, plants: boolean): ReturnType<OrderScenario['script']> {
  const { stage } = tools
  return {
    book(one) {
      const usual = stage.erp.rounding
      stage.erp.changeRounding('round_globally', stage.erpNow())
      const sale = enter(stage, one)
      stage.erp.changeRounding(usual, stage.erpNow())
      const difference = agreedTax(one.order).minus(sale.tax)
      if (plants && !difference.isZero()) {
        tools.plant({ subject: { kind: 'order', key: one.number }, amount: money(difference, one), cause: 'rounding' })
      }
      return 'instead'
    },
  }
}

const beforeDiscount = onOrder({
  name: 'F05-taxed-before-discount', rules: ['F05-tax-differs'], critical: true,
  wish: { ...paid, country: 'US', region: 'NY', rateClass: 'standard', discount: 'code', units: 3, lines: 1 },
  says: 'The ERP taxes the price before the coupon.', twin: 'Taxed after the coupon, on both sides.',
  script: (tools) => ({
    book(one) {
      const { stage } = tools
      const draft = draftOf(stage, one)
      const full = draft.lines.map((line, at) => {
        const bought = one.order.lines[at]
        return bought === undefined || !goods(line) ? line : { ...line, priceUnit: bought.unitPrice.times(bought.quantity).div(line.quantity) }
      })
      const coupon = sum(one.order.lines.flatMap((line) => line.discounts.map((each) => each.amount)))
      const off = { productId: stage.house.parcel.id, quantity: new Decimal(1), priceUnit: coupon.negated(), taxIds: [], name: 'Coupon', isDelivery: true }
      const sale = enter(stage, one, { ...draft, lines: [...full, off] })
      const planted = tools.plant({ subject: orderOf(one), amount: money(agreedTax(one.order).minus(sale.tax), one), cause: 'discount-after-tax' })
      mends(tools, planted, 'orders', () => madeAnew(tools, one))
      return 'instead'
    },
  }),
})

const invoiceWithoutCity = onOrder({
  name: 'F05-invoice-without-city-tax', rules: ['F05-invoice-tax-differs'], critical: true, wish: { ...paid, market: birmingham, rateClass: 'standard', units: 3 },
  says: 'The order has all three taxes, and its invoice none for the city.', twin: 'Order and invoice have all three taxes.',
  script: (tools) => ({
    invoice(one) {
      const { stage } = tools
      const lines = openLines(stage, one).map((line) => ({ ...line, taxIds: without(stage.erp.books.saleLines.must(line.saleLineId), 2) }))
      const move = billNow(stage, one, lines)
      if (move === null) return 'instead'
      const planted = tools.plant({ subject: { kind: 'invoice', key: move.name }, amount: money(agreedTax(one.order).minus(move.tax), one), cause: 'wrong-rate' })
      mends(tools, planted, 'people', () => billedAnew(tools, one, move))
      return 'instead'
    },
  }),
})

const invoiceTax = onOrder({
  name: 'F05-invoice-taxed-otherwise', rules: ['F05-invoice-tax-differs'], critical: true, wish: { ...paid, rateClass: 'standard', country: 'FR' },
  says: 'The order is right, and its invoice is taxed at another rate.', twin: 'Order and invoice are taxed alike.',
  script: (tools) => ({
    invoice(one) {
      const { stage } = tools
      const lines = openLines(stage, one).map((line) => ({ ...line, taxIds: taxOf(tools, 'TVA', '0.055') }))
      const move = billNow(stage, one, lines)
      if (move === null) return 'instead'
      const planted = tools.plant({ subject: { kind: 'invoice', key: move.name }, amount: money(agreedTax(one.order).minus(move.tax), one), cause: 'wrong-rate' })
      mends(tools, planted, 'people', () => billedAnew(tools, one, move))
      return 'instead'
    },
  }),
})

const refundTax = onOrder({
  name: 'F05-refund-taxed-otherwise', rules: ['F05-refund-tax-differs'], critical: true, wish: { ...paid, fate: 'return-all', rateClass: 'standard', country: 'FR', lines: 1 },
  says: 'The credit note has no taxes where the refund has.', twin: 'Refund and credit note have the same tax.',
  script: (tools) => ({
    credit(one) {
      const { stage } = tools
      const refund = one.order.refunds.at(-1)
      const [invoice] = one.invoices
      if (refund === undefined || invoice === undefined) return
      const taxes = invoice.lines.map((line) => line.taxIds)
      for (const line of invoice.lines) line.taxIds = []
      const note = creditNow(stage, one, refund, refundAmount(one, refund))
      for (const [at, line] of invoice.lines.entries()) line.taxIds = taxes[at] ?? []
      if (note === null) return
      const back = sum([...refund.lines.map((line) => line.tax), refund.shipping?.tax ?? zero])
      const planted = tools.plant({ subject: orderOf(one), amount: money(back.minus(note.tax), one), cause: 'exempt' })
      mends(tools, planted, 'people', () => creditedAnew(tools, one, note, refund))
      return 'instead'
    },
  }),
})

export const taxMismatches: readonly OrderScenario[] = [...mismatches.map(mismatch), rounding, beforeDiscount, invoiceTax, invoiceWithoutCity, refundTax]
