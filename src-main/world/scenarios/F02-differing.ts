/** Partial order failures (3): the ERP has the order, at another price, in another quantity, or as it was before an edit. */
import { booked, Decimal } from '../decimal.ts'
import type { SaleDraft } from '../erp/erp.ts'
import { agreedTotal } from '../business/figures.ts'
import { euroWorth } from '../business/markets.ts'
import { amend } from '../integration/orders.ts'
import { booksInstead, onOrder, paid, totalDiffers } from './hands.ts'
import { madeAnew, mends } from './mending.ts'
import { money, orderOf, type OrderScenario, type Tools } from './scenario.ts'
import type { Case, Script } from '../business/stage.ts'

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
      mends(tools, totalDiffers(tools, one, cause, sale.total), 'orders', () => madeAnew(tools, one))
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
    }), (one) => mends(tools, tools.plant({ subject: orderOf(one), amount: money(agreedTotal(one.order), one), cause: 'currency' }), 'orders', () => madeAnew(tools, one))),
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
      mends(tools, planted, 'edits', () => amendedLate(tools, one))
    },
    amend: (one) => (healing.has(one) ? undefined : 'instead'),
  }
}

/** Orders whose edit is told at last. */
const healing = new WeakSet<Case>()

function amendedLate(tools: Tools, one: Case): false | void {
  if (one.shippedAt !== null || one.sale === null || one.sale.state === 'cancel') return false
  healing.add(one)
  amend(tools.stage, one)
}
