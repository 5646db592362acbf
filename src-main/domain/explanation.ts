/** Why two sides state another tax: the smallest set of named differences that turns the one's figure into the other's, exactly. */
import { type Decimal, add, divide, multiply } from './decimal.ts'
import type { Cause } from './incident.ts'
import type { Currency } from './money.ts'
import { type Interval, type Support, type TaxLine, type TaxMethod, grossBy, taxBy, taxLinesOn, taxMethods } from './tax.ts'

/** One SKU of one side, its lines added up; shipping is one line of its own. Major units. */
export interface TaxFact {
  readonly key: string
  readonly title: string
  readonly quantity: Decimal
  /** With tax when `included`, else without; unrounded where the side computes on. */
  readonly amount: Decimal
  readonly included: boolean
  /** With tax, where a side that books without it states that as well: the tax may have been taken out of this. */
  readonly gross?: Decimal
  /** Percent; several where several authorities tax it. Empty: not taxed. */
  readonly rates: readonly Decimal[]
}

export interface TaxSide {
  readonly facts: readonly TaxFact[]
  /** Whole minor units that the side states, or may honestly be rounded to where it states no cents. */
  readonly tax: Interval
  /** Net and tax together, the same way. */
  readonly gross: Interval
  readonly currency: Currency
  /** What it follows for nearly all orders of the market; null: not known. */
  readonly follows: Support | null
}

/** One thing that the ERP has otherwise, and the shop's facts as they would be had the shop it so too. */
export interface NamedDifference {
  readonly cause: Cause
  /** What differs, for a person: "Tax rate, Olive Oil 1L: 20 % → 5.5 %". */
  readonly says: string
  /** What it is a part of, where one mistake on many lines stands in the list as one too. */
  readonly within?: NamedDifference
  apply(facts: readonly TaxFact[]): readonly TaxFact[]
}

export type Explanation =
  /** The sides agree. */
  | { readonly kind: 'equal' }
  | { readonly kind: 'explained'; readonly by: readonly NamedDifference[] }
  /** Several sets are equally small and equally exact; `cut`: there were too many to try, and others may be. */
  | { readonly kind: 'ambiguous'; readonly sets: readonly (readonly NamedDifference[])[]; readonly cut: boolean }
  /** What is left, shop less ERP in minor units, when every difference is applied. */
  | { readonly kind: 'unexplained'; readonly residualMinor: number }

/** Up to so many differences every choice of them is tried; beyond, only all that the lines show. */
const setMax = 4
/** Sets beyond this many are not tried: an order that differs in everything is told as it is. */
const triedMax = 5000

/** The two sides round by other methods: the one difference that changes no line. */
export const roundingDiffers: NamedDifference = {
  cause: 'rounding',
  says: 'The two sides round differently',
  apply: (facts) => facts,
}

export function explainTax(shop: TaxSide, stated: TaxSide, differences: readonly NamedDifference[]): Explanation {
  if (shop.tax.low <= stated.tax.high && stated.tax.low <= shop.tax.high) return { kind: 'equal' }
  const erp = asKnown(shop, stated)
  const ours = methodsOf(shop)
  const theirs = methodsOf(erp)
  const shared = theirs.filter((method) => ours.some((one) => same(one, method)))
  const roundsElse = theirs.length > shared.length || shared.length === 0
  const candidates = roundsElse ? [...differences, roundingDiffers] : differences
  const fits: Fits = (set) => {
    const lines = linesOf(applied(shop.facts, set))
    const fitting = (set.includes(roundingDiffers) ? theirs : shared).filter((method) => meetsTax(erp, method, lines))
    if (fitting.length === 0) return null
    return fitting.some((method) => meetsGross(erp, method, set, shop)) ? 'tax and gross' : 'tax'
  }
  const { sets: [first, ...more], cut } = smallest(candidates, fits)
  if (first !== undefined) return more.length === 0 && !cut ? { kind: 'explained', by: first } : { kind: 'ambiguous', sets: [first, ...more], cut }
  const whole = wholeOf(differences, roundsElse, fits)
  if (whole !== null) return cut ? { kind: 'ambiguous', sets: [whole], cut } : { kind: 'explained', by: whole }
  return { kind: 'unexplained', residualMinor: residual(shop, erp, differences, theirs) }
}

/**
 * An ERP that takes its tax out of prices which it states without it alone has rounded them before: what its nets were found
 * to follow is not how it rounds, and a method by the same name on the shop's prices comes to another cent.
 */
export function asKnown(shop: TaxSide, erp: TaxSide): TaxSide {
  const hidesPrices = shop.facts.some((fact) => fact.included) && erp.facts.some((fact) => !fact.included && fact.gross === undefined && fact.rates.length > 0)
  return hidesPrices ? { ...erp, follows: null } : erp
}

/** Null when the set does not lead to the ERP's tax. */
type Fits = (set: readonly NamedDifference[]) => 'tax' | 'tax and gross' | null

/** All sets of the least size that fit; `cut`: before all of that size were tried. */
function smallest(candidates: readonly NamedDifference[], fits: Fits): { readonly sets: readonly (readonly NamedDifference[])[]; readonly cut: boolean } {
  let tried = 0
  for (let size = 1; size <= Math.min(setMax, candidates.length); size += 1) {
    const found: { readonly set: readonly NamedDifference[]; readonly fit: 'tax' | 'tax and gross' }[] = []
    let cut = false
    for (const set of subsets(candidates, size)) {
      tried += 1
      cut = tried > triedMax
      if (cut) break
      const fit = fits(set)
      if (fit !== null) found.push({ set, fit })
    }
    // a tax that is met by chance, beside another net, explains nothing where another set gives both
    const both = found.filter((one) => one.fit === 'tax and gross')
    const sets = (both.length > 0 ? both : found).map((one) => one.set)
    if (sets.length > 0 || cut) return { sets, cut }
  }
  return { sets: [], cut: false }
}

/** All that the lines show at once, less what is not needed; null where it does not lead to the ERP's figures. */
function wholeOf(differences: readonly NamedDifference[], roundsElse: boolean, fits: Fits): readonly NamedDifference[] | null {
  const all = differences.filter((one) => one.within === undefined)
  const ways = [all, ...(roundsElse ? [[...all, roundingDiffers]] : [])].map((set) => ({ set, fit: fits(set) }))
  const whole = ways.find((one) => one.fit === 'tax and gross') ?? ways.find((one) => one.fit !== null)
  if (whole === undefined) return null
  return whole.set.reduce((left, one) => {
    const without = left.filter((other) => other !== one)
    return fits(without) === whole.fit ? without : left
  }, whole.set)
}

/**
 * Methods that turn a side's own lines into its own figure; the one that it follows, where that is known. Whoever states
 * a line with its tax may have taken the tax out of that, and a net that is rounded already leads to another cent.
 */
function methodsOf(side: TaxSide): readonly TaxMethod[] {
  const known = side.follows === null ? taxMethods : [side.follows.method]
  const ways = [linesOf(side.facts), linesOf(side.facts.map((fact) => asStated(fact, true)))]
  return known.filter((method) => ways.some((lines) => within(taxBy(method, lines, side.currency), side.tax)))
}

/** A booked line as it is beside prices that hold tax. */
export function asStated(fact: TaxFact, withTax: boolean): TaxFact {
  return withTax && !fact.included && fact.gross !== undefined ? { ...fact, amount: fact.gross, included: true } : fact
}

function same(left: TaxMethod, right: TaxMethod): boolean {
  return left.per === right.per && left.rounding === right.rounding && left.extraction === right.extraction
}

function within(minor: number, interval: Interval): boolean {
  return minor >= interval.low && minor <= interval.high
}

function meetsTax(erp: TaxSide, method: TaxMethod, lines: readonly TaxLine[]): boolean {
  return within(taxBy(method, lines, erp.currency), erp.tax)
}

/** The tax of an untaxed line is nothing, but its price counts. */
function meetsGross(erp: TaxSide, method: TaxMethod, set: readonly NamedDifference[], shop: TaxSide): boolean {
  const facts = applied(shop.facts, set).map((fact) => (fact.rates.length === 0 ? { ...fact, rates: ['0'] } : fact))
  return within(grossBy(method, wholeLines(facts), erp.currency), erp.gross)
}

/** One line per fact, at all its rates together. */
function wholeLines(facts: readonly TaxFact[]): readonly TaxLine[] {
  return facts.map((fact) => ({ amount: fact.amount, ratePercent: add('0', ...fact.rates), included: fact.included }))
}

function applied(facts: readonly TaxFact[], set: readonly NamedDifference[]): readonly TaxFact[] {
  return set.reduce((now, difference) => difference.apply(now), facts)
}

function residual(shop: TaxSide, erp: TaxSide, differences: readonly NamedDifference[], theirs: readonly TaxMethod[]): number {
  const facts = linesOf(applied(shop.facts, differences))
  const methods = theirs.length > 0 ? theirs : taxMethods
  const left = methods.map((method) => beyond(taxBy(method, facts, erp.currency), erp.tax))
  return left.reduce((least, one) => (Math.abs(one) < Math.abs(least) ? one : least), left[0] ?? 0)
}

function beyond(minor: number, interval: Interval): number {
  if (minor < interval.low) return minor - interval.low
  return minor > interval.high ? minor - interval.high : 0
}

/** One line per fact and rate. */
export function linesOf(facts: readonly TaxFact[]): readonly TaxLine[] {
  return facts.flatMap((fact) => taxLinesOn(fact.amount, fact.rates, fact.included))
}

/** What the fact costs without tax, exactly. */
export function netOf(fact: TaxFact): Decimal {
  if (!fact.included) return fact.amount
  return divide(multiply(fact.amount, '100'), add('100', ...fact.rates))
}

/** Every subset of a size, in the order of the candidates. */
function* subsets<T>(all: readonly T[], size: number, from = 0): Generator<readonly T[]> {
  if (size === 0) {
    yield []
    return
  }
  for (let index = from; index <= all.length - size; index += 1) {
    const first = all[index]
    if (first === undefined) return
    for (const rest of subsets(all, size - 1, index + 1)) yield [first, ...rest]
  }
}
