/**
 * What Odoo will make of a draft's lines: its two ways of rounding tax, for prices with and without
 * it. Pure.
 */
import { type Decimal, add, divide, multiply, round } from '../../../domain/decimal.ts'
import { type Currency, exponentOf } from '../../../domain/money.ts'
import type { Company } from './desk.ts'

export interface Priced {
  readonly quantity: Decimal
  /** Per unit, as Odoo will hold it. */
  readonly price: Decimal
  /** Whether the price holds its tax. */
  readonly holdsTax: boolean
  readonly taxes: readonly { readonly id: string; readonly ratePercent: Decimal }[]
}

export interface Totals {
  readonly tax: Decimal
  readonly total: Decimal
}

interface Group {
  readonly tax: Decimal
  readonly holdsTax: boolean
}

/** Per line, each line's tax is rounded; per document, the sum over the lines of the same taxes. */
export function totalsOf(
  lines: readonly Priced[],
  currency: Currency,
  rounding: Company['taxRounding'],
): Totals {
  const digits = exponentOf(currency)
  const booked = (figure: Decimal): Decimal => round(figure, digits, 'half-away')
  const groups = new Map<string, Group>()
  let listed: Decimal = '0'
  for (const [index, { holdsTax, price, quantity, taxes }] of lines.entries()) {
    const rate = divide(add('0', ...taxes.map(({ ratePercent }) => ratePercent)), '100')
    const amount = booked(multiply(price, quantity))
    const net = holdsTax ? divide(amount, add('1', rate)) : amount
    const name = rounding === 'per-document' ? taxes.map(({ id }) => id).join() : `line ${index}`
    groups.set(name, { tax: add(groups.get(name)?.tax ?? '0', multiply(net, rate)), holdsTax })
    listed = add(listed, amount)
  }
  const all = [...groups.values()]
  const sum = (some: readonly Group[]): Decimal => add('0', ...some.map(({ tax }) => booked(tax)))
  return { tax: sum(all), total: add(listed, sum(all.filter(({ holdsTax }) => !holdsTax))) }
}
