/** What rules share: the line differences between a shop order and its ERP documents, why a tax differs, and how both are told. */
import {
  type Difference,
  differencesOf,
  linesOfErp,
  linesOfOrder,
  shippingKey,
} from '../../domain/comparison.ts'
import { type Decimal, add, compare, round, subtract } from '../../domain/decimal.ts'
import { type Explanation, type NamedDifference, explainTax } from '../../domain/explanation.ts'
import type { Cause, Evidence } from '../../domain/incident.ts'
import { toMajor, toMinor } from '../../domain/money.ts'
import { namedDifferences } from '../../domain/named-differences.ts'
import type { ErpOrder, Order, Tax } from '../../domain/records.ts'
import { type Interval, type Support, type TaxLine, admissible, statesCents, taxLinesOn } from '../../domain/tax.ts'
import { factsOf } from '../../domain/tax-facts.ts'
import { evidence } from './rule.ts'

/** Line differences beyond rounding: more than two minor units a unit sold is never rounding. */
export function compareOrder(shop: Order, erp: readonly ErpOrder[]): readonly Difference[] {
  const ours = linesOfOrder(shop)
  const theirs = linesOfErp(
    erp.flatMap((order) => order.lines),
    new Set(ours.map((line) => line.key)),
  )
  return differencesOf(ours, theirs, priceTolerance(shop.currency))
}

/** Two minor units, in major ones: prices no further apart are one price, rounded by two systems. */
export function priceTolerance(currency: string): Decimal {
  return toMajor(2, currency)
}

/** The difference that moves most of what is in question; null when there is none. */
export function leading(differences: readonly Difference[], of: 'gross' | 'tax'): Difference | null {
  const weight = (one: Difference): Decimal => absolute(of === 'tax' ? one.tax : add(one.net, one.tax))
  return differences.toSorted((a, b) => compare(weight(b), weight(a)))[0] ?? null
}

/** A difference in a word. */
export const words: Readonly<Record<Difference['kind'], string>> = {
  rate: 'Tax rate',
  exempt: 'Taxed in the shop only',
  quantity: 'Quantity',
  price: 'Price without tax',
  'line-missing': 'Line missing in the ERP',
  'line-extra': 'Line only in the ERP',
  'shipping-missing': 'Shipping missing in the ERP',
}

export function differenceEvidence(differences: readonly Difference[]): readonly Evidence[] {
  return differences.slice(0, 40).map((one) => {
    const what = one.key === shippingKey ? words[one.kind] : `${words[one.kind]}, ${one.title}`
    return evidence(what, short(one.shop), short(one.erp), true)
  })
}

/** Exact figures run to 30 digits; four after the point say enough to a person. */
export function short(text: string): string {
  return /^-?\d+\.\d{5,}$/.test(text) ? round(text, 4, 'half-away') : text.replace(/(\d+\.\d{4})\d+/g, '$1')
}

function absolute(figure: Decimal): Decimal {
  return compare(figure, '0') < 0 ? subtract('0', figure) : figure
}

/** The shop's tax, line by line and for shipping, as exact as it is stated. */
function shopTaxParts(shop: Order): readonly Decimal[] {
  return linesOfOrder(shop).map((line) => line.tax)
}

/** What the shop's tax is made of: its word where it states whole cents; only what it leaves unrounded is in parts (DESIGN §7.2). */
export function shopTaxFigures(shop: Order): readonly Decimal[] {
  return statesCents(shop.totals.tax, shop.currency) ? [shop.totals.tax] : shopTaxParts(shop)
}

export function shopTaxLines(shop: Order): readonly TaxLine[] {
  const included = shop.taxesIncluded
  return [
    ...shop.lines.flatMap((line) => eachTaxOn(line.total, line.taxes, included)),
    ...shop.shipping.flatMap((one) => eachTaxOn(one.price, one.taxes, included)),
  ]
}

export function erpTaxLines(orders: readonly ErpOrder[]): readonly TaxLine[] {
  return orders.flatMap((order) => order.lines.flatMap((line) => eachTaxOn(line.net, line.taxes, false)))
}

function eachTaxOn(amount: Decimal, taxes: readonly Tax[], included: boolean): readonly TaxLine[] {
  return taxLinesOn(amount, taxes.map((tax) => tax.ratePercent), included)
}

/** Both sides' tax of one order in minor units, and what turns the one into the other. */
export interface TaxCompared {
  readonly shopMinor: number
  readonly erpMinor: number
  /** What the shop may honestly be rounded to. */
  readonly stated: Interval
  explain(): Explanation
}

/** `gross`: what the ERP's documents come to; `total`: what the shop's total may be rounded to. */
export function compareTax(
  shop: Order,
  erp: readonly ErpOrder[],
  { total, gross, methods }: { readonly total: Interval; readonly gross: number; readonly methods: { readonly shop: Support | null; readonly erp: Support | null } },
): TaxCompared {
  const { currency } = shop
  const parts = shopTaxFigures(shop)
  const stated = admissible(parts, currency)
  const erpMinor = toMinor(add('0', ...erp.map((order) => order.totals.tax)), currency)
  return {
    shopMinor: toMinor(add('0', ...parts), currency),
    erpMinor,
    stated,
    explain() {
      const facts = factsOf(shop, erp.flatMap((order) => order.lines))
      return explainTax(
        { facts: facts.shop, tax: stated, gross: total, currency, follows: methods.shop },
        { facts: facts.erp, tax: { low: erpMinor, high: erpMinor }, gross: { low: gross, high: gross }, currency, follows: methods.erp },
        namedDifferences({ ...facts, business: shop.customer.vatId !== null, tolerance: priceTolerance(currency) }),
      )
    },
  }
}

/** Explanations shown when several are equally good. */
const setsShown = 5

/** Rounding is no mistake of one document: all of a market are told as one. */
export function roundingIn(orders: readonly Order[], currency: string): { readonly severity: 'low'; readonly partOf: string } {
  const [country, ...more] = [...new Set(orders.map((order) => order.market.country))]
  return { severity: 'low', partOf: `rounding ${more.length > 0 ? 'several markets' : (country ?? 'unknown market')} ${currency}` }
}

/** What explains a tax, as far as it is shown; `more`: so many are not, and `cut`: others were not tried. */
export function waysShown(explanation: Explanation): { readonly sets: readonly (readonly NamedDifference[])[]; readonly more: number; readonly cut: boolean } {
  switch (explanation.kind) {
    case 'explained':
      return { sets: [explanation.by], more: 0, cut: false }
    case 'ambiguous':
      return { sets: explanation.sets.slice(0, setsShown), more: Math.max(0, explanation.sets.length - setsShown), cut: explanation.cut }
    case 'equal':
    case 'unexplained':
      return { sets: [], more: 0, cut: false }
    default:
      return explanation satisfies never
  }
}

/** What explains a tax, as one cause. */
export function explainedCause(explanation: Explanation): Cause {
  switch (explanation.kind) {
    case 'explained': {
      const causes = new Set(explanation.by.map((one) => one.cause))
      // beside a named difference the two ways of rounding are no cause of their own
      if (causes.size > 1) causes.delete('rounding')
      const [first = 'unexplained', ...more] = causes
      return more.length === 0 ? first : 'several'
    }
    case 'ambiguous':
      return 'ambiguous'
    case 'equal':
    case 'unexplained':
      return 'unexplained'
    default:
      return explanation satisfies never
  }
}

export function explanationEvidence(explanation: Explanation, currency: string): readonly Evidence[] {
  switch (explanation.kind) {
    case 'explained':
      return explanation.by.map((one) => evidence('Why', one.says, null, true))
    case 'ambiguous': {
      const { sets, more, cut } = waysShown(explanation)
      return [
        ...sets.map((set, nth) => evidence(`Either way, ${nth + 1}`, inWords(set), null, true)),
        ...(more > 0 ? [evidence('Either way', `and ${more} more`, null, true)] : []),
        ...(cut ? [evidence('Not all were tried', 'Too much differs: others may be as small and as exact', null, true)] : []),
      ]
    }
    case 'equal':
    case 'unexplained':
      return [evidence('Not explained by any known difference', explanation.kind === 'equal' ? null : `${toMajor(explanation.residualMinor, currency)} ${currency}`, null, true)]
    default:
      return explanation satisfies never
  }
}

function inWords(set: readonly NamedDifference[]): string {
  return set.map((one) => one.says).join('; ')
}
