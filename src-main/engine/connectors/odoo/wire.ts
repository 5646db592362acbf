/**
 * Of each model of Odoo 16–19 only the fields that we use: what is asked for, and the schema of what comes back. Names
 * that differ between versions stand side by side; a row has one of them.
 */
import { z } from 'zod'
import { wireId } from '../walk.ts'
import { stampSchema, wireAmount, wireDay, wireFigure, wireFlag, wireIds, wireLink, wireStamp, wireText } from './classes.ts'
import type { Asked } from './rows.ts'

const stamps = ['create_date', 'write_date']
const authors = ['create_uid', 'write_uid']
const provenance = { id: wireId, create_uid: wireLink, write_uid: wireLink, create_date: wireStamp, write_date: wireStamp }
const totals = ['currency_id', 'amount_untaxed', 'amount_tax', 'amount_total']
const amounts = { amount_untaxed: wireAmount, amount_tax: wireAmount, amount_total: wireAmount }

export const orderAsked: Asked = {
  model: 'sale.order',
  required: [...stamps, ...totals, 'name', 'state', 'partner_id'],
  optional: [...authors, 'client_order_ref', 'origin', 'reference', 'locked', 'invoice_status', 'delivery_status', 'date_order'],
}

export const orderLineAsked: Asked = {
  model: 'sale.order.line',
  required: [...stamps, 'order_id', 'name', 'product_id', 'product_uom_qty', 'price_unit', 'price_subtotal', 'price_total'],
  // Up to 18 `tax_id` and `product_uom`, in 19 `tax_ids` and `product_uom_id`.
  optional: ['tax_id', 'tax_ids', 'product_uom', 'product_uom_id', 'discount', 'display_type', 'is_downpayment'],
}

export const taxAsked: Asked = {
  model: 'account.tax',
  required: ['name', 'amount', 'amount_type'],
  optional: ['price_include', 'children_tax_ids'],
}

export const productAsked: Asked = {
  model: 'product.product',
  required: [...stamps, 'default_code', 'name', 'active', 'type', 'product_tmpl_id'],
  optional: [...authors, 'is_storable', 'barcode', 'uom_id', 'taxes_id', 'sale_ok'],
}

/** Of a product that stands on a line. */
export const lineProductAsked: Asked = {
  model: 'product.product',
  required: ['default_code', 'type'],
  optional: [],
}

export const partnerAsked: Asked = {
  model: 'res.partner',
  required: [...stamps, 'commercial_partner_id', 'active'],
  // No name, no address, no telephone: no rule needs them.
  optional: [...authors, 'email', 'vat', 'ref'],
}

/** Of the partner of an order. */
export const buyerAsked: Asked = {
  model: 'res.partner',
  required: ['commercial_partner_id'],
  optional: ['email'],
}

export const userAsked: Asked = { model: 'res.users', required: ['login'], optional: [] }

export const invoiceAsked: Asked = {
  model: 'account.move',
  required: [...stamps, ...totals, 'name', 'state', 'move_type', 'payment_state'],
  optional: [...authors, 'invoice_date', 'ref', 'partner_id', 'commercial_partner_id', 'reversed_entry_id'],
}

export const invoiceLineAsked: Asked = {
  model: 'account.move.line',
  required: [...stamps, 'move_id', 'display_type', 'price_subtotal', 'amount_currency'],
  optional: [
    'name',
    'product_id',
    'product_uom_id',
    'quantity',
    'price_unit',
    'price_total',
    'discount',
    'tax_ids',
    'tax_line_id',
    'sale_line_ids',
  ],
}

/** Of the order line that an invoice line or a move is for. */
export const orderOfLineAsked: Asked = { model: 'sale.order.line', required: ['order_id'], optional: [] }

export const pickingAsked: Asked = {
  model: 'stock.picking',
  required: [...stamps, 'name', 'state', 'picking_type_id'],
  // The carrier's fields are of the app Delivery, `sale_id` is of Sales with Inventory.
  optional: [...authors, 'date_done', 'origin', 'sale_id', 'carrier_tracking_ref'],
}

export const moveAsked: Asked = {
  model: 'stock.move',
  required: [...stamps, 'product_id', 'state', 'product_uom_qty'],
  // `quantity_done` up to 16, `quantity` from 17 on.
  optional: ['picking_id', 'sale_line_id', 'quantity', 'quantity_done', 'location_id', 'location_dest_id'],
}

export const quantAsked: Asked = {
  model: 'stock.quant',
  required: [...stamps, 'product_id', 'location_id', 'quantity', 'reserved_quantity'],
  optional: [],
}

export const templateAsked: Asked = { model: 'product.template', required: stamps, optional: [] }

export const taxRow = z.object({
  id: wireId,
  name: z.string(),
  amount: wireAmount,
  /** percent, division, fixed, group, code. */
  amount_type: z.string(),
  price_include: wireFlag,
  children_tax_ids: wireIds,
})
export type WireTax = z.output<typeof taxRow>

const lineProduct = z.object({ id: wireId, default_code: wireText, type: z.string() })

/** What stands beside a document, so that its lines can be read: Odoo gives links, and no fields behind them. */
const beside = {
  taxes: z.array(taxRow),
  products: z.array(lineProduct),
  currency: z.object({ code: z.string(), digits: z.number() }).nullable(),
  taxRounding: z.enum(['per-line', 'per-document', 'unknown']),
}

const line = {
  id: wireId,
  name: wireText,
  product_id: wireLink,
  price_unit: wireFigure,
  price_subtotal: wireAmount,
  price_total: wireFigure,
  discount: wireFigure,
  product_uom_id: wireLink,
  tax_ids: wireIds,
  /** Set on sections and notes of an order, and on every line of an invoice. */
  display_type: wireText,
}

const orderLine = z.object({
  ...line,
  product_uom_qty: wireAmount,
  product_uom: wireLink,
  tax_id: wireIds,
  is_downpayment: wireFlag,
})

const orderMove = z.object({ state: z.string(), sale_line_id: wireLink })

export const orderRow = z.object({
  id: wireId,
  order: z.object({
    ...provenance,
    ...amounts,
    create_date: stampSchema,
    name: z.string(),
    state: z.string(),
    locked: wireFlag,
    partner_id: wireLink,
    client_order_ref: wireText,
    origin: wireText,
    reference: wireText,
    invoice_status: wireText,
    delivery_status: wireText,
    date_order: wireStamp,
  }),
  lines: z.array(orderLine),
  /** Null where this user may not see stock moves, or there are none to see. */
  moves: z.array(orderMove).nullable(),
  buyer: z.object({ email: wireText, commercial_partner_id: wireLink }).nullable(),
  author: z.object({ login: z.string() }).nullable(),
  /** The newest of the order and its lines. */
  changed: wireStamp,
  ...beside,
})
export type OrderRow = z.output<typeof orderRow>
export type WireLine = Pick<OrderRow['lines'][number], keyof typeof line>

const invoiceLine = z.object({
  ...line,
  quantity: wireFigure,
  amount_currency: wireAmount,
  tax_line_id: wireLink,
})

export const invoiceRow = z.object({
  id: wireId,
  move: z.object({
    ...provenance,
    ...amounts,
    name: wireText,
    state: z.string(),
    move_type: z.enum(['out_invoice', 'out_refund']),
    payment_state: wireText,
    invoice_date: wireDay,
    commercial_partner_id: wireLink,
    partner_id: wireLink,
    reversed_entry_id: wireLink,
  }),
  lines: z.array(invoiceLine),
  orderIds: z.array(wireId),
  changed: wireStamp,
  ...beside,
})
export type InvoiceRow = z.output<typeof invoiceRow>

export const shipmentRow = z.object({
  id: wireId,
  picking: z.object({
    ...provenance,
    name: wireText,
    state: z.string(),
    date_done: wireStamp,
    sale_id: wireLink,
    carrier_tracking_ref: wireText,
  }),
  moves: z.array(
    z.object({
      product_id: wireLink,
      state: z.string(),
      product_uom_qty: wireAmount,
      quantity: wireFigure,
      quantity_done: wireFigure,
    }),
  ),
  products: z.array(lineProduct),
  orderIds: z.array(wireId),
  location: z.string().nullable(),
  changed: wireStamp,
})
export type ShipmentRow = z.output<typeof shipmentRow>

/** A product with what of it lies in each warehouse; summed by the read. */
export const stockRow = z.object({
  id: wireId,
  product: z.object({ id: wireId, default_code: wireText, type: z.string(), is_storable: wireFlag }),
  levels: z.array(
    z.object({ location: z.string(), quantity: wireAmount, reserved: wireAmount, changed: wireStamp }),
  ),
})
export type StockRow = z.output<typeof stockRow>

export const productRow = z.object({
  id: wireId,
  product: z.object({
    ...provenance,
    default_code: wireText,
    barcode: wireText,
    name: wireText,
    active: z.boolean(),
    type: z.string(),
    is_storable: wireFlag,
    sale_ok: z.boolean().nullish(),
    uom_id: wireLink,
    taxes_id: wireIds,
  }),
  taxes: z.array(taxRow),
  changed: wireStamp,
})
export type ProductRow = z.output<typeof productRow>

export const customerRow = z.object({
  ...provenance,
  commercial_partner_id: wireLink,
  active: z.boolean(),
  email: wireText,
  vat: wireText,
  ref: wireText,
})
export type CustomerRow = z.output<typeof customerRow>

export const warehouseRow = z.object({ id: wireId, code: wireText, name: wireText })
