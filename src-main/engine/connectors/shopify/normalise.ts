/** Pure: Shopify's stock, variants and customers in our words. */
import type { Customer, Product, StockLevel } from '../../../domain/records.ts'
import type { CustomerRow, StockRow, VariantRow } from './wire.ts'

/**
 * An item without a SKU can meet nothing on the other side. A SKU that several items carry is one name for several
 * figures, and a level that was closed is kept no more: both stand as untracked, so that nothing is judged by them.
 */
export function stockRecords(row: StockRow): readonly StockLevel[] {
  const { item, location } = row
  if (item.sku === null || item.sku === '') return []
  const figure = (name: string): string =>
    String(row.quantities.find((one) => one.name === name)?.quantity ?? 0)
  return [
    {
      kind: 'stock',
      id: `${item.sku}@${location.name}`,
      version: null,
      changedAt: row.updatedAt,
      changedBy: null,
      trace: null,
      sku: item.sku,
      location: location.name,
      onHand: figure('on_hand'),
      reserved: figure('committed'),
      available: figure('available'),
      tracked: item.tracked && row.isActive && item.duplicateSkuCount === 0,
      backorder:
        item.variants?.nodes.some((variant) => variant.inventoryPolicy === 'CONTINUE') ?? false,
    },
  ]
}

/** A variant without a SKU gives no record. */
export function productRecords(row: VariantRow): readonly Product[] {
  if (row.sku === null || row.sku === '') return []
  return [
    {
      kind: 'product',
      id: row.id,
      version: null,
      changedAt: row.updatedAt,
      changedBy: null,
      trace: null,
      sku: row.sku,
      barcode: row.barcode === '' ? null : row.barcode,
      // what Shopify calls the only variant of a product is no part of its name
      title: row.displayName.replace(/ - Default Title$/, '').slice(0, 500),
      unit: null,
      packSize: null,
      taxCode: null,
      taxes: null,
      // of the shop's own currency; whether tax is in it is a setting of each market
      prices: [{ amount: row.price, currency: null, market: null, taxesIncluded: null }],
      active: row.product.status === 'ACTIVE' || row.product.status === 'UNLISTED',
      tracked: row.inventoryItem.tracked,
      goods: row.inventoryItem.requiresShipping,
    },
  ]
}

/** VAT numbers belong to a company's locations and stand on its orders. */
export function customerRecords(row: CustomerRow): readonly Customer[] {
  return [
    {
      kind: 'customer',
      id: row.id,
      version: null,
      changedAt: row.updatedAt,
      changedBy: null,
      trace: null,
      code: null,
      email: row.defaultEmailAddress?.emailAddress ?? null,
      vatId: null,
      registration: null,
      country: null,
      parent: null,
      active: row.state !== 'DECLINED',
    },
  ]
}
