/**
 * Of each model of Odoo 16–19 only the fields that we use. What a version, an app or a right may keep from us is
 * optional, and names that differ between versions stand side by side.
 */
import type { Asked } from './rows.ts'

const stamps = ['create_date', 'write_date']
const authors = ['create_uid', 'write_uid']
const totals = ['currency_id', 'amount_untaxed', 'amount_tax', 'amount_total']

export const orderAsked: Asked = {
  model: 'sale.order',
  required: [...stamps, ...totals, 'name', 'state', 'partner_id'],
  optional: [
    ...authors,
    'client_order_ref',
    'origin',
    'reference',
    'locked',
    'invoice_status',
    'delivery_status',
    'date_order',
  ],
}

export const orderLineAsked: Asked = {
  model: 'sale.order.line',
  required: [
    ...stamps,
    'order_id',
    'name',
    'product_id',
    'product_uom_qty',
    'price_unit',
    'price_subtotal',
    'price_total',
  ],
  // Up to 18 `tax_id` and `product_uom`, in 19 `tax_ids` and `product_uom_id`.
  optional: [
    'tax_id',
    'tax_ids',
    'product_uom',
    'product_uom_id',
    'discount',
    'display_type',
    'is_downpayment',
    'write_uid',
  ],
}

export const taxAsked: Asked = {
  model: 'account.tax',
  required: ['name', 'amount', 'amount_type'],
  // The category is of the e-invoicing apps: `account_edi_ubl_cii_tax_extension` in 17, `account_edi_ubl_cii` from 18 on.
  optional: ['price_include', 'children_tax_ids', 'ubl_cii_tax_category_code'],
}

export const productAsked: Asked = {
  model: 'product.product',
  required: [...stamps, 'default_code', 'name', 'active', 'type', 'product_tmpl_id'],
  optional: [...authors, 'is_storable', 'barcode', 'uom_id', 'taxes_id', 'sale_ok', 'lst_price', 'packaging_ids', 'uom_ids'],
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
  // No name, no address, no telephone: no rule needs them. The register's number is of 16 on.
  optional: [...authors, 'email', 'vat', 'ref', 'company_registry', 'country_code', 'parent_id'],
}

/** Of the partner of an order. */
export const buyerAsked: Asked = {
  model: 'res.partner',
  required: ['commercial_partner_id'],
  optional: ['email'],
}

/** Of the partner of an invoice whose taxes are due from the buyer. */
export const registeredAsked: Asked = { model: 'res.partner', required: ['vat'], optional: ['company_registry'] }

export const userAsked: Asked = { model: 'res.users', required: ['login'], optional: [] }

export const invoiceAsked: Asked = {
  model: 'account.move',
  required: [...stamps, ...totals, 'name', 'state', 'move_type', 'payment_state'],
  optional: [
    ...authors,
    'invoice_date',
    'ref',
    'partner_id',
    'commercial_partner_id',
    'reversed_entry_id',
    'amount_residual',
  ],
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
    'write_uid',
  ],
}

/** Of the order line that an invoice line or a move is for. */
export const orderOfLineAsked: Asked = {
  model: 'sale.order.line',
  required: ['order_id'],
  optional: ['is_downpayment'],
}

export const pickingAsked: Asked = {
  model: 'stock.picking',
  required: [...stamps, 'name', 'state', 'picking_type_id', 'location_id'],
  // The carrier's fields are of the app Delivery, `sale_id` is of Sales with Inventory.
  optional: [...authors, 'date_done', 'origin', 'sale_id', 'carrier_tracking_ref'],
}

export const moveAsked: Asked = {
  model: 'stock.move',
  required: [...stamps, 'product_id', 'state', 'product_uom_qty'],
  // `quantity_done` up to 16, `quantity` from 17 on.
  optional: [
    'picking_id',
    'sale_line_id',
    'origin_returned_move_id',
    'quantity',
    'quantity_done',
    'location_id',
    'location_dest_id',
  ],
}

/** Whether an order's stock knows of its units; of a move that brings units back, which one it takes back. */
export const orderMoveAsked: Asked = {
  model: 'stock.move',
  required: ['state', 'sale_line_id'],
  optional: ['origin_returned_move_id'],
}

/** From a customer's location goods come back. */
export const locationAsked: Asked = { model: 'stock.location', required: ['usage'], optional: [] }

export const quantAsked: Asked = {
  model: 'stock.quant',
  required: [...stamps, 'product_id', 'location_id', 'quantity', 'reserved_quantity'],
  optional: [],
}

/** The packs of a product, up to 18. */
export const packagingAsked: Asked = { model: 'product.packaging', required: [...stamps, 'product_id', 'qty'], optional: ['sales', 'write_uid'] }

/** Of the units that a product is packed in, from 19 on. */
export const packUnitAsked: Asked = { model: 'uom.uom', required: ['relative_factor', 'relative_uom_id'], optional: [] }

export const templateAsked: Asked = { model: 'product.template', required: stamps, optional: ['write_uid'] }
