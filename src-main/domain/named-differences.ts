/** What an ERP may have otherwise than the shop, named one by one, each with what it alone would change. */
import { type Decimal, add, compare, divide, isZero, multiply, negate, round, subtract } from './decimal.ts'
import { shippingKey } from './comparison.ts'
import { type NamedDifference, type TaxFact, asStated, netOf } from './explanation.ts'
import type { Cause } from './incident.ts'

export interface Between {
  readonly shop: readonly TaxFact[]
  readonly erp: readonly TaxFact[]
  /** Facts of the shop whose tax a marketplace collects and hands over itself. */
  readonly collected: ReadonlySet<string>
  /** The buyer names a VAT id: no tax in the ERP is then a reverse charge. */
  readonly business: boolean
  /** Net figures that lie no further apart are one price, rounded by two systems. Major units. */
  readonly tolerance: Decimal
}

/** Every difference that the two sides' lines show, those that one mistake made on many lines as one. */
export function namedDifferences(between: Between): readonly NamedDifference[] {
  const bundles = bundlesIn(between)
  const settled = new Set(bundles.flatMap((bundle) => [bundle.key, ...bundle.parts.map((part) => part.key)]))
  const rest = {
    ...between,
    shop: between.shop.filter((fact) => !settled.has(fact.key)),
    erp: between.erp.filter((fact) => !settled.has(fact.key)),
  }
  const handedOver = marketplace(between)
  return [
    ...bundles.map((bundle) => splitBundle({ ...bundle, parts: bundle.parts.map((part) => asStated(part, pricesHoldTax(between))) })),
    ...handedOver,
    ...discountAfterTax(rest),
    // a tax that a marketplace hands over is not missing from its lines a second time
    ...lineDifferences(rest, handedOver.length > 0 ? between.collected : new Set()),
  ]
}

function lineDifferences(between: Between, handedOver: ReadonlySet<string>): readonly NamedDifference[] {
  const theirs = new Map(between.erp.map((fact) => [fact.key, fact]))
  const ours = new Set(between.shop.map((fact) => fact.key))
  const found: NamedDifference[] = []
  const rates = new Map<string, Meeting[]>()
  const prices = new Map<boolean, Meeting[]>()
  for (const fact of between.shop) {
    const other = theirs.get(fact.key)
    if (other === undefined) {
      found.push(missing(fact))
      continue
    }
    if (compare(fact.quantity, other.quantity) !== 0) found.push(quantity(fact, other))
    if (!samePrice(fact, other, between.tolerance)) {
      const key = isGrossAsNet(fact, other, between.tolerance)
      prices.set(key, [...(prices.get(key) ?? []), { ours: fact, theirs: other }])
    }
    if (!sameRates(fact, other) && !handedOver.has(fact.key)) {
      const key = `${rateWords(fact)} → ${rateWords(other)}`
      rates.set(key, [...(rates.get(key) ?? []), { ours: fact, theirs: other }])
    }
  }
  for (const [grossAsNet, group] of prices) found.push(...asOneAndEach(group, (some) => price(some, grossAsNet)))
  for (const group of rates.values()) found.push(...asOneAndEach(group, (some) => rate(some, between)))
  return [...found, ...between.erp.filter((fact) => !ours.has(fact.key)).map((fact) => extra(asStated(fact, pricesHoldTax(between))))]
}

/** One line on both sides. */
interface Meeting {
  readonly ours: TaxFact
  readonly theirs: TaxFact
}

/** A price list or a tax code that is wrong is one mistake on many lines, and may have been made on one of them alone. */
function asOneAndEach(group: readonly Meeting[], name: (some: readonly Meeting[]) => NamedDifference): readonly NamedDifference[] {
  const whole = name(group)
  return group.length === 1 ? [whole] : [whole, ...group.map((one) => ({ ...name([one]), within: whole }))]
}

function missing(fact: TaxFact): NamedDifference {
  const shipping = fact.key === shippingKey
  return {
    cause: shipping ? 'shipping-missing' : 'line-missing',
    says: shipping ? `Shipping is missing in the ERP: ${fact.title}` : `Missing in the ERP: ${fact.quantity} × ${fact.title}`,
    apply: (facts) => facts.filter((one) => one.key !== fact.key),
  }
}

function extra(fact: TaxFact): NamedDifference {
  return {
    cause: 'line-missing',
    says: `Only in the ERP: ${fact.quantity} × ${fact.title}`,
    apply: (facts) => [...facts, fact],
  }
}

function quantity(ours: TaxFact, theirs: TaxFact): NamedDifference {
  return {
    cause: 'quantity-differs',
    says: `Quantity of ${ours.title}: ${ours.quantity} in the shop, ${theirs.quantity} in the ERP`,
    apply: changing(ours.key, (fact) => ({
      ...fact,
      quantity: theirs.quantity,
      amount: isZero(fact.quantity) ? fact.amount : divide(multiply(fact.amount, theirs.quantity), fact.quantity),
    })),
  }
}

function isGrossAsNet(ours: TaxFact, theirs: TaxFact, tolerance: Decimal): boolean {
  const gross = subtract(netOf(theirs), atQuantity(ours, theirs, ours.amount))
  return ours.included && ours.rates.length > 0 && compare(absolute(gross), tolerance) <= 0
}

/** The ERP's net for as many units as the fact has by then. */
function price(group: readonly Meeting[], grossAsNet: boolean): NamedDifference {
  const there = new Map(group.map((one) => [one.ours.key, one.theirs]))
  const titles = group.map((one) => one.ours.title).join(', ')
  const net = (of: keyof Meeting): Decimal => shown(group.map((one) => netOf(one[of])).reduce((sum, one) => add(sum, one)))
  const prices = group.length === 1 ? `Price of ${titles}` : `Prices of ${group.length} lines (${titles})`
  const booked = group.length === 1 ? 'is booked as if it were without' : 'are booked as if they were without'
  return {
    cause: grossAsNet ? 'gross-as-net' : 'discount',
    says: grossAsNet
      ? `${prices} with ${group.length === 1 ? 'its' : 'their'} tax ${booked}`
      : `${prices} without tax: ${net('ours')} in the shop, ${net('theirs')} in the ERP`,
    apply: (facts) =>
      facts.map((fact) => {
        const theirs = there.get(fact.key)
        if (theirs === undefined) return fact
        const stated = asStated(theirs, fact.included && sameRates(fact, theirs))
        return { ...fact, amount: atQuantity(theirs, fact, stated.included ? stated.amount : netOf(theirs)), included: stated.included }
      }),
  }
}

/** Four digits after the point say enough to a person. */
function shown(figure: Decimal): Decimal {
  const rounded = round(figure, 4, 'half-away')
  return compare(rounded, figure) === 0 ? figure : rounded
}

/** An amount for one fact's units, for as many as another fact has. */
function atQuantity(of: TaxFact, as: TaxFact, amount: Decimal): Decimal {
  if (compare(of.quantity, as.quantity) === 0 || isZero(of.quantity)) return amount
  return divide(multiply(amount, as.quantity), of.quantity)
}

function rate(group: readonly Meeting[], between: Between): NamedDifference {
  const [first] = group
  const titles = group.map((one) => one.ours.title).join(', ')
  const there = new Map(group.map((one) => [one.ours.key, one.theirs]))
  return {
    cause: first === undefined ? 'wrong-rate' : rateCause(first.ours, first.theirs, between),
    says: `Tax rate of ${titles}: ${first === undefined ? '' : `${rateWords(first.ours)} in the shop, ${rateWords(first.theirs)} in the ERP`}`,
    apply: (facts) =>
      facts.map((fact) => {
        const other = there.get(fact.key)
        if (other === undefined) return fact
        // another rate is taken out of the same price with tax, or laid upon the same price without
        if (keepsGross(fact, other, between.tolerance)) return { ...fact, rates: other.rates }
        return { ...fact, amount: netAs(fact, other, between.tolerance), included: false, rates: other.rates }
      }),
  }
}

/** The ERP's own rounding of the same net, where it is the same. */
function netAs(fact: TaxFact, other: TaxFact, tolerance: Decimal): Decimal {
  const net = netOf(fact)
  return compare(absolute(subtract(net, netOf(other))), tolerance) <= 0 ? netOf(other) : net
}

function rateCause(ours: TaxFact, theirs: TaxFact, between: Between): Cause {
  if (theirs.rates.every(isZero)) return between.business ? 'reverse-charge' : 'exempt'
  // an exemption that is lost on the way is one all the same
  if (ours.rates.every(isZero)) return 'exempt'
  return ours.key === shippingKey ? 'shipping-rate' : 'wrong-rate'
}

/** The marketplace hands this tax over: the ERP must not book it, and the shop's figure holds it. */
function marketplace({ shop, erp, collected }: Between): readonly NamedDifference[] {
  const facts = shop.filter((fact) => collected.has(fact.key) && fact.rates.length > 0)
  const booked = new Map(erp.map((fact) => [fact.key, fact]))
  if (facts.length === 0 || facts.some((fact) => booked.get(fact.key)?.rates.some((percent) => !isZero(percent)) ?? false)) return []
  const keys = new Set(facts.map((fact) => fact.key))
  return [
    {
      cause: 'marketplace-tax',
      says: 'The marketplace collected this tax and hands it over itself',
      apply: (all) => all.map((fact) => (keys.has(fact.key) ? { ...fact, amount: netOf(fact), included: false, rates: [] } : fact)),
    },
  ]
}

/** The ERP taxes the full price and takes the discount off afterwards, as a line without tax. */
function discountAfterTax({ shop, erp }: Between): readonly NamedDifference[] {
  const ours = new Set(shop.map((fact) => fact.key))
  const discount = erp.find((fact) => !ours.has(fact.key) && compare(fact.amount, '0') < 0 && fact.rates.every(isZero))
  if (discount === undefined) return []
  const theirs = new Map(erp.map((fact) => [fact.key, fact]))
  return [
    {
      cause: 'discount-after-tax',
      says: `The ERP takes the discount of ${negate(discount.amount)} off after tax`,
      apply: (facts) => [
        ...facts.map((fact) => {
          const other = theirs.get(fact.key)
          return other === undefined ? fact : { ...fact, amount: atQuantity(other, fact, netOf(other)), included: false }
        }),
        discount,
      ],
    },
  ]
}

interface Bundle {
  readonly key: string
  readonly title: string
  readonly parts: readonly TaxFact[]
}

/** One SKU in the shop that the ERP books as several, for the same net together. */
function bundlesIn({ shop, erp, tolerance }: Between): readonly Bundle[] {
  const known = new Set(shop.map((fact) => fact.key))
  const there = new Set(erp.map((fact) => fact.key))
  const alone = shop.filter((fact) => !there.has(fact.key) && fact.key !== shippingKey)
  const parts = erp.filter((fact) => !known.has(fact.key) && fact.key !== shippingKey && compare(fact.amount, '0') >= 0)
  const [bundle] = alone
  // with two bundles at once nothing says which part belongs to which
  if (bundle === undefined || alone.length > 1 || parts.length < 2) return []
  const net = add('0', ...parts.map(netOf))
  const apart = absolute(subtract(net, netOf(bundle)))
  return compare(apart, multiply(tolerance, String(parts.length))) <= 0 ? [{ key: bundle.key, title: bundle.title, parts }] : []
}

function splitBundle({ key, title, parts }: Bundle): NamedDifference {
  return {
    cause: 'bundle-split',
    says: `${title} is booked as its ${parts.length} parts`,
    apply: (facts) => [...facts.filter((fact) => fact.key !== key), ...parts],
  }
}

function changing(key: string, change: (fact: TaxFact) => TaxFact): NamedDifference['apply'] {
  return (facts) => facts.map((fact) => (fact.key === key ? change(fact) : fact))
}

function samePrice(ours: TaxFact, theirs: TaxFact, tolerance: Decimal): boolean {
  const net = atQuantity(ours, theirs, netOf(ours))
  return compare(absolute(subtract(net, netOf(theirs))), tolerance) <= 0 || keepsGross(ours, theirs, tolerance)
}

function pricesHoldTax({ shop }: Between): boolean {
  return shop.some((fact) => fact.included)
}

/** A price that holds its tax, and costs the same with another tax in it. */
function keepsGross(ours: TaxFact, theirs: TaxFact, tolerance: Decimal): boolean {
  if (!ours.included) return false
  const gross = theirs.included ? theirs.amount : (theirs.gross ?? divide(multiply(theirs.amount, add('100', ...theirs.rates)), '100'))
  return compare(absolute(subtract(atQuantity(ours, theirs, ours.amount), gross)), tolerance) <= 0
}

function sameRates(ours: TaxFact, theirs: TaxFact): boolean {
  return rateWords(ours) === rateWords(theirs)
}

function rateWords(fact: TaxFact): string {
  const rates = fact.rates.filter((percent) => !isZero(percent)).map((percent) => add(percent))
  return rates.length === 0 ? 'no tax' : `${rates.toSorted(compare).join(' + ')} %`
}

function absolute(figure: Decimal): Decimal {
  return compare(figure, '0') < 0 ? negate(figure) : figure
}
