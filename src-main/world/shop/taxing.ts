/** Taxes of an order by the shop's own method: inside prices or on top, rounded per line or per total. */
import { booked, sum, zero, type Decimal } from '../decimal.ts'
import { spread } from './spread.ts'
import { refundsOf, wholeOf } from './units.ts'
import type { ShopTaxes } from './checkout.ts'
import type { Order, OrderLine, ShippingLine } from './shop.ts'

/** One line or shipping line, its tax before rounding. */
interface Taxed {
  readonly line: OrderLine | ShippingLine
  readonly title: string
  readonly rate: Decimal
  readonly exact: Decimal
  /** Its tax stands, because some of it was paid back. */
  readonly stands: boolean
}

/** Writes every tax line anew, but for those of lines of which something was paid back and that have not `grown`. */
export function tax(order: Order, taxes: ShopTaxes, grown: readonly OrderLine[] = []): void {
  const taxed = order.taxExempt ? [] : [...linesOf(order, taxes, grown), ...shippingOf(order, taxes)]
  if (taxes.rounding === 'per-line') {
    for (const each of taxed) if (!each.stands) write(order, each, booked(each.exact, order.currency))
    return
  }
  for (const group of groups(taxed)) taxTogether(order, group)
}

/** The total is rounded once; its cents are spread over the lines that may still change. */
function taxTogether(order: Order, group: readonly Taxed[]): void {
  const total = booked(sum(group.map((each) => each.exact)), order.currency)
  const open = group.filter((each) => !each.stands)
  const standing = sum(
    group.filter((each) => each.stands).flatMap((each) => each.line.taxLines.map((line) => line.amount)),
  )
  const weights = open.map((each) => each.exact)
  if (sum(weights).isZero()) {
    for (const each of open) write(order, each, zero)
    return
  }
  const amounts = spread(total.minus(standing), weights, order.currency)
  for (const [at, each] of open.entries()) write(order, each, amounts[at] ?? zero)
}

function linesOf(order: Order, taxes: ShopTaxes, grown: readonly OrderLine[]): Taxed[] {
  return order.lines.flatMap((line) => {
    if (!line.taxable || line.giftCard || line.variantId === null) return []
    const { title, rate } = taxes.rateOf(order.shipTo?.country ?? null, line.variantId)
    const stands = refundsOf(order, line.id).length > 0 && !grown.includes(line)
    return rate.isZero() ? [] : [{ line, title, rate, stands, exact: taxOn(wholeOf(line).subtotal, rate, order) }]
  })
}

function shippingOf(order: Order, taxes: ShopTaxes): Taxed[] {
  const { title, rate } = taxes.rateOf(order.shipTo?.country ?? null, 'shipping')
  if (rate.isZero()) return []
  const stands = order.refunds.some((refund) => refund.shipping !== null)
  return order.shipping.map((line) => ({ line, title, rate, stands, exact: taxOn(line.discountedPrice, rate, order) }))
}

function taxOn(base: Decimal, rate: Decimal, order: Order): Decimal {
  return order.taxesIncluded ? base.times(rate).div(rate.plus(1)) : base.times(rate)
}

function groups(taxed: readonly Taxed[]): Iterable<readonly Taxed[]> {
  return Map.groupBy(taxed, (each) => `${each.rate.toString()} ${each.title}`).values()
}

function write(order: Order, taxed: Taxed, amount: Decimal): void {
  taxed.line.taxLines = [{ title: taxed.title, rate: taxed.rate, amount, channelLiable: order.channelLiable }]
}
