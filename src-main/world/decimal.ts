/** The world's own exact figures: another library than the product's, so that neither confirms the other's arithmetic. */
import { Decimal } from 'decimal.js'

export { Decimal }

/** Money and rates of 40 significant digits: no simulated figure comes near. */
Decimal.set({ precision: 40, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -40, toExpPos: 40 })

export const zero = new Decimal(0)

/** Digits after the point that a currency is booked in (ISO 4217). */
const digits: Readonly<Record<string, number>> = { EUR: 2, GBP: 2, USD: 2, SEK: 2, CHF: 2, CAD: 2, JPY: 0, KWD: 3, BHD: 3 }

/** Throws for a currency that the world does not trade in. */
export function digitsOf(currency: string): number {
  const known = digits[currency]
  if (known === undefined) throw new Error(`The world does not trade in ${currency}.`)
  return known
}

/** Brings a figure to a currency's digits, half away from zero unless another way is named. */
export function booked(amount: Decimal, currency: string, rounding: Decimal.Rounding = Decimal.ROUND_HALF_UP): Decimal {
  return amount.toDecimalPlaces(digitsOf(currency), rounding)
}

export function sum(amounts: Iterable<Decimal>): Decimal {
  let total: Decimal | null = null
  for (const amount of amounts) total = total === null ? amount : total.plus(amount)
  return total ?? zero
}
