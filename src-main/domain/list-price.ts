/** List prices of two sides, market by market: only like is compared with like. */
import { z } from 'zod'
import { type Decimal, add, compare, decimalSchema, divide, multiply, round, subtract } from './decimal.ts'
import type { Price } from './records.ts'

/** How a pair wants list prices compared. */
export const priceTermsSchema = z.object({
  tolerance: decimalSchema.default('0.02').meta({ title: 'May be apart', description: 'In the currency of the price: what two list prices may differ by.' }),
  taxPercent: decimalSchema
    .nullable()
    .default(null)
    .meta({ title: 'Tax between the two, in percent', description: 'That one side’s list prices hold and the other’s do not. Empty: only like is compared with like.' }),
  taxesIncluded: z
    .enum(['shop', 'erp', 'both', 'neither'])
    .nullable()
    .default(null)
    .meta({ title: 'Whose prices hold the tax', description: 'Where a side does not say so itself. Empty: it is not known.' }),
})
export type PriceTerms = Readonly<z.infer<typeof priceTermsSchema>>

export interface PriceDifference {
  readonly market: string | null
  readonly currency: string | null
  /** Both on the basis of the shop's price. */
  readonly shop: Decimal
  readonly erp: Decimal
}

/** `times`: how many of the ERP's one of the shop's is. What cannot be compared is left out. */
export function priceDifferences(shop: readonly Price[], erp: readonly Price[], times: Decimal, terms: PriceTerms): readonly PriceDifference[] {
  return shop.flatMap((price) => {
    const other = counterpart(price, erp)
    if (other === null) return []
    const listed = onBasisOf(price, other, terms)
    if (listed === null) return []
    const wanted = multiply(listed, times)
    const difference = subtract(price.amount, wanted)
    const within = compare(difference, terms.tolerance) <= 0 && compare(subtract('0', difference), terms.tolerance) <= 0
    if (within) return []
    return [{ market: price.market, currency: price.currency ?? other.currency, shop: price.amount, erp: round(wanted, 4, 'half-away') }]
  })
}

/** The price for the same market, else for all. A list without a currency meets one with a single one. */
function counterpart(price: Price, others: readonly Price[]): Price | null {
  const alone = new Set(others.map(({ currency }) => currency)).size === 1
  const same = others.filter(({ currency }) => currency === price.currency || ((currency === null || price.currency === null) && alone))
  return same.find(({ market }) => market === price.market) ?? same.find(({ market }) => market === null) ?? null
}

/** The ERP's price with or without tax as the shop's is; null where that cannot be said. */
function onBasisOf(shop: Price, erp: Price, { taxPercent, taxesIncluded }: PriceTerms): Decimal | null {
  const told = (on: 'shop' | 'erp') => (taxesIncluded === null ? null : taxesIncluded === 'both' || taxesIncluded === on)
  const gross = shop.taxesIncluded ?? told('shop')
  const erpGross = erp.taxesIncluded ?? told('erp')
  if (gross === null || erpGross === null) return null
  if (gross === erpGross) return erp.amount
  if (taxPercent === null) return null
  const rate = add('100', taxPercent)
  return gross ? divide(multiply(erp.amount, rate), '100') : divide(multiply(erp.amount, '100'), rate)
}
