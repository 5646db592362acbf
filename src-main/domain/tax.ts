/** What is known of rounding tax: methods, admissible roundings, and which method a side follows over many orders. */
import { type Decimal, type Rounding, add, divide, multiply, subtract } from './decimal.ts'
import { type Currency, toMinor, wholeMinor } from './money.ts'

/** How a side comes from line figures to the tax it states. */
export interface TaxMethod {
  /** Per line, each line's tax is rounded and then added; per total, a rate's tax is added and then rounded. */
  readonly per: 'line' | 'total'
  readonly rounding: Rounding
}

/** One line as tax sees it. Major units. */
export interface TaxLine {
  readonly amount: Decimal
  /** Percent. */
  readonly ratePercent: Decimal
  /** Whether `amount` contains the tax. */
  readonly included: boolean
}

/** The methods that platforms and laws are known to use, the most usual first. */
export const taxMethods: readonly TaxMethod[] = (['line', 'total'] as const).flatMap((per) =>
  (['half-away', 'half-even', 'half-up', 'toward-infinity', 'toward-zero'] as const).map((rounding) => ({ per, rounding })),
)

/** The exact tax of one line, to 30 digits after the point. */
export function exactTax(line: TaxLine): Decimal {
  if (!line.included) return divide(multiply(line.amount, line.ratePercent), '100')
  return subtract(line.amount, divide(multiply(line.amount, '100'), add('100', line.ratePercent)))
}

/** Whole minor units of tax on the lines by a method. Per total means per rate, as invoices state it. */
export function taxBy(method: TaxMethod, lines: readonly TaxLine[], currency: Currency): number {
  if (method.per === 'line') {
    return lines.reduce((sum, line) => sum + toMinor(exactTax(line), currency, method.rounding), 0)
  }
  const byRate = new Map<string, Decimal>()
  for (const line of lines) {
    const key = `${line.ratePercent} ${line.included}`
    byRate.set(key, add(byRate.get(key) ?? '0', line.amount))
  }
  let sum = 0
  for (const [key, amount] of byRate) {
    const [ratePercent = '0', included] = key.split(' ')
    sum += toMinor(exactTax({ amount, ratePercent, included: included === 'true' }), currency, method.rounding)
  }
  return sum
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
    const agrees = samples.filter(
      (sample) => taxBy(method, sample.lines, sample.currency) === sample.statedMinor,
    ).length
    if (best === null || agrees > best.agrees) best = { method, agrees, of: samples.length }
  }
  return best !== null && best.agrees >= samples.length * shareMin ? best : null
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
  const per = method.per === 'line' ? 'per line' : 'per document'
  return `${per}, ${roundingWords[method.rounding]} (${agrees} of ${of} orders)`
}

/** Whether the lines explain the stated tax by the method a side is known to follow, or by any where none is known. */
export function explained(
  lines: readonly TaxLine[],
  statedMinor: number,
  currency: Currency,
  follows: Support | null,
): boolean {
  if (follows === null) return explainedBySomeMethod(lines, statedMinor, currency)
  return taxBy(follows.method, lines, currency) === statedMinor
}

/** Whether some known method turns the lines into the stated tax: then the lines explain it, whatever the method. */
function explainedBySomeMethod(lines: readonly TaxLine[], statedMinor: number, currency: Currency): boolean {
  return taxMethods.some((method) => taxBy(method, lines, currency) === statedMinor)
}
