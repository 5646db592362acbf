/** Invoice errors: the order is right in the ERP, and the invoice over it is not. */
import { booked, Decimal, sum } from '../decimal.ts'
import type { Wish } from '../business/carts.ts'
import { agreedTotal } from '../business/figures.ts'
import type { Case, Script } from '../business/stage.ts'
import { billNow, openLines } from '../integration/billing.ts'
import { onOrder, paid } from './hands.ts'
import { billedAnew, mends } from './mending.ts'
import { money, type OrderScenario, type Tools } from './scenario.ts'

/** Ordinary goods, so that what is billed differs for one reason alone. */
const goods: Wish = { ...paid, trait: 'plain', lines: 2, discount: 'none', shipping: true }

type Asked = ReturnType<typeof openLines>
type Change = (lines: Asked, one: Case, tools: Tools) => Asked

function billsOtherwise(tools: Tools, cause: string, change: Change): Script {
  return {
    invoice(one) {
      const move = billNow(tools.stage, one, change(openLines(tools.stage, one), one, tools))
      if (move === null) return 'instead'
      const planted = tools.plant({ subject: { kind: 'invoice', key: move.name }, amount: money(agreedTotal(one.order).minus(move.total), one), cause })
      mends(tools, planted, 'people', () => billedAnew(tools, one, move))
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
  return onOrder({ ...facts, critical: true, rules: ['F06-invoice-line-differs'], script: (tools) => billsOtherwise(tools, cause, change) })
}

export const billedOtherwise: readonly OrderScenario[] = bad.map(badInvoice)
