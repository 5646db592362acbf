/**
 * A small company in Odoo as its models hold it, in the shapes of their documented fields (odoo/odoo, 16 to 19): empty
 * is false, a link is a pair, an amount is a float, a stamp has no zone.
 */
export type Row = Readonly<Record<string, unknown>>
/** Rows by model. */
export type Tables = Readonly<Record<string, readonly Row[]>>
export type Version = 16 | 17 | 18 | 19

/** A little after the newest stamp of the company. */
export const recordedAt = Date.parse('2026-11-23T10:00:00Z')

/** In Odoo's words. */
export function at(instant: number): string {
  return new Date(instant).toISOString().slice(0, 19).replace('T', ' ')
}

export function minutesAgo(count: number): string {
  return at(recordedAt - count * 60_000)
}

const old = '2026-10-01 08:00:00'
export const stamped = {
  create_date: old,
  write_date: old,
  create_uid: [6, 'Connector'],
  write_uid: [6, 'Connector'],
}
const company = { company_id: [1, 'Atelier Nord'] }
const euro = { currency_id: [1, 'EUR'] }

/**
 * What a version calls the taxes and the unit of an order line, and whether a product is kept in
 * stock.
 */
function lineNames(version: Version, taxes: readonly number[]): Row {
  if (version === 19) return { tax_ids: taxes, product_uom_id: [1, 'Units'] }
  return { tax_id: taxes, product_uom: [1, 'Units'] }
}

function kindOf(version: Version, type: 'goods' | 'service'): Row {
  if (type === 'service')
    return version >= 18 ? { type: 'service', is_storable: false } : { type: 'service' }
  return version >= 18 ? { type: 'consu', is_storable: true } : { type: 'product' }
}

const products = [
  { id: 5, sku: 'DESK', name: 'Large desk', type: 'goods', taxes: [1] },
  { id: 6, sku: 'LAMP', name: 'Reading lamp', type: 'goods', taxes: [1] },
  { id: 7, sku: 'BOOK', name: 'Cook book', type: 'goods', taxes: [2] },
  { id: 9, sku: 'SHIP', name: 'Parcel', type: 'service', taxes: [1] },
  { id: 10, sku: false, name: 'Nameless', type: 'goods', taxes: [] },
] as const

export interface LineGiven {
  readonly id: number
  readonly of: number
  readonly product: number
  readonly quantity?: number
  readonly price?: number
  readonly taxes?: readonly number[]
  readonly more?: Row
}

/** At 19 %, without tax in the price, unless a test says otherwise. */
export function orderLine(version: Version, given: LineGiven): Row {
  const { id, of, product, quantity = 1, price = 100, taxes = [1], more = {} } = given
  const net = Math.round(quantity * price * 100) / 100
  return {
    id,
    ...stamped,
    order_id: [of, `S${String(of).padStart(5, '0')}`],
    name: `Line ${id}\nand what else is said of it`,
    product_id: [product, 'a label'],
    product_uom_qty: quantity,
    qty_delivered: quantity,
    qty_invoiced: 0.0,
    qty_to_invoice: quantity,
    price_unit: price,
    discount: 0.0,
    price_subtotal: net,
    price_total: Math.round(net * 119) / 100,
    display_type: false,
    is_downpayment: false,
    ...lineNames(version, taxes),
    ...more,
  }
}

export function order(version: Version, id: number, more: Row = {}): Row {
  return {
    id,
    ...stamped,
    ...company,
    ...euro,
    name: `S${String(id).padStart(5, '0')}`,
    state: 'sale',
    ...(version >= 17 ? { locked: false } : {}),
    partner_id: [17, 'Ada'],
    client_order_ref: `SO-${10_000 + id}`,
    origin: false,
    reference: false,
    invoice_status: 'to invoice',
    invoice_ids: [],
    delivery_status: 'pending',
    date_order: old,
    warehouse_id: [1, 'Nord'],
    amount_untaxed: 100.0,
    amount_tax: 19.0,
    amount_total: 119.0,
    ...more,
  }
}

export function move(id: number, more: Row = {}): Row {
  return {
    id,
    ...stamped,
    product_id: [5, 'a label'],
    state: 'assigned',
    product_uom_qty: 1.0,
    picking_id: [1, 'WH/OUT/00001'],
    sale_line_id: [11, 'a label'],
    location_id: [8, 'WH/Stock'],
    location_dest_id: [4, 'Customers'],
    origin_returned_move_id: false,
    ...more,
  }
}

function catalogue(version: Version): Tables {
  return {
    'product.product': products.map(({ id, name, sku, taxes, type }) => ({
      id,
      ...stamped,
      default_code: sku,
      name,
      active: id !== 7,
      barcode: id === 5 ? '4006381333931' : false,
      uom_id: [1, 'Units'],
      taxes_id: taxes,
      sale_ok: true,
      product_tmpl_id: [100 + id, name],
      ...kindOf(version, type),
    })),
    'product.template': products.map(({ id }) => ({ id: 100 + id, ...stamped })),
    'account.tax': [
      {
        id: 1,
        name: '19%',
        amount: 19.0,
        amount_type: 'percent',
        price_include: false,
        children_tax_ids: [],
      },
      {
        id: 2,
        name: '7%',
        amount: 7.0,
        amount_type: 'percent',
        price_include: false,
        children_tax_ids: [],
      },
      {
        id: 3,
        name: '19% incl.',
        amount: 19.0,
        amount_type: 'percent',
        price_include: true,
        children_tax_ids: [],
      },
      {
        id: 4,
        name: 'QC',
        amount: 0.0,
        amount_type: 'group',
        price_include: false,
        children_tax_ids: [41, 42],
      },
      {
        id: 41,
        name: 'GST 5%',
        amount: 5.0,
        amount_type: 'percent',
        price_include: false,
        children_tax_ids: [],
      },
      {
        id: 42,
        name: 'QST 9.975%',
        amount: 9.975,
        amount_type: 'percent',
        price_include: false,
        children_tax_ids: [],
      },
    ].map((tax) => ({ ...tax, ...stamped, ...company, type_tax_use: 'sale', active: true })),
    'product.pricelist': [{ id: 1, ...euro, company_id: false, active: true }],
  }
}

function people(): Tables {
  const list = {
    property_product_pricelist: [1, 'Default (EUR)'],
    property_account_position_id: false,
  }
  return {
    'res.users': [
      { id: 6, login: 'connector', ...company, company_ids: [1] },
      { id: 7, login: 'plumbline', ...company, company_ids: [1] },
    ],
    'res.company': [
      { id: 1, name: 'Atelier Nord', ...euro, tax_calculation_rounding_method: 'round_per_line' },
    ],
    'res.currency': [
      { id: 1, name: 'EUR', decimal_places: 2, active: true },
      { id: 2, name: 'JPY', decimal_places: 0, active: false },
      { id: 3, name: 'KWD', decimal_places: 3, active: false },
    ],
    'res.partner': [
      {
        id: 17,
        ref: 'C1',
        email: 'C1@example.test',
        vat: 'DE136695976',
        commercial_partner_id: [17, 'Ada'],
        active: true,
      },
      {
        id: 18,
        ref: false,
        email: 'c1@example.test',
        vat: 'DE136695976',
        commercial_partner_id: [17, 'Ada'],
        active: true,
      },
      {
        id: 19,
        ref: 'C2',
        email: 'c2@example.test',
        vat: false,
        commercial_partner_id: [19, 'Bo'],
        active: false,
      },
    ].map((partner) => ({ ...partner, ...stamped, ...list })),
  }
}

function warehouses(): Tables {
  return {
    'stock.warehouse': [
      { id: 1, code: 'WH', name: 'Nord', ...company },
      { id: 2, code: 'SUD', name: 'Süd', ...company },
    ],
    'stock.location': [
      { id: 3, usage: 'supplier', warehouse_id: false },
      { id: 4, usage: 'customer', warehouse_id: false },
      { id: 8, usage: 'internal', warehouse_id: [1, 'Nord'] },
      { id: 81, usage: 'internal', warehouse_id: [1, 'Nord'] },
      { id: 9, usage: 'internal', warehouse_id: [2, 'Süd'] },
    ],
    'stock.picking.type': [
      { id: 2, code: 'outgoing', warehouse_id: [1, 'Nord'] },
      { id: 3, code: 'incoming', warehouse_id: [1, 'Nord'] },
    ],
    'stock.quant': [
      { id: 1, product: 5, location: 8, quantity: 10.0, reserved: 3.0 },
      { id: 2, product: 5, location: 81, quantity: 0.5, reserved: 0.0 },
      { id: 3, product: 5, location: 9, quantity: 4.0, reserved: 0.0 },
      { id: 4, product: 5, location: 4, quantity: 77.0, reserved: 0.0 },
    ].map(({ location, product, quantity, reserved, id }) => ({
      id,
      ...stamped,
      product_id: [product, 'a label'],
      location_id: [location, 'a label'],
      quantity,
      reserved_quantity: reserved,
    })),
  }
}

function picking(version: Version): Tables {
  const done = version === 16 ? { quantity_done: 1.0 } : { quantity: 1.0 }
  const kept = { ...stamped, ...company, origin: 'S00001', sale_id: [1, 'S00001'] }
  return {
    'stock.picking': [
      {
        id: 1,
        name: 'WH/OUT/00001',
        state: 'assigned',
        date_done: false,
        picking_type_id: [2, 'Out'],
        location_id: [8, 'WH/Stock'],
        location_dest_id: [4, 'Customers'],
        carrier_tracking_ref: false,
        ...kept,
      },
      {
        id: 2,
        name: 'WH/OUT/00002',
        state: 'done',
        date_done: '2026-11-20 14:30:05',
        picking_type_id: [2, 'Out'],
        location_id: [8, 'WH/Stock'],
        location_dest_id: [4, 'Customers'],
        carrier_tracking_ref: 'AB1, AB2',
        ...kept,
      },
      {
        id: 3,
        name: 'WH/IN/00001',
        state: 'done',
        date_done: old,
        picking_type_id: [3, 'In'],
        location_id: [3, 'Vendors'],
        location_dest_id: [8, 'WH/Stock'],
        carrier_tracking_ref: false,
        ...kept,
      },
      {
        id: 4,
        name: 'WH/IN/00002',
        state: 'done',
        date_done: '2026-11-22 09:15:00',
        picking_type_id: [3, 'In'],
        location_id: [4, 'Customers'],
        location_dest_id: [8, 'WH/Stock'],
        carrier_tracking_ref: false,
        ...kept,
        origin: 'Return of WH/OUT/00002',
        sale_id: [2, 'S00002'],
      },
    ],
    'stock.move': [
      move(1, done),
      move(2, {
        picking_id: [2, 'WH/OUT/00002'],
        state: 'done',
        product_uom_qty: 2.0,
        sale_line_id: [21, 'a label'],
        ...done,
      }),
      move(3, { picking_id: [2, 'WH/OUT/00002'], state: 'cancel', sale_line_id: false, ...done }),
      move(4, {
        picking_id: [4, 'WH/IN/00002'],
        state: 'done',
        sale_line_id: [21, 'a label'],
        origin_returned_move_id: [2, 'WH/OUT/00002'],
        location_id: [4, 'Customers'],
        location_dest_id: [8, 'WH/Stock'],
        ...done,
      }),
    ],
  }
}

const articleOf = {
  display_type: 'product',
  product_id: [5, 'a label'],
  product_uom_id: [1, 'Units'],
  tax_line_id: false,
  discount: 0.0,
}

export function invoice(id: number, more: Row = {}): Row {
  return {
    id,
    ...stamped,
    ...company,
    ...euro,
    name: `INV/2026/0000${id}`,
    state: 'posted',
    move_type: 'out_invoice',
    payment_state: 'not_paid',
    invoice_date: '2026-11-20',
    ref: false,
    partner_id: [18, 'Ada, delivery'],
    commercial_partner_id: [17, 'Ada'],
    reversed_entry_id: false,
    amount_untaxed: 100.0,
    amount_tax: 19.0,
    amount_total: 119.0,
    ...more,
  }
}

export function invoiceLines(
  id: number,
  sign: 1 | -1,
  saleLines: readonly number[],
): readonly Row[] {
  const of = { ...stamped, move_id: [id, 'a label'] }
  return [
    {
      ...of,
      ...articleOf,
      id: id * 10 + 1,
      name: 'Large desk',
      quantity: 1.0,
      price_unit: 100.0,
      price_subtotal: 100.0,
      price_total: 119.0,
      amount_currency: -100 * sign,
      tax_ids: [1],
      sale_line_ids: saleLines,
    },
    {
      ...of,
      ...articleOf,
      id: id * 10 + 2,
      name: '19%',
      display_type: 'tax',
      product_id: false,
      quantity: 0.0,
      price_unit: 0.0,
      price_subtotal: 0.0,
      price_total: 0.0,
      amount_currency: -19 * sign,
      tax_ids: [],
      tax_line_id: [1, '19%'],
      sale_line_ids: [],
    },
    {
      ...of,
      ...articleOf,
      id: id * 10 + 3,
      name: false,
      display_type: 'payment_term',
      product_id: false,
      quantity: 0.0,
      price_unit: 0.0,
      price_subtotal: 0.0,
      price_total: 0.0,
      amount_currency: 119 * sign,
      tax_ids: [],
      sale_line_ids: [],
    },
  ]
}

/** Everything. Orders are more than fit a page. */
export function tablesOf(version: Version): Tables {
  const orders = Array.from({ length: 120 }, (_, index) => index + 1)
  return {
    ...catalogue(version),
    ...people(),
    ...warehouses(),
    ...picking(version),
    'sale.order': orders.map((id) => order(version, id)),
    'sale.order.line': orders.flatMap((id) => [
      orderLine(version, { id: id * 10 + 1, of: id, product: 5 }),
      ...(id === 1 ? [orderLine(version, { id: 12, of: 1, product: 9, price: 4.9 })] : []),
    ]),
    'account.move': [
      invoice(1),
      invoice(2, { payment_state: 'paid' }),
      invoice(3, {
        move_type: 'out_refund',
        name: 'RINV/2026/00001',
        reversed_entry_id: [1, 'INV/2026/00001'],
      }),
      invoice(4, { move_type: 'in_invoice', name: 'BILL/2026/00001' }),
      invoice(5, { state: 'draft', name: '/', invoice_date: false }),
    ],
    'account.move.line': [
      ...invoiceLines(1, 1, [11]),
      ...invoiceLines(2, 1, [21, 31]),
      ...invoiceLines(3, -1, []),
      ...invoiceLines(5, 1, [41]),
    ],
    'ir.model.data': [],
    'sale.advance.payment.inv': [],
    'res.users.apikeys': [
      {
        id: 1,
        user_id: [7, 'Plumbline'],
        ...(version >= 18 ? { expiration_date: '2027-02-01 00:00:00' } : {}),
      },
    ],
  }
}

/**
 * How a field of one model leads to rows of another: the field there that leads back, or null for a
 * link.
 */
export const relations: Readonly<
  Record<string, { readonly model: string; readonly back: string | null }>
> = {
  'sale.order/order_line': { model: 'sale.order.line', back: 'order_id' },
  'account.move/line_ids': { model: 'account.move.line', back: 'move_id' },
  'stock.picking/move_ids': { model: 'stock.move', back: 'picking_id' },
  'stock.picking/location_id': { model: 'stock.location', back: null },
  'stock.picking/location_dest_id': { model: 'stock.location', back: null },
  'stock.picking/picking_type_id': { model: 'stock.picking.type', back: null },
  'product.product/stock_quant_ids': { model: 'stock.quant', back: 'product_id' },
  'product.product/stock_move_ids': { model: 'stock.move', back: 'product_id' },
  'product.product/product_tmpl_id': { model: 'product.template', back: null },
  'stock.quant/location_id': { model: 'stock.location', back: null },
}
