/** What a tax variance is rolled up by, so that a cent an order becomes visible (DESIGN §7.4). */
import { shippingKey } from './comparison.ts'
import { add, isZero } from './decimal.ts'
import type { Order, Tax } from './records.ts'

export const taxFacetNames = ['market', 'productType', 'shipping', 'exemption', 'cause'] as const
export type TaxFacet = (typeof taxFacetNames)[number]

/** Exemptions as they are told apart; `none`: the order is taxed like any other. */
export const exemptions = ['customer', 'reverse-charge', 'marketplace', 'zero-rated', 'none'] as const
export type Exemption = (typeof exemptions)[number]

export interface TaxFacets {
  /** A country; '' where the order names none. */
  readonly market: string
  /** What is sold, as the tax sees it: a rate and its code; a gift card, a bundle, shipping. */
  readonly productType: string
  /** '' where nothing is shipped. */
  readonly shipping: string
  readonly exemption: Exemption
}

/** Longer names would make a roll-up nobody can read. */
const lettersMax = 100

/** `key`: the line that the difference comes from, as `comparison.ts` names it; null where it lies in no single one. */
export function taxFacetsOf(order: Order, key: string | null): TaxFacets {
  return {
    market: order.market.country ?? '',
    productType: productTypeOf(order, key).slice(0, lettersMax),
    shipping: together(order.shipping.map((one) => one.method)).slice(0, lettersMax),
    exemption: exemptionOf(order),
  }
}

function productTypeOf(order: Order, key: string | null): string {
  if (key === shippingKey) return 'Shipping'
  const own = order.lines.filter((line) => (line.sku ?? ` ${line.title}`) === key)
  const kinds = (own.length > 0 ? own : order.lines).map((line) => {
    if (line.giftCard) return 'Gift card'
    return line.bundleOf === null ? taxWords(line.taxes) : 'Bundle'
  })
  return together(kinds)
}

/** Rate and code: two goods at one rate may be taxed by two laws, and one code may stand for several rates. */
function taxWords(taxes: readonly Tax[]): string {
  const rates = taxes.filter((tax) => !isZero(tax.ratePercent)).map(({ ratePercent, code }) => `${add(ratePercent)} %${code === null ? '' : ` ${code}`}`)
  return rates.length === 0 ? 'Untaxed' : together(rates)
}

/** Several are one kind of their own: whose the difference is nobody can say. */
function together(words: readonly string[]): string {
  return [...new Set(words)].toSorted().join(' + ')
}

function exemptionOf(order: Order): Exemption {
  const taxes = [...order.lines, ...order.shipping].flatMap((line) => line.taxes)
  if (taxes.length > 0 && taxes.every((tax) => tax.collectedByMarketplace)) return 'marketplace'
  if (order.customer.taxExempt === true) return 'customer'
  if (taxes.some((tax) => !isZero(tax.ratePercent))) return 'none'
  return order.customer.vatId === null ? 'zero-rated' : 'reverse-charge'
}
