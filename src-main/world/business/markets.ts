/** Where the merchant sells, what money is paid in there, and what taxes are raised. */
import { Decimal, sum } from '../decimal.ts'

export type RateClass = 'standard' | 'reduced' | 'none'

/** One authority's tax; rates are fractions. */
export interface MarketTax {
  readonly title: string
  readonly standard: Decimal
  readonly reduced: Decimal
}

export interface Market {
  readonly country: string
  /** A state, where taxes differ by state. */
  readonly region: string | null
  readonly currency: string
  readonly weight: number
  /** Prices hold the tax. */
  readonly taxesIncluded: boolean
  /** What each authority raises on a line, beside one another: a state, its county, a city. */
  readonly taxes: readonly MarketTax[]
  readonly shippingTaxed: boolean
  /** A parcel's price in the market's currency, and from which sum on it is free. */
  readonly parcel: Decimal
  readonly freeFrom: Decimal
}

/** What one unit of a currency is worth in euros: fixed, as these are the merchant's own price lists. */
const worth: Readonly<Record<string, string>> = { EUR: '1', GBP: '1.1655', USD: '0.9216', CAD: '0.6155', JPY: '0.00612', KWD: '3.0012', BHD: '2.4443' }

export function euroWorth(currency: string): Decimal {
  const known = worth[currency]
  if (known === undefined) throw new Error(`The merchant has no price list in ${currency}.`)
  return new Decimal(known)
}

interface Facts {
  readonly currency?: string
  readonly region?: string
  readonly included?: boolean
  readonly taxes: readonly (readonly [title: string, standard: string, reduced: string])[]
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
    taxes: facts.taxes.map(([title, standard, reduced]) => ({ title, standard: new Decimal(standard), reduced: new Decimal(reduced) })),
    shippingTaxed: facts.shippingTaxed ?? true,
    parcel: new Decimal(facts.parcel ?? '4.90'),
    freeFrom: new Decimal(facts.freeFrom ?? '90'),
  }
}

const american = { currency: 'USD', included: false, shippingTaxed: false, parcel: '12.50', freeFrom: '150' } as const

export const markets: readonly Market[] = [
  market('FR', 40, { taxes: [['TVA', '0.2', '0.055']] }),
  market('BE', 10, { taxes: [['BTW', '0.21', '0.06']] }),
  market('DE', 14, { taxes: [['USt', '0.19', '0.07']] }),
  market('ES', 8, { taxes: [['IVA', '0.21', '0.1']] }),
  market('NL', 7, { taxes: [['BTW', '0.21', '0.09']] }),
  market('GB', 8, { taxes: [['VAT', '0.2', '0']], currency: 'GBP', parcel: '5.95', freeFrom: '80' }),
  market('US', 3, { ...american, region: 'NY', taxes: [['NY Sales Tax', '0.08875', '0']], shippingTaxed: true }),
  market('US', 3, { ...american, region: 'CA', taxes: [['CA Sales Tax', '0.0725', '0']] }),
  market('US', 2, { ...american, region: 'MA', taxes: [['MA Sales Tax', '0.0625', '0']] }),
  market('JP', 3, { taxes: [['Consumption Tax', '0.1', '0.08']], currency: 'JPY', parcel: '1800', freeFrom: '20000' }),
  market('KW', 2, { taxes: [['No tax', '0', '0']], currency: 'KWD', parcel: '3.250', freeFrom: '60' }),
]

interface Neighbour {
  /** Who shares this one's customers, and how many of them live here. */
  readonly of: Market['region'] | Market['country']
  readonly share: number
  readonly market: Market
}

/** Food is taxed less by the state alone; state and city raise the same rate. */
export const birmingham = market('US', 1, {
  ...american, region: 'AL',
  taxes: [['Alabama State Tax', '0.04', '0.02'], ['Jefferson County Tax', '0.02', '0.02'], ['Birmingham City Tax', '0.04', '0.04']],
})

/** Books are free of the province's tax, and not of the country's. */
export const quebec = market('CA', 1, {
  currency: 'CAD', region: 'QC', included: false, parcel: '14.50', freeFrom: '180', taxes: [['GST', '0.05', '0.05'], ['QST', '0.09975', '0']],
})

export const bahrain = market('BH', 1, { taxes: [['VAT BH', '0.1', '0']], currency: 'BHD', parcel: '3.250', freeFrom: '75' })

/** Served beside one of the others: where several authorities tax one line, or a tax has three digits. */
const neighbours: readonly Neighbour[] = [
  { of: 'MA', share: 0.5, market: birmingham },
  { of: 'CA', share: 0.5, market: quebec },
  { of: 'KW', share: 0.5, market: bahrain },
]

/** Everywhere that the merchant has prepared for. */
export const served: readonly Market[] = [...markets, ...neighbours.map((one) => one.market)]

/** The market itself or one beside it; `falls` says whether chance would have it so. */
export function neighbourOf(home: Market, falls: (share: number) => boolean): Market {
  const beside = neighbours.find(({ of }) => of === (home.region ?? home.country))
  return beside !== undefined && falls(beside.share) ? beside.market : home
}

/** Where nobody has bought before: open to orders, and in no map of the integration's. */
export const newMarkets: readonly Market[] = [
  market('CH', 1, { taxes: [['MWST', '0.081', '0.026']] }),
  market('NO', 1, { taxes: [['MVA', '0.25', '0.15']] }),
  market('SE', 1, { taxes: [['Moms', '0.25', '0.12']] }),
]

/** All that is raised there, in the order of its authorities; a rate of nothing is no tax. */
export function taxesIn(place: Market, rateClass: RateClass): readonly { readonly title: string; readonly rate: Decimal }[] {
  return place.taxes.map((tax) => ({ title: tax.title, rate: rateOf(tax, rateClass) })).filter(({ rate }) => !rate.isZero())
}

/** Of all authorities together. */
export function rateIn(place: Market, rateClass: RateClass): Decimal {
  return sum(taxesIn(place, rateClass).map(({ rate }) => rate))
}

function rateOf(tax: MarketTax, rateClass: RateClass): Decimal {
  switch (rateClass) {
    case 'standard':
      return tax.standard
    case 'reduced':
      return tax.reduced
    case 'none':
      return new Decimal(0)
    default:
      return rateClass satisfies never
  }
}
