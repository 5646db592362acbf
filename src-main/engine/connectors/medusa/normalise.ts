/** Pure: Medusa's payments, stock, products and customers in our words. */
import { add, negate } from '../../../domain/decimal.ts'
import { toMinor } from '../../../domain/money.ts'
import type { Customer, Payment, Product, StockLevel } from '../../../domain/records.ts'
import { capturesOf } from './normalise-order.ts'
import { type CustomerRow, type PaymentRow, type StockRow, type VariantRow, exact } from './wire.ts'

export function paymentRecords(row: PaymentRow): readonly Payment[] {
  const currency = row.currency_code.toUpperCase()
  return [
    {
      kind: 'payment',
      id: row.id,
      version: null,
      changedAt: row.updated_at,
      changedBy: null,
      trace: null,
      orderId: row.payment_collection?.order?.id ?? null,
      method: row.provider_id,
      currency,
      amount: toMinor(exact(row.raw_amount, row.amount), currency),
      authorisedAt: row.created_at,
      captures: capturesOf(row),
      cancelledAt: row.canceled_at,
    },
  ]
}

/** One level a location. Untracked is what no variant manages; one that may be backordered is enough to sell below zero. */
export function stockRecords(row: StockRow): readonly StockLevel[] {
  const variants = row.variants.flatMap((variant) => variant ?? [])
  const sku = row.sku ?? variants.find((variant) => variant.sku !== null)?.sku ?? null
  if (sku === null || sku === '') return []
  return row.location_levels.map((level) => {
    const location = row.location_names[level.location_id] ?? level.location_id
    const onHand = exact(level.raw_stocked_quantity, level.stocked_quantity)
    const reserved = exact(level.raw_reserved_quantity, level.reserved_quantity)
    return {
      kind: 'stock',
      id: `${sku}@${location}`,
      version: null,
      changedAt: level.updated_at,
      changedBy: null,
      trace: null,
      sku,
      location,
      onHand,
      reserved,
      available: add(onHand, negate(reserved)),
      tracked: variants.length === 0 || variants.some((variant) => variant.manage_inventory),
      backorder: variants.some((variant) => variant.allow_backorder),
    }
  })
}

/** A variant without a SKU cannot meet anything on the other side: it gives no record. */
export function productRecords(row: VariantRow): readonly Product[] {
  if (row.sku === null || row.sku === '') return []
  return [
    {
      kind: 'product',
      id: row.id,
      version: null,
      changedAt: row.updated_at,
      changedBy: null,
      trace: null,
      sku: row.sku,
      barcode: row.barcode ?? row.ean ?? row.upc,
      title: [row.product?.title, row.title]
        .filter((part) => part !== undefined && part !== null)
        .join(' ')
        .slice(0, 500),
      unit: null,
      packSize: null,
      taxCode: null,
      taxes: null,
      prices: [],
      active: row.product?.status === 'published',
      tracked: row.manage_inventory,
      goods: null,
    },
  ]
}

export function customerRecords(row: CustomerRow): readonly Customer[] {
  return [
    {
      kind: 'customer',
      id: row.id,
      version: null,
      changedAt: row.updated_at,
      changedBy: null,
      trace: null,
      code: null,
      email: row.email,
      vatId: null,
      registration: null,
      country: null,
      parent: null,
      active: true,
    },
  ]
}
