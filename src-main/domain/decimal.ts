/** Exact decimal figures as text, so that what a platform states is kept to the last digit and never becomes a float. */
import { Big } from 'big.js'
import { z } from 'zod'

/** Plain decimal notation without exponent, major units unless a name says otherwise: `"13.2227"`, `"-0.35"`. */
export type Decimal = string

export const decimalSchema = z.string().regex(/^-?\d+(?:\.\d+)?$/, 'a plain decimal such as 13.2227')

/** How a figure is brought to fewer digits. `half-away` is what commerce calls half-up. */
export const roundings = ['half-away', 'half-even', 'half-up', 'toward-infinity', 'toward-zero', 'away-from-zero', 'floor'] as const
export type Rounding = (typeof roundings)[number]

/** Division is the one inexact operation: digits kept after the point, far beyond any currency. */
const divisionDigits = 30
Big.DP = divisionDigits
Big.RM = Big.roundHalfEven

/** Reads a number's own text (`105.7`, `1e-7`) into plain notation; null when it is not a finite decimal. */
export function parseDecimal(text: string): Decimal | null {
  const trimmed = text.trim()
  if (!/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/.test(trimmed)) return null
  return new Big(trimmed.replace(/^\+/, '')).toFixed()
}

export function add(...terms: readonly Decimal[]): Decimal {
  return terms.reduce((sum, term) => sum.plus(term), new Big(0)).toFixed()
}

export function subtract(left: Decimal, right: Decimal): Decimal {
  return new Big(left).minus(right).toFixed()
}

export function multiply(left: Decimal, right: Decimal): Decimal {
  return new Big(left).times(right).toFixed()
}

/** Exact to 30 digits after the point. Throws when `right` is zero: the caller asks first. */
export function divide(left: Decimal, right: Decimal): Decimal {
  return new Big(left).div(right).toFixed()
}

export function compare(left: Decimal, right: Decimal): -1 | 0 | 1 {
  return new Big(left).cmp(right) as -1 | 0 | 1
}

export function larger(one: Decimal, other: Decimal): Decimal {
  return compare(one, other) >= 0 ? one : other
}

export function negate(figure: Decimal): Decimal {
  return new Big(0).minus(figure).toFixed()
}

export function isZero(figure: Decimal): boolean {
  return new Big(figure).eq(0)
}

/** The figure with at most `digits` after the point, by the named rounding. */
export function round(figure: Decimal, digits: number, rounding: Rounding): Decimal {
  const value = new Big(figure)
  const down = value.round(digits, Big.roundDown)
  const step = new Big(10).pow(-digits)
  const floor = down.lte(value) ? down : down.minus(step)
  const ceiling = floor.eq(value) ? floor : floor.plus(step)
  switch (rounding) {
    case 'half-away':
      return value.round(digits, Big.roundHalfUp).toFixed()
    case 'half-even':
      return value.round(digits, Big.roundHalfEven).toFixed()
    case 'half-up':
      return (value.minus(floor).lt(ceiling.minus(value)) ? floor : ceiling).toFixed()
    case 'toward-infinity':
      return ceiling.toFixed()
    case 'toward-zero':
      return down.toFixed()
    case 'away-from-zero':
      return value.round(digits, Big.roundUp).toFixed()
    case 'floor':
      return floor.toFixed()
    default:
      return rounding satisfies never
  }
}

/** A whole number as a JavaScript integer. Throws when it is not whole or not safe: that is a bug of the caller. */
export function toSafeInteger(figure: Decimal): number {
  const value = Number(new Big(figure).round(0, Big.roundDown).toFixed())
  if (!new Big(figure).eq(value) || !Number.isSafeInteger(value)) {
    throw new RangeError(`${figure} is not a safe whole number`)
  }
  return value
}
