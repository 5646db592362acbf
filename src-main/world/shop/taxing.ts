/** Taxes of an order by the shop's own method: inside prices or on top, rounded per line or per total. */
import { booked, Decimal, sum, zero } from '../decimal.ts'
import { spread } from './spread.ts'
import { refundsOf, wholeOf } from './units.ts'
import type { ShopTaxes } from './checkout.ts'
import type { Order, OrderLine, ShippingLine, TaxLine } from './shop.ts'

/** One tax of a line or shipping line, before rounding. */
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
  for (const { line, stands } of taxed) if (!stands) line.taxLines = []
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
    group.filter((each) => each.stands).flatMap((each) => each.line.taxLines.filter((line) => isOf(line, each)).map((line) => line.amount)),
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
    const stands = refundsOf(order, line.id).length > 0 && !grown.includes(line)
    return eachOn({ line, stands }, wholeOf(line).subtotal, taxes.raisedOn(order.shipTo?.country ?? null, line.variantId), order)
  })
}

function shippingOf(order: Order, taxes: ShopTaxes): Taxed[] {
  const raised = taxes.raisedOn(order.shipTo?.country ?? null, 'shipping')
  const stands = order.refunds.some((refund) => refund.shipping !== null)
  return order.shipping.flatMap((line) => eachOn({ line, stands }, line.discountedPrice, raised, order))
}

/** A price that holds its taxes holds all of them: each is its share of what is left when all are taken out. */
function eachOn(of: Pick<Taxed, 'line' | 'stands'>, price: Decimal, raised: ReturnType<ShopTaxes['raisedOn']>, order: Order): Taxed[] {
  const divisor = order.taxesIncluded ? sum(raised.map(({ rate }) => rate)).plus(1) : new Decimal(1)
  return raised.filter(({ rate }) => !rate.isZero()).map(({ title, rate }) => ({ ...of, title, rate, exact: price.times(rate).div(divisor) }))
}

function groups(taxed: readonly Taxed[]): Iterable<readonly Taxed[]> {
  return Map.groupBy(taxed, (each) => `${each.rate.toString()} ${each.title}`).values()
}

function isOf(line: TaxLine, taxed: Taxed): boolean {
  return line.title === taxed.title && line.rate.equals(taxed.rate)
}

function write(order: Order, taxed: Taxed, amount: Decimal): void {
  taxed.line.taxLines = [...taxed.line.taxLines, { title: taxed.title, rate: taxed.rate, amount, channelLiable: order.channelLiable }]
}
