/** Odoo's taxes, of lines and of products: groups opened, and how much of a hundred each one is. Pure. */
import { type Decimal, divide, isZero, multiply, round, subtract } from '../../../domain/decimal.ts'
import { type VatCategory, vatCategorySchema } from '../../../domain/records.ts'
import type { WireTax } from './wire.ts'

/** A tax, or those that a group of them consists of. */
export function singleTaxes(id: string, taxes: readonly WireTax[]): readonly WireTax[] {
  const tax = taxes.find((one) => one.id === id)
  if (tax === undefined) return []
  if (tax.amount_type !== 'group') return [tax]
  return tax.children_tax_ids.flatMap((child) => taxes.find((one) => one.id === child) ?? [])
}

/** In percent of what is without it. A fixed amount per unit has no rate. */
export function rateOf({ amount, amount_type }: Pick<WireTax, 'amount' | 'amount_type'>): Decimal {
  if (amount_type === 'percent') return multiply(amount, '1')
  if (amount_type !== 'division' || isZero(subtract('100', amount))) return '0'
  return round(divide(multiply(amount, '100'), subtract('100', amount)), 10, 'half-even')
}

/** None for a code of one country's own, and where the ERP gives its taxes none. */
export function categoryOf({ ubl_cii_tax_category_code }: Pick<WireTax, 'ubl_cii_tax_category_code'>): VatCategory | undefined {
  return vatCategorySchema.safeParse(ubl_cii_tax_category_code).data
}
