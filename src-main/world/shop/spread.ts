/** Splits an amount over several places to the smallest unit of its currency, so that nothing is lost or made. */
import { Decimal, digitsOf, sum, zero } from '../decimal.ts'

/**
 * In proportion to the weights; units that are left over go to the largest remainders, and of equal ones to the
 * first. Throws when there is something to split and no weight to split it by.
 */
export function spread(amount: Decimal, weights: readonly Decimal[], currency: string): Decimal[] {
  const whole = sum(weights)
  if (amount.isZero()) return weights.map(() => zero)
  if (whole.isZero()) throw new Error('There is nothing to spread an amount over.')
  const unit = new Decimal(10).pow(-digitsOf(currency))
  const shares = weights.map((weight, at) => {
    const exact = amount.times(weight).div(whole)
    const floor = exact.toDecimalPlaces(digitsOf(currency), Decimal.ROUND_FLOOR)
    return { at, floor, rest: exact.minus(floor) }
  })
  const left = amount.minus(sum(shares.map((share) => share.floor))).div(unit).toNumber()
  const lucky = new Set(
    [...shares].sort((one, other) => other.rest.comparedTo(one.rest) || one.at - other.at)
      .slice(0, left).map((share) => share.at),
  )
  return shares.map((share) => lucky.has(share.at) ? share.floor.plus(unit) : share.floor)
}

/** Some units' part of what remains on all of them: the last unit takes the rest, so parts always add up. */
export function partOf(remaining: Decimal, quantity: number, outOf: number, currency: string): Decimal {
  if (quantity === outOf) return remaining
  return remaining.times(quantity).div(outOf).toDecimalPlaces(digitsOf(currency), Decimal.ROUND_HALF_UP)
}
