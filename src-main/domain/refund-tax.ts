/** The tax that goes back with returned lines: what a shop states, and what may honestly be rounded to. */
import { ratesOf } from './billing.ts'
import { type Decimal, add, compare, divide, isZero, multiply } from './decimal.ts'
import { toMinor } from './money.ts'
import type { CreditNote, Order, Tax } from './records.ts'
import { type Interval, type TaxLine, admissible, exactTax, taxLinesOn } from './tax.ts'

type Refund = Order['refunds'][number]

export interface RefundTax {
  /** Minor units that the shop states. */
  readonly stated: number
  /** Whole minor units between which any rounding of it lies. */
  readonly honest: Interval
  readonly rates: readonly Decimal[]
}

/** Null where the shop states no tax, or gave more back than lines and shipping: of a goodwill nobody says how it is taxed. */
export function refundTaxOf(order: Order, refund: Refund): RefundTax | null {
  if (refund.tax === null || refund.lines.length === 0) return null
  const returned = refund.lines.flatMap(({ sku, quantity }) => {
    const line = order.lines.find((one) => one.sku === sku && sku !== null)
    return line === undefined || isZero(line.quantity) ? [] : [{ taxes: line.taxes, amount: divide(multiply(line.total, quantity), line.quantity) }]
  })
  if (returned.length < refund.lines.length) return null
  const shipping = order.shipping.map((one) => ({ taxes: one.taxes, amount: one.price }))
  const whole = [returned, [...returned, ...shipping]].find((parts) => meets(order, parts, refund.amount))
  if (whole === undefined) return null
  const taxLines = whole.flatMap((part) => taxLinesOf(part, order.taxesIncluded))
  return { stated: toMinor(refund.tax, order.currency), honest: admissible(taxLines.map(exactTax), order.currency), rates: ratesOf(whole) }
}

interface Part {
  readonly taxes: readonly Tax[]
  readonly amount: Decimal
}

/** To a minor unit for each part: each may be rounded. */
function meets(order: Order, parts: readonly Part[], minor: number): boolean {
  const gross = add('0', ...parts.map(({ amount, taxes }) => (order.taxesIncluded ? amount : add(amount, ...taxLinesOf({ amount, taxes }, false).map(exactTax)))))
  return Math.abs(toMinor(gross, order.currency) - minor) <= parts.length
}

function taxLinesOf({ amount, taxes }: Part, included: boolean): readonly TaxLine[] {
  return taxLinesOn(amount, taxes.map((tax) => tax.ratePercent), included)
}

/** Why a credit note takes back another tax. */
export function refundTaxCause(refund: RefundTax, note: CreditNote, business: boolean): 'exempt' | 'reverse-charge' | 'wrong-rate' | 'refund-recomputed' {
  if (isZero(note.totals.tax) && refund.stated !== 0) return business ? 'reverse-charge' : 'exempt'
  const rates = ratesOf(note.lines)
  const same = rates.length === refund.rates.length && rates.every((rate, nth) => compare(rate, refund.rates[nth] ?? '0') === 0)
  return same ? 'refund-recomputed' : 'wrong-rate'
}
