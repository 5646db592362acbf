/** A shop with two variants in two places, for tests of the world. */
import { Decimal } from '../../../src-main/world/decimal.ts'
import { openShop, type ShopOpening } from '../../../src-main/world/shop/open-shop.ts'
import type { Checkout, ShopTaxes } from '../../../src-main/world/shop/checkout.ts'
import type { Order, Shop, Variant } from '../../../src-main/world/shop/shop.ts'

export const noon = Date.parse('2026-11-25T12:00:00Z')

export function d(figure: string | number): Decimal {
  return new Decimal(figure)
}

/** Twenty percent on what goes to Austria; nothing elsewhere. */
export function taxes(over: Partial<ShopTaxes> = {}): ShopTaxes {
  return {
    taxesIncluded: true,
    rounding: 'per-line',
    raisedOn: (country) => (country === 'AT' ? [{ title: 'VAT', rate: d('0.2') }] : []),
    ...over,
  }
}

export interface Sample {
  readonly shop: Shop
  readonly mug: number
  readonly tea: number
  readonly vienna: number
  readonly graz: number
}

export function aShop(opening: Partial<ShopOpening> = {}): Sample {
  const shop = openShop({ domain: 'plum.myshopify.com', currency: 'EUR', taxes: taxes(), ...opening })
  const vienna = shop.addLocation('Vienna', noon).id
  const graz = shop.addLocation('Graz', noon).id
  const mug = shop.addVariant(aVariant({ sku: 'MUG', productTitle: 'Mug', price: d('12.90') }), noon).id
  const tea = shop.addVariant(aVariant({ sku: 'TEA', productTitle: 'Tea', price: d('4.35') }), noon).id
  for (const variant of [mug, tea]) shop.setAvailable(variant, vienna, 100, noon)
  return { shop, mug, tea, vienna, graz }
}

export function aVariant(
  over: Partial<Omit<Variant, 'id' | 'changedAt' | 'createdAt'>> = {},
): Omit<Variant, 'id' | 'changedAt' | 'createdAt'> {
  return {
    productId: 1,
    productTitle: 'Mug',
    title: 'Default Title',
    sku: 'MUG',
    barcode: null,
    price: d('12.90'),
    taxable: true,
    tracked: true,
    sellsWithoutStock: false,
    giftCard: false,
    requiresShipping: true,
    status: 'ACTIVE',
    ...over,
  }
}

export function aCheckout(lines: Checkout['lines'], over: Partial<Checkout> = {}): Checkout {
  return {
    at: noon,
    customerId: null,
    email: null,
    shipTo: { country: 'AT', region: null },
    currency: 'EUR',
    source: 'web',
    lines,
    shipping: [],
    ...over,
  }
}

/** The id of one of an order's lines, the first unless another is named. */
export function lineId(order: Order, at = 0): number {
  const line = order.lines[at]
  if (line === undefined) throw new Error('no such line')
  return line.id
}

/** What is for sale and what is promised of a variant, in Vienna unless another place is named. */
export function stock({ shop, vienna }: Sample, variantId: number, locationId = vienna) {
  const level = [...shop.books.levels.all()].find(
    (each) => each.variantId === variantId && each.locationId === locationId,
  )
  return level === undefined ? null : { available: level.available, committed: level.committed }
}
