/** Two sides' products beside each other: in which of their facts they differ, read through what the pair's maps say of them. */
import { compare, divide } from './decimal.ts'
import { type PriceTerms, priceDifferences } from './list-price.ts'
import { type PairMaps, lookupsOf } from './pair-maps.ts'
import type { Product } from './records.ts'

export const productFields = ['title', 'unit', 'pack', 'tax-code', 'price', 'barcode', 'active'] as const
export type ProductField = (typeof productFields)[number]

/** What one side does not say is no difference: nobody can see it. */
export function productDiffers(maps: PairMaps, shop: Product, erp: Product, prices: PriceTerms): readonly ProductField[] {
  const pack = Object.hasOwn(maps.packs, shop.sku) ? (maps.packs[shop.sku] ?? null) : null
  const differs: Readonly<Record<ProductField, boolean>> = {
    title: words(shop.title) !== words(erp.title),
    unit: unitDiffers(maps, pack?.unit ?? shop.unit, erp.unit, pack !== null),
    pack: packDiffers(maps, pack?.size ?? null, shop, erp),
    'tax-code': taxCodeDiffers(maps, shop.taxCode, erp.taxCode),
    price: priceDifferences(shop.prices, erp.prices, pack?.size ?? '1', prices).length > 0,
    barcode: shop.barcode !== null && erp.barcode !== null && shop.barcode !== erp.barcode,
    active: shop.active !== erp.active,
  }
  return productFields.filter((field) => differs[field])
}

/** Letters and figures alone: "Bag - brown" and "Bag (brown)" are one title in two styles. */
function words(title: string): string {
  return title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

function unitDiffers(maps: PairMaps, wanted: string | null, there: string | null, isPack: boolean): boolean {
  if (wanted === null || there === null || words(wanted) === words(there)) return false
  return isPack || lookupsOf(maps).unitsIn(wanted, there) === null
}

function packDiffers(maps: PairMaps, mapped: string | null, shop: Product, erp: Product): boolean {
  if (shop.packSize === null || erp.packSize === null || compare(erp.packSize, '0') === 0) return false
  const byUnits = shop.unit === null || erp.unit === null ? null : lookupsOf(maps).unitsIn(shop.unit, erp.unit)
  return compare(divide(shop.packSize, erp.packSize), mapped ?? byUnits ?? '1') !== 0
}

function taxCodeDiffers(maps: PairMaps, shop: string | null, erp: string | null): boolean {
  const wanted = wantedTaxCode(maps, shop)
  return wanted !== null && erp !== null && wanted !== erp
}

/** What the ERP should call the shop's tax class. The two sides have words of their own: of a class that is not mapped nobody can say. */
export function wantedTaxCode({ taxCodes }: PairMaps, shop: string | null): string | null {
  return shop !== null && Object.hasOwn(taxCodes, shop) ? (taxCodes[shop] ?? null) : null
}
