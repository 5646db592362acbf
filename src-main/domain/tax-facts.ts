/** The lines of an order and of its ERP documents as tax sees them, line by line, so that each is rounded as its side rounds it. */
import { shippingKey } from './comparison.ts'
import { add, compare, isZero } from './decimal.ts'
import type { TaxFact } from './explanation.ts'
import type { ErpLine, Order, Tax } from './records.ts'

export interface BothFacts {
  readonly shop: readonly TaxFact[]
  readonly erp: readonly TaxFact[]
  /** Keys of shop facts whose every tax a marketplace collects. */
  readonly collected: ReadonlySet<string>
}

/**
 * Both sides' lines under common keys. A SKU that stands on several lines keeps them where the other side has as many;
 * else its lines are added up on both sides: nobody can say which of them belongs to which.
 */
export function factsOf(order: Order, lines: readonly ErpLine[]): BothFacts {
  const shop = shopFacts(order)
  const skus = new Set(shop.map((fact) => fact.key))
  const erp = lines.filter((line) => !(isZero(line.quantity) && isZero(line.net))).map((line) => erpFact(line, skus))
  const ours = grouped(shop)
  const theirs = grouped(erp)
  const keys = [...new Set([...ours.keys(), ...theirs.keys()])]
  const alike = new Set(keys.filter((key) => (ours.get(key)?.length ?? 0) === (theirs.get(key)?.length ?? 0)))
  return {
    shop: [...ours].flatMap(([key, facts]) => settled(facts, alike.has(key))),
    erp: [...theirs].flatMap(([key, facts]) => settled(facts, alike.has(key))),
    collected: collectedBy(order),
  }
}

function shopFacts(order: Order): readonly TaxFact[] {
  const included = order.taxesIncluded
  const goods = order.lines
    .filter((line) => !(isZero(line.quantity) && isZero(line.total)))
    .map((line) => ({ key: lineKey(line.sku, line.title), title: line.title, quantity: line.quantity, amount: line.total, included, rates: ratesOf(line.taxes) }))
  const shipping = order.shipping
    .filter((one) => !isZero(one.price))
    .map((one) => ({ key: shippingKey, title: one.method, quantity: '1', amount: one.price, included, rates: ratesOf(one.taxes) }))
  return [...goods, ...shipping]
}

function erpFact(line: ErpLine, skus: ReadonlySet<string>): TaxFact {
  const key = lineKey(line.sku, line.title)
  // a service that the shop has no SKU for is its shipping; what takes money off is a discount, never a parcel
  const shipping = !line.goods && !skus.has(key) && compare(line.net, '0') > 0
  return {
    key: shipping ? shippingKey : key,
    title: line.title,
    quantity: shipping ? '1' : line.quantity,
    amount: line.net,
    included: false,
    ...(line.taxes.every((tax) => tax.amount !== null) ? { gross: add(line.net, ...line.taxes.map((tax) => tax.amount ?? '0')) } : {}),
    rates: ratesOf(line.taxes),
  }
}

function lineKey(sku: string | null, title: string): string {
  return sku ?? ` ${title}`
}

/** Rates that tax something, ascending, as 20 and never as 20.0. */
function ratesOf(taxes: readonly Tax[]): readonly string[] {
  return taxes.filter((tax) => !isZero(tax.ratePercent)).map((tax) => add(tax.ratePercent)).toSorted(compare)
}

function grouped(facts: readonly TaxFact[]): ReadonlyMap<string, readonly TaxFact[]> {
  const groups = new Map<string, TaxFact[]>()
  for (const fact of facts) groups.set(fact.key, [...(groups.get(fact.key) ?? []), fact])
  return groups
}

function settled(facts: readonly TaxFact[], alike: boolean): readonly TaxFact[] {
  // the same order of lines on both sides is likelier by amount than by position
  if (alike) return ordered(facts).map((fact, nth) => (nth === 0 ? fact : { ...fact, key: `${fact.key} ${nth + 1}` }))
  const byRates = new Map<string, TaxFact>()
  for (const fact of facts) {
    const rates = fact.rates.join(' + ')
    const known = byRates.get(rates)
    byRates.set(
      rates,
      known === undefined ? fact : together(known, fact),
    )
  }
  return [...byRates.values()].map((fact, nth) => (nth === 0 ? fact : { ...fact, key: `${fact.key} ${fact.rates.join(' + ')}` }))
}

function together({ gross, ...one }: TaxFact, other: TaxFact): TaxFact {
  return {
    ...one,
    quantity: add(one.quantity, other.quantity),
    amount: add(one.amount, other.amount),
    ...(gross === undefined || other.gross === undefined ? {} : { gross: add(gross, other.gross) }),
  }
}

function ordered(facts: readonly TaxFact[]): readonly TaxFact[] {
  return facts.toSorted((a, b) => compare(a.quantity, b.quantity) || compare(a.amount, b.amount))
}

function collectedBy(order: Order): ReadonlySet<string> {
  const collected = new Set<string>()
  for (const line of order.lines) {
    if (line.taxes.length > 0 && line.taxes.every((tax) => tax.collectedByMarketplace)) collected.add(lineKey(line.sku, line.title))
  }
  if (order.shipping.some((one) => one.taxes.length > 0 && one.taxes.every((tax) => tax.collectedByMarketplace))) collected.add(shippingKey)
  return collected
}
