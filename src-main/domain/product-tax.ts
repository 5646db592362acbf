/** The tax that a product is sold under at home, before and after it became another one, and which of the two an order follows. */
import { type Decimal, add, compare, divide, multiply, subtract } from './decimal.ts'
import type { Product, ProductTaxes } from './records.ts'
import type { Instant } from './time.ts'

/** Null where its side says none; records of before have no word on it. */
export function taxesOf(product: Product): ProductTaxes | null {
  return product.taxes ?? null
}

export interface TaxChange {
  readonly now: ProductTaxes
  /** What it had before, the last first; each of other rates than now. */
  readonly before: readonly ProductTaxes[]
  /** From when on we met it so. */
  readonly metAt: Instant
  /** By the platform's stamp and clock; null where it stamped nothing: the rate of a tax is written without its products. */
  readonly changedAt: Instant | null
}

/** One version of a product, and from when on it was met so. */
export interface Told {
  readonly product: Product
  readonly metAt: Instant
}

/** So many earlier taxes of a product are remembered. */
const beforeMax = 10

/** `versions`: newest first. Null where none had other rates, as far as they are known: another name of one rate is no change. */
export function taxChangeIn(versions: readonly Told[]): TaxChange | null {
  const now = versions[0] === undefined ? null : taxesOf(versions[0].product)
  if (now === null) return null
  const at = versions.findIndex(({ product }) => !hasRates(taxesOf(product), now))
  const [by, last] = [versions[at - 1], versions[at]]
  const before = toldBefore(now, versions.slice(at).map(({ product }) => taxesOf(product)))
  if (by === undefined || last === undefined || before.length === 0) return null
  const isStamped = by.product.changedAt !== last.product.changedAt
  return { now, before, metAt: by.metAt, changedAt: isStamped ? by.product.changedAt : null }
}

/** Each once, by name and rate; without what is as now. */
export function toldBefore(now: ProductTaxes, earlier: readonly (ProductTaxes | null)[]): readonly ProductTaxes[] {
  const other = earlier.flatMap((taxes) => (taxes === null || hasRates(taxes, now) ? [] : [taxes]))
  return other.filter((taxes, nth) => other.findIndex((one) => isSame(one, taxes)) === nth).slice(0, beforeMax)
}

/** A product as one order has it, on both sides. */
export interface Sold {
  /** What the shop charged on it, alike on each of its lines. */
  readonly charged: ProductTaxes
  /** What the ERP's documents have on each of its lines. */
  readonly booked: readonly ProductTaxes[]
}

/**
 * Which tax of a product an order of it follows; null where it says neither. Only under the very name that the product's
 * tax had, on the ERP's own lines, is a former rate the former tax: abroad the same rate is another one, and rightly stays.
 */
export function followed({ now, before }: Pick<TaxChange, 'now' | 'before'>, { charged, booked }: Sold): ProductTaxes | null {
  if (hasRates(charged, now)) return now
  return before.find((taxes) => hasRates(charged, taxes) && booked.length > 0 && booked.every((line) => isSame(line, taxes))) ?? null
}

/** What was taken as tax less what there would be to take at other taxes, of an amount that holds it or does not. */
export function takenBeyond(amount: Decimal, included: boolean, charged: ProductTaxes, other: ProductTaxes): Decimal {
  const on = (taxes: ProductTaxes): Decimal => {
    const rate = rateOf(taxes)
    return divide(multiply(amount, rate), included ? add('100', rate) : '100')
  }
  return subtract(on(charged), on(other))
}

/** "20 %", "no tax". */
export function ratesInWords(taxes: ProductTaxes): string {
  const rates = ratesOf(taxes)
  return rates.length === 0 ? 'no tax' : `${rates.join(' % + ')} %`
}

/** "20 % (TVA)". */
export function taxesInWords(taxes: ProductTaxes): string {
  const codes = taxes.flatMap(({ code }) => code ?? [])
  return codes.length === 0 ? ratesInWords(taxes) : `${ratesInWords(taxes)} (${codes.join(' + ')})`
}

export function hasRates(taxes: ProductTaxes | null, wanted: ProductTaxes): boolean {
  return taxes !== null && ratesOf(taxes).join() === ratesOf(wanted).join()
}

function isSame(one: ProductTaxes, other: ProductTaxes): boolean {
  const codes = (taxes: ProductTaxes): string => JSON.stringify(taxes.map(({ code }) => code).toSorted())
  return hasRates(one, other) && codes(one) === codes(other)
}

function rateOf(taxes: ProductTaxes): Decimal {
  return add('0', ...taxes.map(({ ratePercent }) => ratePercent))
}

/** Those that tax something, ascending, as 20 and never as 20.0. */
function ratesOf(taxes: ProductTaxes): readonly Decimal[] {
  return taxes.map(({ ratePercent }) => add(ratePercent)).filter((rate) => rate !== '0').toSorted(compare)
}
