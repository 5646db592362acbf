/** What a checkout hands over to the shop, and how the shop computes the tax of it. */
import type { Decimal } from '../decimal.ts'
import type { Instant } from './shop.ts'

/** An order as a checkout hands it over; amounts of tax are computed by the shop, by its own method. */
export interface Checkout {
  readonly at: Instant
  readonly customerId: number | null
  readonly email: string | null
  readonly shipTo: { readonly country: string; readonly region: string | null } | null
  readonly currency: string
  readonly source: string
  readonly test?: boolean
  readonly tags?: readonly string[]
  readonly attributes?: readonly { readonly key: string; readonly value: string }[]
  readonly poNumber?: string | null
  readonly promisedAt?: Instant | null
  readonly paymentTerms?: { readonly name: string; readonly dueAt: Instant } | null
  /** Left out: the shop gives the next one. Two shops may give the same. */
  readonly number?: number
  readonly lines: readonly {
    readonly variantId: number
    readonly quantity: number
    /** Left out: the variant's price. */
    readonly unitPrice?: Decimal
    readonly discount?: { readonly amount: Decimal; readonly code: string | null }
    readonly locationId?: number
  }[]
  readonly shipping: readonly { readonly title: string; readonly price: Decimal; readonly discountedPrice?: Decimal }[]
  /** Off the whole cart, allocated to lines to the cent as the platform does. */
  readonly cartDiscount?: { readonly amount: Decimal; readonly code: string | null }
  /** Every tax of this order is collected by the marketplace that sold it. */
  readonly channelLiable?: boolean
  readonly taxExempt?: boolean
}

/** How the shop computes tax: part of the world's truth, and of what a monitor must find out. */
export interface ShopTaxes {
  readonly taxesIncluded: boolean
  readonly rounding: 'per-line' | 'per-total'
  /** By ship-to country and variant, one of each authority that taxes it; rates are fractions. Shipping has its own. */
  raisedOn(country: string | null, variantId: number | 'shipping'): readonly { readonly title: string; readonly rate: Decimal }[]
}
