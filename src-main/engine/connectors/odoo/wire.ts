/**
 * The shapes of what comes back from Odoo, each row with what was read beside it. Names that differ between versions
 * stand side by side; a row has one of them.
 */
import { z } from 'zod'
import { wireId } from '../walk.ts'
import {
  stampSchema,
  wireAmount,
  wireDay,
  wireFigure,
  wireFlag,
  wireIds,
  wireLink,
  wireStamp,
  wireText,
} from './classes.ts'

const provenance = {
  id: wireId,
  create_uid: wireLink,
  write_uid: wireLink,
  create_date: wireStamp,
  write_date: wireStamp,
}
/** Who wrote the newest of a record and its parts; null where this user may not see users. */
const edited = { editor: z.object({ login: z.string() }).nullish() }
const amounts = { amount_untaxed: wireAmount, amount_tax: wireAmount, amount_total: wireAmount }

export const taxRow = z.object({
  id: wireId,
  name: z.string(),
  amount: wireAmount,
  /** percent, division, fixed, group, code. */
  amount_type: z.string(),
  price_include: wireFlag,
  children_tax_ids: wireIds,
  /** A code of UN/CEFACT list 5305, or one of a country's own. */
  ubl_cii_tax_category_code: wireText,
})
export type WireTax = z.output<typeof taxRow>

const lineProduct = z.object({ id: wireId, default_code: wireText, type: z.string() })

/**
 * What stands beside a document, so that its lines can be read: Odoo gives links, and no fields
 * behind them.
 */
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

const orderMove = z.object({
  id: wireId,
  state: z.string(),
  sale_line_id: wireLink,
  origin_returned_move_id: wireLink,
})

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
  ...edited,
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
  sale_line_ids: wireIds,
})

/** The order line that an invoice line or a move is for. */
const orderedLine = z.object({ id: wireId, order_id: wireLink, is_downpayment: wireFlag })

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
    amount_residual: wireFigure,
  }),
  /** Null where no tax is due from the buyer, so that nobody asked, or this user may not see partners. */
  registered: z.object({ vat: wireText, company_registry: wireText }).nullable(),
  lines: z.array(invoiceLine),
  orderIds: z.array(wireId),
  orderLines: z.array(orderedLine),
  ...edited,
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
      sale_line_id: wireLink,
      origin_returned_move_id: wireLink,
      state: z.string(),
      product_uom_qty: wireAmount,
      quantity: wireFigure,
      quantity_done: wireFigure,
    }),
  ),
  products: z.array(lineProduct),
  orderIds: z.array(wireId),
  orderLines: z.array(orderedLine),
  location: z.string().nullable(),
  /** Where its goods come from; null where this user may not see it. */
  source: z.object({ usage: z.string() }).nullable(),
  changed: wireStamp,
})
export type ShipmentRow = z.output<typeof shipmentRow>

/** A product with what of it lies in each warehouse; summed by the read. */
export const stockRow = z.object({
  id: wireId,
  product: z.object({
    id: wireId,
    default_code: wireText,
    type: z.string(),
    is_storable: wireFlag,
  }),
  levels: z.array(
    z.object({
      location: z.string(),
      quantity: wireAmount,
      reserved: wireAmount,
      changed: wireStamp,
    }),
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
    lst_price: wireFigure,
  }),
  taxes: z.array(taxRow),
  /** What groups among them consist of. */
  taxParts: z.array(taxRow),
  packagings: z.array(z.object({ qty: wireAmount, sales: z.boolean().nullish() })),
  packUnits: z.array(z.object({ relative_factor: wireAmount, relative_uom_id: wireLink })),
  ...edited,
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
  company_registry: wireText,
  country_code: wireText,
  parent_id: wireLink,
  ...edited,
})
export type CustomerRow = z.output<typeof customerRow>

export const warehouseRow = z.object({ id: wireId, code: wireText, name: wireText })
