/** Where the merchant sells, what money is paid in there, and what taxes are raised. */
import { Decimal } from '../decimal.ts'

export type RateClass = 'standard' | 'reduced' | 'none'

export interface Market {
  readonly country: string
  /** A state, where taxes differ by state. */
  readonly region: string | null
  readonly currency: string
  readonly weight: number
  /** Prices hold the tax. */
  readonly taxesIncluded: boolean
  readonly taxTitle: string
  /** Fractions. */
  readonly standard: Decimal
  readonly reduced: Decimal
  readonly shippingTaxed: boolean
  /** A parcel's price in the market's currency, and from which sum on it is free. */
  readonly parcel: Decimal
  readonly freeFrom: Decimal
}

/** What one unit of a currency is worth in euros: fixed, as these are the merchant's own price lists. */
const worth: Readonly<Record<string, string>> = { EUR: '1', GBP: '1.1655', USD: '0.9216', JPY: '0.00612', KWD: '3.0012' }

export function euroWorth(currency: string): Decimal {
  const known = worth[currency]
  if (known === undefined) throw new Error(`The merchant has no price list in ${currency}.`)
  return new Decimal(known)
}

interface Facts {
  readonly currency?: string
  readonly region?: string
  readonly included?: boolean
  readonly title: string
  readonly rates: readonly [standard: string, reduced: string]
  readonly shippingTaxed?: boolean
  readonly parcel?: string
  readonly freeFrom?: string
}

function market(country: string, weight: number, facts: Facts): Market {
  return {
    country,
    region: facts.region ?? null,
    currency: facts.currency ?? 'EUR',
    weight,
    taxesIncluded: facts.included ?? true,
    taxTitle: facts.title,
    standard: new Decimal(facts.rates[0]),
    reduced: new Decimal(facts.rates[1]),
    shippingTaxed: facts.shippingTaxed ?? true,
    parcel: new Decimal(facts.parcel ?? '4.90'),
    freeFrom: new Decimal(facts.freeFrom ?? '90'),
  }
}

const american = { currency: 'USD', included: false, shippingTaxed: false, parcel: '12.50', freeFrom: '150' } as const

export const markets: readonly Market[] = [
  market('FR', 40, { title: 'TVA', rates: ['0.2', '0.055'] }),
  market('BE', 10, { title: 'BTW', rates: ['0.21', '0.06'] }),
  market('DE', 14, { title: 'USt', rates: ['0.19', '0.07'] }),
  market('ES', 8, { title: 'IVA', rates: ['0.21', '0.1'] }),
  market('NL', 7, { title: 'BTW', rates: ['0.21', '0.09'] }),
  market('GB', 8, { title: 'VAT', rates: ['0.2', '0'], currency: 'GBP', parcel: '5.95', freeFrom: '80' }),
  market('US', 3, { ...american, region: 'NY', title: 'NY Sales Tax', rates: ['0.08875', '0'], shippingTaxed: true }),
  market('US', 3, { ...american, region: 'CA', title: 'CA Sales Tax', rates: ['0.0725', '0'] }),
  market('US', 2, { ...american, region: 'MA', title: 'MA Sales Tax', rates: ['0.0625', '0'] }),
  market('JP', 3, { title: 'Consumption Tax', rates: ['0.1', '0.08'], currency: 'JPY', parcel: '1800', freeFrom: '20000' }),
  market('KW', 2, { title: 'No tax', rates: ['0', '0'], currency: 'KWD', parcel: '3.250', freeFrom: '60' }),
]

/** Where nobody has bought before: open to orders, and in no map of the integration's. */
export const newMarkets: readonly Market[] = [
  market('CH', 1, { title: 'MWST', rates: ['0.081', '0.026'] }),
  market('NO', 1, { title: 'MVA', rates: ['0.25', '0.15'] }),
  market('SE', 1, { title: 'Moms', rates: ['0.25', '0.12'] }),
]

export function rateIn(place: Market, rateClass: RateClass): Decimal {
  switch (rateClass) {
    case 'standard':
      return place.standard
    case 'reduced':
      return place.reduced
    case 'none':
      return new Decimal(0)
    default:
      return rateClass satisfies never
  }
}
