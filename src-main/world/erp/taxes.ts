/** Amounts of a document from its lines: Odoo's two ways of rounding, with taxes on top and taxes in the price. */
import { booked, Decimal, sum, zero } from '../decimal.ts'
import type { ErpRounding, Tax } from './erp.ts'

export interface Priced {
  readonly quantity: Decimal
  readonly priceUnit: Decimal
  readonly discount: Decimal
  readonly taxIds: readonly number[]
}

export interface LineAmounts {
  /** Price times quantity, booked: gross as far as its taxes are in the price. */
  readonly stated: Decimal
  readonly subtotal: Decimal
  readonly tax: Decimal
  readonly total: Decimal
  readonly taxes: readonly { readonly tax: Tax; readonly exact: Decimal; readonly amount: Decimal }[]
}

export interface DocumentAmounts {
  readonly untaxed: Decimal
  readonly tax: Decimal
  readonly total: Decimal
  readonly taxes: { taxId: number; base: Decimal; amount: Decimal }[]
}

export function lineAmounts(line: Priced, taxOf: (id: number) => Tax, currency: string): LineAmounts {
  const stated = booked(line.quantity.times(line.priceUnit).times(fraction(new Decimal(100).minus(line.discount))), currency)
  const taxes = line.taxIds.map(taxOf)
  const inside = taxes.filter((tax) => tax.priceInclude)
  const divisor = sum(inside.map((tax) => fraction(tax.amount))).plus(1)
  const taken = inside.map((tax) => part(tax, stated.times(fraction(tax.amount)).dividedBy(divisor), currency))
  const subtotal = stated.minus(sum(taken.map(({ amount }) => amount)))
  const added = taxes
    .filter((tax) => !tax.priceInclude)
    .map((tax) => part(tax, subtotal.times(fraction(tax.amount)), currency))
  const all = [...taken, ...added]
  const tax = sum(all.map(({ amount }) => amount))
  return { stated, subtotal, tax, total: subtotal.plus(tax), taxes: all }
}

function part(tax: Tax, exact: Decimal, currency: string): LineAmounts['taxes'][number] {
  return { tax, exact, amount: booked(exact, currency) }
}

/** Globally, each tax is rounded once over all lines; prices with tax in them keep their gross, and the net gives way. */
export function documentAmounts(lines: readonly LineAmounts[], rounding: ErpRounding, currency: string): DocumentAmounts {
  const groups = new Map<number, { tax: Tax; base: Decimal; exact: Decimal; amount: Decimal }>()
  for (const line of lines) {
    for (const { tax, exact, amount } of line.taxes) {
      const group = groups.get(tax.id) ?? { tax, base: zero, exact: zero, amount: zero }
      groups.set(tax.id, {
        tax,
        base: group.base.plus(line.subtotal),
        exact: group.exact.plus(exact),
        amount: group.amount.plus(amount),
      })
    }
  }
  const rounded = [...groups.values()].map((group) => ({
    ...group,
    amount: rounding === 'round_globally' ? booked(group.exact, currency) : group.amount,
  }))
  const inside = sum(rounded.filter(({ tax }) => tax.priceInclude).map(({ amount }) => amount))
  const untaxed = sum(lines.map((line) => line.stated)).minus(inside)
  const tax = sum(rounded.map(({ amount }) => amount))
  return {
    untaxed,
    tax,
    total: untaxed.plus(tax),
    taxes: rounded.map((group) => ({ taxId: group.tax.id, base: group.base, amount: group.amount })),
  }
}

function fraction(percent: Decimal): Decimal {
  return percent.dividedBy(100)
}
