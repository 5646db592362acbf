/** Booked amounts: whole minor units of a currency with its ISO 4217 exponent. */
import currencyCodes from 'currency-codes'
import { z } from 'zod'
import { type Decimal, type Rounding, multiply, round, toSafeInteger } from './decimal.ts'

/** An ISO 4217 code in capitals. */
export type Currency = string

export const currencySchema = z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as EUR')

export interface Money {
  /** Whole minor units: 1999 is 19.99 EUR, 1999 JPY, 1.999 KWD. */
  readonly minor: number
  readonly currency: Currency
}

export const moneySchema = z.object({ minor: z.int(), currency: currencySchema }).readonly()

const exponents = new Map<Currency, number>()

/** Digits after the point. A code the standard does not list (a test currency) is taken as 2, as every platform here does. */
export function exponentOf(currency: Currency): number {
  const known = exponents.get(currency)
  if (known !== undefined) return known
  const exponent = currencyCodes.code(currency)?.digits ?? 2
  exponents.set(currency, exponent)
  return exponent
}

/**
 * Whole minor units where the figure states no more digits than the currency has, read from its text alone: most figures
 * do, and a judgement reads dozens. Null where it must be rounded, or is too great for this way.
 */
export function wholeMinor(major: Decimal, currency: Currency): number | null {
  const exponent = exponentOf(currency)
  const point = major.indexOf('.')
  const fraction = point < 0 ? '' : major.slice(point + 1)
  const beyond = fraction.slice(exponent)
  if (beyond !== '' && !/^0+$/.test(beyond)) return null
  const digits = (point < 0 ? major : major.slice(0, point)) + fraction.slice(0, exponent).padEnd(exponent, '0')
  const minor = Number(digits)
  // "-0.00" is no debt
  return Number.isSafeInteger(minor) ? minor + 0 : null
}

/** Major units, exact, to whole minor units by the named rounding. */
export function toMinor(major: Decimal, currency: Currency, rounding: Rounding = 'half-away'): number {
  const whole = wholeMinor(major, currency)
  if (whole !== null) return whole
  const exponent = exponentOf(currency)
  return toSafeInteger(multiply(round(major, exponent, rounding), `1${'0'.repeat(exponent)}`))
}

/** Whole minor units to major units, exact: 1999 EUR is "19.99". */
export function toMajor(minor: number, currency: Currency): Decimal {
  const exponent = exponentOf(currency)
  const digits = Math.abs(minor).toString().padStart(exponent + 1, '0')
  const sign = minor < 0 ? '-' : ''
  if (exponent === 0) return sign + digits
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

/** Sums of one currency only: a sum over two is a bug, never a conversion. */
export function sum(amounts: readonly Money[], currency: Currency): Money {
  let minor = 0
  for (const amount of amounts) {
    if (amount.currency !== currency) throw new TypeError(`cannot add ${amount.currency} to ${currency}`)
    minor += amount.minor
  }
  return { minor, currency }
}
