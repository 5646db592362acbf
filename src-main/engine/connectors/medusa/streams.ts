/** What is read from Medusa, and how: which lists, by which stamp, with what laid beside each row. */
import { z } from 'zod'
import { type Outcome, ok } from '../../../domain/fault.ts'
import { minutes } from '../../../domain/time.ts'
import { type Api, type Page, type StreamDefinition, lookupMax } from '../definition.ts'
import { lookupById, lookupBySku, lookupOrders } from './lookup.ts'
import { customerRecords, paymentRecords, productRecords, stockRecords } from './normalise.ts'
import { orderRecords } from './normalise-order.ts'
import {
  type List,
  type OffsetCursor,
  type StampCursor,
  offsetCursor,
  readChanged,
  readWhole,
  stampCursor,
} from './paging.ts'
import { withLocations, withPlaces } from './places.ts'
import type { Settings } from './settings.ts'
import {
  type CustomerRow,
  type OrderRow,
  type PaymentRow,
  type StockRow,
  type VariantRow,
  customerRow,
  orderRow,
  paymentRow,
  stockRow,
  variantRow,
} from './wire.ts'

/** Medusa stamps a row when it is written and commits within a workflow step; five minutes is far beyond any of them. */
const overlapMs = minutes(5)

export const orderList: List = {
  path: 'admin/orders',
  key: 'orders',
  // Addresses, names and telephones are not asked for; `*items` is whole because its totals are computed only so.
  fields: [
    'id,display_id,custom_display_id,status,version,email,customer_id,currency_code,sales_channel_id,sales_channel.name',
    'created_at,updated_at,canceled_at,metadata,payment_status,fulfillment_status,total,item_total,shipping_total,tax_total',
    '*items,*items.tax_lines,*items.adjustments,*shipping_methods,*shipping_methods.tax_lines,*shipping_methods.adjustments',
    'shipping_address.country_code,shipping_address.province,*credit_lines',
    '*payment_collections,*payment_collections.payments,*payment_collections.payments.captures',
    '*payment_collections.payments.refunds,payment_collections.payments.refunds.refund_reason.label',
    '*fulfillments,*fulfillments.labels,*fulfillments.items',
  ].join(','),
  // About 10 kB an order: a page of 1 MB, in half a second.
  pageRows: 100,
}

export const paymentList: List = {
  path: 'admin/payments',
  key: 'payments',
  fields:
    'id,amount,raw_amount,currency_code,provider_id,data,captured_at,canceled_at,created_at,updated_at,*captures,payment_collection.id,payment_collection.order.id',
  // So that the orders of a page can be looked up in one call.
  pageRows: lookupMax,
}

export const stockList: List = {
  path: 'admin/inventory-items',
  key: 'inventory_items',
  fields: 'id,sku,*location_levels,variants.sku,variants.manage_inventory,variants.allow_backorder',
  pageRows: 500,
}

export const variantList: List = {
  path: 'admin/product-variants',
  key: 'variants',
  fields: 'id,sku,barcode,ean,upc,title,manage_inventory,updated_at,product.title,product.status',
  pageRows: 500,
}

export const customerList: List = {
  path: 'admin/customers',
  key: 'customers',
  fields: 'id,email,created_at,updated_at',
  pageRows: 500,
}

const orders: StreamDefinition<Settings, OrderRow, StampCursor> = {
  name: 'orders',
  emits: ['orders', 'fulfilments', 'refunds'],
  pace: 'near-real-time',
  raw: orderRow,
  cursor: stampCursor,
  overlapMs,
  snapshot: false,
  async read(api, cursor, { since }) {
    const page = await readChanged(api, orderList, cursor, since, overlapMs)
    if (!page.ok) return page
    const rows = await withPlaces(api, page.value.rows)
    return rows.ok ? ok({ ...page.value, rows: rows.value, touched: [] }) : rows
  },
  lookup: (api, keys, settings) => lookupOrders(api, orderList, keys, settings),
  normalise: orderRecords,
}

/** A capture moves only the payment, not the order: so each payment that moved names its order to be read again. */
const payments: StreamDefinition<Settings, PaymentRow, StampCursor> = {
  name: 'payments',
  emits: ['payments'],
  pace: 'near-real-time',
  raw: paymentRow,
  cursor: stampCursor,
  overlapMs,
  snapshot: false,
  async read(api, cursor, { since }) {
    const page = await readChanged(api, paymentList, cursor, since, overlapMs)
    if (!page.ok) return page
    return ok({ ...page.value, touched: [{ stream: 'orders', ids: ordersOf(page.value.rows) }] })
  },
  lookup: (api, keys) => lookupById(api, paymentList, keys),
  normalise: paymentRecords,
}

const orderOfPayment = z.object({
  payment_collection: z.object({ order: z.object({ id: z.string() }) }),
})

function ordersOf(rows: readonly unknown[]): readonly string[] {
  const ids = rows.flatMap((row) => {
    const parsed = orderOfPayment.safeParse(row)
    return parsed.success ? [parsed.data.payment_collection.order.id] : []
  })
  return [...new Set(ids)]
}

/** Levels have no filter by time (Medusa refuses one), so the stock is read whole each time. */
const stock: StreamDefinition<Settings, StockRow, OffsetCursor> = {
  name: 'stock',
  emits: ['stock'],
  pace: 'near-real-time',
  raw: stockRow,
  cursor: offsetCursor,
  overlapMs: 0,
  snapshot: true,
  read: (api, cursor) => readSnapshot(api, stockList, cursor, (rows) => withLocations(api, rows)),
  async lookup(api, keys) {
    const found = await lookupBySku(api, stockList, keys, (id) =>
      id.slice(0, Math.max(0, id.lastIndexOf('@'))),
    )
    if (!found.ok) return found
    const rows = await withLocations(api, found.value.rows)
    return rows.ok ? ok({ ...found.value, rows: rows.value }) : rows
  },
  normalise: stockRecords,
}

/** Read whole: a product that is published or withdrawn does not move its variants' `updated_at`. */
const products: StreamDefinition<Settings, VariantRow, OffsetCursor> = {
  name: 'products',
  emits: ['products'],
  pace: 'batch',
  raw: variantRow,
  cursor: offsetCursor,
  overlapMs: 0,
  snapshot: true,
  read: (api, cursor) => readSnapshot(api, variantList, cursor, async (rows) => ok(rows)),
  lookup: (api, keys) =>
    keys.by === 'id'
      ? lookupById(api, variantList, keys)
      : lookupBySku(api, variantList, keys, (sku) => sku),
  normalise: productRecords,
}

const customers: StreamDefinition<Settings, CustomerRow, StampCursor> = {
  name: 'customers',
  emits: ['customers'],
  pace: 'batch',
  raw: customerRow,
  cursor: stampCursor,
  overlapMs,
  snapshot: false,
  async read(api, cursor, { since }) {
    const page = await readChanged(api, customerList, cursor, since, overlapMs)
    return page.ok ? ok({ ...page.value, touched: [] }) : page
  },
  lookup: (api, keys) => lookupById(api, customerList, keys),
  normalise: customerRecords,
}

async function readSnapshot(
  api: Api,
  from: List,
  cursor: OffsetCursor | null,
  complete: (rows: readonly unknown[]) => Promise<Outcome<readonly unknown[]>>,
): Promise<Outcome<Page>> {
  const page = await readWhole(api, from, cursor)
  if (!page.ok) return page
  const rows = await complete(page.value.rows)
  return rows.ok
    ? ok({ rows: rows.value, next: page.value.next, resumeAt: null, touched: [] })
    : rows
}

export const streams = [orders, payments, stock, products, customers]
