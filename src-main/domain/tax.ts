/** What is known of rounding tax: methods, admissible roundings, and which method a side follows over many orders. */
import { type Decimal, type Rounding, add, compare, divide, multiply, subtract } from './decimal.ts'
import { type Currency, toMajor, toMinor, wholeMinor } from './money.ts'

/** How a side comes from line figures to the tax it states. */
export interface TaxMethod {
  /**
   * line: each line's tax is rounded and then added. total: a rate's amounts are added as they are booked, and its tax
   * is rounded once. exact: as total, from amounts that nobody has rounded before (348.35 × 16 less 4 %).
   */
  readonly per: 'line' | 'total' | 'exact'
  readonly rounding: Rounding
  /**
   * What happens to a price that contains its tax. gross: tax is the gross × rate ÷ (100 + rate), and net is what is left.
   * net: net is rounded first, and tax is that net × rate, rounded again: together they may miss the gross by a cent.
   */
  readonly extraction: 'gross' | 'net'
}

/** One line as tax sees it. Major units. */
export interface TaxLine {
  /** Unrounded where the side computes on (quantity × price − discount). */
  readonly amount: Decimal
  /** Percent. */
  readonly ratePercent: Decimal
  /** Whether `amount` contains the tax. */
  readonly included: boolean
  /** All rates that an included price contains, where it contains more than this one. */
  readonly containsPercent?: Decimal
  /** Which of several taxes of one rate on the same price: a state and a city may raise alike, and each is rounded by itself. */
  readonly nth?: number
}

/** What several authorities raise on one price: where it holds its taxes, it holds all of them. */
export function taxLinesOn(amount: Decimal, rates: readonly Decimal[], included: boolean): readonly TaxLine[] {
  const contains = included && rates.length > 1 ? { containsPercent: add('0', ...rates) } : {}
  return rates.map((ratePercent, at) => {
    const alike = rates.slice(0, at).filter((rate) => compare(rate, ratePercent) === 0).length
    return { amount, ratePercent, included, ...contains, ...(alike === 0 ? {} : { nth: alike }) }
  })
}

/** The methods that platforms and laws are known to use, the most usual first. */
export const taxMethods: readonly TaxMethod[] = (['gross', 'net'] as const).flatMap((extraction) =>
  (['line', 'total', 'exact'] as const).flatMap((per) =>
    (['half-away', 'half-even', 'half-up', 'toward-infinity', 'toward-zero'] as const).map((rounding) => ({ per, rounding, extraction })),
  ),
)

/** The exact tax of one line, to 30 digits after the point. */
export function exactTax(line: TaxLine): Decimal {
  if (!line.included) return divide(multiply(line.amount, line.ratePercent), '100')
  if (line.containsPercent === undefined) return subtract(line.amount, exactNet(line))
  return divide(multiply(line.amount, line.ratePercent), add('100', line.containsPercent))
}

function exactNet(line: TaxLine): Decimal {
  if (!line.included) return line.amount
  return divide(multiply(line.amount, '100'), add('100', line.containsPercent ?? line.ratePercent))
}

/** Whole minor units of tax on the lines by a method. Per total means per rate, as invoices state it. */
export function taxBy(method: TaxMethod, lines: readonly TaxLine[], currency: Currency): number {
  return groupsBy(method, lines, currency).reduce((sum, line) => sum + roundedTax(method, line, currency), 0)
}

/** Whole minor units of net and tax together by a method: what the side would ask for. */
export function grossBy(method: TaxMethod, lines: readonly TaxLine[], currency: Currency): number {
  return groupsBy(method, lines, currency).reduce((sum, line) => {
    if (line.included && method.extraction === 'gross') return sum + toMinor(line.amount, currency, method.rounding)
    return sum + grossOf(method, line, currency)
  }, 0)
}

function grossOf(method: TaxMethod, line: TaxLine, currency: Currency): number {
  // who rounds only once rounds the sum of both; who books net and tax rounds each
  if (method.per === 'exact' && !line.included) return toMinor(add(line.amount, exactTax(line)), currency, method.rounding)
  return toMinor(exactNet(line), currency, method.rounding) + roundedTax(method, line, currency)
}

/** A shop sells the same things for the same prices: their tax is worked out once, and not with every method and order. */
const roundedBefore = new Map<string, number>()
const roundedMax = 20_000

function roundedTax(method: TaxMethod, line: TaxLine, currency: Currency): number {
  const { amount, ratePercent, included, containsPercent } = line
  const key = `${method.extraction} ${method.rounding} ${currency} ${amount} ${ratePercent} ${included} ${containsPercent ?? ''}`
  const before = roundedBefore.get(key)
  if (before !== undefined) return before
  if (roundedBefore.size >= roundedMax) roundedBefore.clear()
  const rounded = roundTax(method, line, currency)
  roundedBefore.set(key, rounded)
  return rounded
}

function roundTax(method: TaxMethod, line: TaxLine, currency: Currency): number {
  if (!line.included || method.extraction === 'gross') return toMinor(exactTax(line), currency, method.rounding)
  const net = toMajor(toMinor(exactNet(line), currency, method.rounding), currency)
  return toMinor(exactTax({ ...line, amount: net, included: false }), currency, method.rounding)
}

/** What is rounded as one: each line, or all lines of a rate; amounts as the side books them, or as exact as they are. */
function groupsBy(method: TaxMethod, lines: readonly TaxLine[], currency: Currency): readonly TaxLine[] {
  const booked = (line: TaxLine): TaxLine =>
    method.per === 'exact' || wholeMinor(line.amount, currency) !== null
      ? line
      : { ...line, amount: toMajor(toMinor(line.amount, currency, method.rounding), currency) }
  if (method.per === 'line') return lines.map(booked)
  const byRate = new Map<string, TaxLine>()
  for (const line of lines.map(booked)) {
    const key = `${line.ratePercent} ${line.included} ${line.containsPercent ?? ''} ${line.nth ?? 0}`
    byRate.set(key, { ...line, amount: add(byRate.get(key)?.amount ?? '0', line.amount) })
  }
  return [...byRate.values()]
}

/** The lowest and the highest whole minor units that exact figures may honestly be rounded to. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/**
 * A side that states no cents is compared as the interval of its admissible roundings (DESIGN §7.2): from all parts
 * rounded down to all rounded up, and the sum itself either way. Figures that are whole minor units leave one value.
 */
export function admissible(parts: readonly Decimal[], currency: Currency): Interval {
  const stated = parts.map((part) => wholeMinor(part, currency))
  if (stated.every((minor) => minor !== null)) {
    const sum = stated.reduce((all, minor) => all + minor, 0)
    return { low: sum, high: sum }
  }
  const total = add('0', ...parts)
  const whole = (rounding: Rounding) => parts.reduce((sum, one) => sum + toMinor(one, currency, rounding), 0)
  return {
    low: Math.min(whole('floor'), toMinor(total, currency, 'floor')),
    high: Math.max(whole('toward-infinity'), toMinor(total, currency, 'toward-infinity')),
  }
}

export function statesCents(figure: Decimal, currency: Currency): boolean {
  return wholeMinor(figure, currency) !== null
}

/** How well a method explains what a side stated, over many documents. */
export interface Support {
  readonly method: TaxMethod
  /** Documents whose stated tax the method gives to the minor unit, of `of`. */
  readonly agrees: number
  readonly of: number
}

/** A document with the tax that a side stated for it, in minor units. */
export interface TaxSample {
  readonly lines: readonly TaxLine[]
  readonly statedMinor: number
  readonly currency: Currency
}

/** Fewer samples than this say nothing about a method. */
const samplesMin = 5

/** A method must explain nearly all documents before it is called a side's own. */
const shareMin = 0.9

/** The method that explains most documents; the more usual one on a tie. Null when none does convincingly. */
export function inferMethod(samples: readonly TaxSample[]): Support | null {
  if (samples.length < samplesMin) return null
  let best: Support | null = null
  for (const method of taxMethods) {
    const agrees = agreeing(method, samples)
    if (best === null || agrees > best.agrees) best = { method, agrees, of: samples.length }
  }
  return best !== null && best.agrees >= samples.length * shareMin ? best : null
}

/** How many it explains; 0 as soon as it can no longer be called a side's own, which of most is known after a few. */
function agreeing(method: TaxMethod, samples: readonly TaxSample[]): number {
  let others = 0
  for (const sample of samples) {
    if (taxBy(method, sample.lines, sample.currency) !== sample.statedMinor) others += 1
    if (samples.length - others < samples.length * shareMin) return 0
  }
  return samples.length - others
}

const perWords: Readonly<Record<TaxMethod['per'], string>> = {
  line: 'per line',
  total: 'per document',
  exact: 'per document, unrounded lines',
}

const roundingWords: Readonly<Record<Rounding, string>> = {
  'half-away': 'half up',
  'half-even': 'half to even',
  'half-up': 'half toward +∞',
  'toward-infinity': 'always up',
  'toward-zero': 'always down',
  'away-from-zero': 'away from zero',
  floor: 'always down',
}

/** A method with its support, in words: "per line, half to even (59 of 60 orders)". */
export function methodInWords({ method, agrees, of }: Support): string {
  return `${methodName(method)} (${agrees} of ${of} orders)`
}

/** "per line, half to even" */
export function methodName({ per, rounding, extraction }: TaxMethod): string {
  return `${perWords[per]}, ${roundingWords[rounding]}${extraction === 'net' ? ', net first' : ''}`
}
