/** Sales orders and their lines, as each version names their fields. */
import { Decimal, sum, zero } from '../../../decimal.ts'
import type { Move, Sale, SaleLine } from '../../../erp/erp.ts'
import {
  boolean, char, computed, datetime, defineModel, type Env, type Field, type Fields, float, integer, kept, many2many,
  many2one, type Model, monetary, one2many, related, selection, text, userOf, type Version,
} from '../fields.ts'
import { companyField, countryIdOf, currencyField, pricelistIdOf, roundingField, unitIdOf } from './base.ts'
import { kindOf, kindsOf, templateOffset } from './master.ts'
import { transfersOfSale } from './stock.ts'

const orderStates = [
  ['draft', 'Quotation'], ['sent', 'Quotation Sent'], ['sale', 'Sales Order'], ['cancel', 'Cancelled'],
] as const
const statesOf16 = [...orderStates.slice(0, 3), ['done', 'Locked'], ['cancel', 'Cancelled']] as const
const deliveredBy = [['manual', 'Manual'], ['analytic', 'Analytic From Expenses'], ['stock_move', 'Stock Moves']] as const
const invoiceStatuses = [
  ['upselling', 'Upselling Opportunity'], ['invoiced', 'Fully Invoiced'], ['to invoice', 'To Invoice'],
  ['no', 'Nothing to Invoice'],
] as const

export function saleModel(version: Version): Model<Sale> {
  return defineModel<Sale>(version, {
    name: 'sale.order',
    description: 'Sales Order',
    order: 'date_order desc, id desc',
    names: ['name', 'client_order_ref'],
    booked: [
      'name', 'client_order_ref', 'origin', 'state', 'locked', 'date_order', 'partner_id', 'pricelist_id', 'warehouse_id', 'company_id',
    ],
    rows: ({ books }) => books.sales,
    label: (sale) => sale.name,
    find: (field, value, { books }) => {
      if (typeof value !== 'string') return null
      if (field === 'client_order_ref') return books.find.salesByRef(value)
      if (field === 'origin') return books.find.salesByOrigin(value)
      return field === 'name' ? books.find.salesByName(value) : null
    },
    fields: { ...headFields(version), ...amountFields(version), ...followUpFields(version) },
  })
}

function headFields(version: Version): Fields<Sale> {
  return {
    name: char('Order Reference', (sale) => sale.name, { required: true }),
    client_order_ref: char('Customer Reference', (sale) => sale.clientOrderRef),
    origin: char('Source Document', (sale) => sale.origin),
    reference: char('Payment Ref.', () => null),
    state: version === 16
      ? selection('Status', statesOf16, (sale) => stateIn16(sale), { readonly: true })
      : selection('Status', orderStates, (sale) => sale.state, { readonly: true }),
    ...(version === 16 ? {} : { locked: boolean<Sale>('Locked', (sale) => sale.locked) }),
    date_order: datetime('Order Date', (sale) => sale.dateOrder, { required: true }),
    commitment_date: datetime('Delivery Date', () => null),
    validity_date: char('Expiration', () => null),
    partner_id: many2one('Customer', 'res.partner', (sale) => sale.partnerId, { required: true }),
    partner_invoice_id: many2one('Invoice Address', 'res.partner', (sale) => sale.partnerId, { required: true }),
    partner_shipping_id: many2one('Delivery Address', 'res.partner', (sale) => sale.partnerId, { required: true }),
    company_id: companyField(),
    user_id: many2one('Salesperson', 'res.users', (sale) => userOf(sale.createdBy)),
    pricelist_id: many2one('Pricelist', 'product.pricelist', (sale) => pricelistIdOf(sale.currency), {
      required: version === 16,
    }),
    currency_id: currencyField('Currency', kept, (sale) => sale.currency),
    currency_rate: float('Currency Rate', () => 1, kept),
    warehouse_id: many2one('Warehouse', 'stock.warehouse', (sale) => sale.warehouseId, { required: true }),
    order_line: one2many('Order Lines', 'sale.order.line', 'order_id', (sale) => sale.lineIds),
    note: text('Terms and conditions', () => null),
    carrier_id: many2one('Delivery Method', 'delivery.carrier', () => null),
    country_code: char('Country code', (sale, { books }) => books.partners.must(sale.partnerId).countryCode, related),
    tax_country_id: many2one('Tax Country', 'res.country', (sale, { books }) => (
      countryIdOf(books.partners.must(sale.partnerId).countryCode)
    ), computed),
  }
}

/** Locked was a state of its own until 16. */
function stateIn16(sale: Sale): string {
  return sale.locked && sale.state === 'sale' ? 'done' : sale.state
}

function amountFields(version: Version): Fields<Sale> {
  const invoiced: Field<Sale> = monetary('Invoiced Amount', invoicedAmount, computed)
  return {
    amount_untaxed: monetary('Untaxed Amount', (sale) => sale.untaxed, kept),
    amount_tax: monetary('Taxes', (sale) => sale.tax, kept),
    amount_total: monetary('Total', (sale) => sale.total, kept),
    amount_undiscounted: float('Amount Before Discount', (sale, env) => (
      sum(linesOf(sale, env).map((line) => undiscounted(line)))
    ), computed),
    ...(version === 16 ? {} : {
      amount_invoiced: invoiced,
      amount_to_invoice: monetary<Sale>('Un-invoiced Balance', (sale, env) => sale.total.minus(invoicedAmount(sale, env)), computed),
      amount_paid: float<Sale>('Payment Transactions Amount', () => 0, computed),
    }),
    tax_calculation_rounding_method: roundingField(related),
  }
}

function followUpFields(version: Version): Fields<Sale> {
  const statuses = [
    ['pending', 'Not Delivered'], ...(version >= 17 ? [['started', 'Started'] as const] : []),
    ['partial', 'Partially Delivered'], ['full', 'Fully Delivered'],
  ] as const
  return {
    invoice_status: selection('Invoice Status', invoiceStatuses, invoiceStatus, kept),
    invoice_ids: many2many('Invoices', 'account.move', (sale, env) => movesOf(sale, env).map((move) => move.id), computed),
    invoice_count: integer('Invoice Count', (sale, env) => movesOf(sale, env).length, computed),
    picking_ids: one2many('Transfers', 'stock.picking', 'sale_id', (sale, { books }) => (
      transfersOfSale(books, sale.id).map((picking) => picking.id)
    )),
    delivery_count: integer('Delivery Orders', (sale, { books }) => books.find.pickingsOfSale(sale.id).length, computed),
    delivery_status: selection('Delivery Status', statuses, deliveryStatus, kept),
    effective_date: datetime('Effective Date', (sale, { books }) => {
      const done = books.find.pickingsOfSale(sale.id).flatMap((picking) => picking.doneAt === null ? [] : [picking.doneAt])
      return done.length === 0 ? null : Math.min(...done)
    }, kept),
    transaction_ids: many2many('Transactions', 'payment.transaction', () => []),
    tag_ids: many2many('Tags', 'crm.tag', () => []),
  }
}

function linesOf(sale: Sale, { books }: Env): readonly SaleLine[] {
  return sale.lineIds.map((id) => books.saleLines.must(id))
}

function movesOf(sale: Sale, { books }: Env): readonly Move[] {
  const ids = new Set(sale.lineIds.flatMap((id) => books.find.moveLinesOfSaleLine(id).map((line) => line.moveId)))
  return [...ids].sort((left, right) => left - right).map((id) => books.moves.must(id))
}

function invoicedAmount(sale: Sale, env: Env): Decimal {
  const { books } = env
  return sum(sale.lineIds.flatMap((id) => books.find.moveLinesOfSaleLine(id)).map((line) => {
    const move = books.moves.must(line.moveId)
    if (move.state !== 'posted') return zero
    return move.moveType === 'out_invoice' ? line.total : line.total.negated()
  }))
}

function undiscounted(line: SaleLine): Decimal {
  const left = new Decimal(100).minus(line.discount)
  return left.isZero() ? line.priceUnit.times(line.quantity) : line.subtotal.times(100).dividedBy(left)
}

function invoiceStatus(sale: Sale, env: Env): string {
  if (sale.state !== 'sale') return 'no'
  const statuses = linesOf(sale, env).filter((line) => !line.isDownpayment).map((line) => lineStatus(line, env))
  if (statuses.includes('to invoice')) return 'to invoice'
  if (statuses.length > 0 && statuses.every((status) => status === 'invoiced')) return 'invoiced'
  const isDone = statuses.length > 0 && statuses.every((status) => status === 'invoiced' || status === 'upselling')
  return isDone ? 'upselling' : 'no'
}

/** Invoiced as ordered. */
function lineStatus(line: SaleLine, { books }: Env): string {
  if (books.sales.must(line.orderId).state !== 'sale') return 'no'
  if (!line.quantity.equals(line.invoiced) && (!line.isDownpayment || line.invoiced.isZero())) {
    return line.invoiced.greaterThan(line.quantity) ? 'invoiced' : 'to invoice'
  }
  return line.delivered.greaterThan(line.quantity) ? 'upselling' : 'invoiced'
}

function deliveryStatus(sale: Sale, { books, version }: Env): string | null {
  const pickings = books.find.pickingsOfSale(sale.id)
  if (pickings.every((picking) => picking.state === 'cancel')) return null
  if (pickings.every((picking) => picking.state === 'done' || picking.state === 'cancel')) return 'full'
  if (!pickings.some((picking) => picking.state === 'done')) return 'pending'
  const isPart = sale.lineIds.some((id) => !books.saleLines.must(id).delivered.isZero())
  return isPart || version === 16 ? 'partial' : 'started'
}

export function saleLineModel(version: Version): Model<SaleLine> {
  const unit: Field<SaleLine> = many2one(version >= 19 ? 'Unit' : 'Unit of Measure', 'uom.uom', (line, { books }) => (
    unitIdOf(books.products.must(line.productId).uom)
  ))
  const taxes: Field<SaleLine> = many2many('Taxes', 'account.tax', (line) => line.taxIds)
  return defineModel<SaleLine>(version, {
    name: 'sale.order.line',
    description: 'Sales Order Line',
    order: 'order_id, sequence, id',
    names: ['name', 'order_id.name'],
    booked: [
      'order_id', 'name', 'product_id', 'product_uom_qty', 'price_unit', 'discount', 'display_type', 'is_downpayment', 'is_delivery',
      'company_id',
    ],
    rows: ({ books }) => books.saleLines,
    label: (line, { books }) => `${books.sales.must(line.orderId).name} - ${line.name.split('\n')[0] ?? ''}`,
    find: (field, value, { books }) => {
      if (field !== 'order_id' || typeof value !== 'number') return null
      return books.sales.get(value)?.lineIds.map((id) => books.saleLines.must(id)) ?? []
    },
    fields: {
      ...(version >= 19 ? { product_uom_id: unit, tax_ids: taxes } : { product_uom: unit, tax_id: taxes }),
      ...orderLineFields(version),
      ...lineAmountFields(version),
    },
  })
}

function orderLineFields(version: Version): Fields<SaleLine> {
  const order = (line: SaleLine, { books }: Env): Sale => books.sales.must(line.orderId)
  return {
    order_id: many2one('Order Reference', 'sale.order', (line) => line.orderId, { required: true }),
    sequence: integer('Sequence', () => 10),
    name: text('Description', (line) => line.name, { required: true }),
    product_id: many2one('Product', 'product.product', (line) => line.productId),
    product_template_id: many2one('Product Template', 'product.template', (line) => line.productId + templateOffset, related),
    product_type: selection('Product Type', kindsOf(version), (line, { books }) => (
      kindOf(books.products.must(line.productId), version)
    ), related),
    product_uom_qty: float('Quantity', (line) => line.quantity, { required: true }),
    qty_delivered: float('Delivery Quantity', (line) => line.delivered, kept),
    qty_delivered_method: selection('Method to update delivered qty', deliveredBy, (line, { books }) => (
      books.products.must(line.productId).kind === 'goods' ? 'stock_move' : 'manual'
    ), kept),
    qty_invoiced: float('Invoiced Quantity', (line) => line.invoiced, kept),
    qty_to_invoice: float('Quantity To Invoice', (line, env) => (
      order(line, env).state === 'sale' ? line.quantity.minus(line.invoiced) : zero
    ), kept),
    invoice_lines: many2many('Invoice Lines', 'account.move.line', (line, { books }) => (
      books.find.moveLinesOfSaleLine(line.id).map((each) => each.id)
    )),
    invoice_status: selection('Invoice Status', invoiceStatuses, lineStatus, kept),
    move_ids: one2many('Stock Moves', 'stock.move', 'sale_line_id', (line, { books }) => (
      books.find.stockMovesOfSaleLine(line.id).map((move) => move.id)
    )),
    state: version === 16
      ? selection('Order Status', statesOf16, (line, env) => stateIn16(order(line, env)), kept)
      : selection('Order Status', orderStates, (line, env) => order(line, env).state, kept),
    display_type: selection('Display Type', [['line_section', 'Section'], ['line_note', 'Note']], () => null),
    is_downpayment: boolean('Is a down payment', (line) => line.isDownpayment),
    is_delivery: boolean('Is a Delivery', (line) => line.isDelivery),
    is_expense: boolean('Is expense', () => false),
    order_partner_id: many2one('Customer', 'res.partner', (line, env) => order(line, env).partnerId, kept),
    salesman_id: many2one('Salesperson', 'res.users', (line, env) => userOf(order(line, env).createdBy), kept),
    warehouse_id: many2one('Warehouse', 'stock.warehouse', (line, env) => order(line, env).warehouseId, related),
    company_id: companyField(),
    currency_id: currencyField('Currency', kept, (line, env) => order(line, env).currency),
  }
}

function lineAmountFields(version: Version): Fields<SaleLine> {
  return {
    price_unit: float('Unit Price', (line) => line.priceUnit, { required: true }),
    discount: float('Discount (%)', (line) => line.discount),
    price_subtotal: monetary('Subtotal', (line) => line.subtotal, kept),
    // Computed in doubles and kept as one, noise and all.
    price_tax: float('Total Tax', (line) => Number(line.total) - Number(line.subtotal), kept),
    price_total: monetary('Total', (line) => line.total, kept),
    ...(version < 18 ? { price_reduce: reduced } : {}),
    price_reduce_taxexcl: monetary('Price Reduce Tax excl', (line) => perUnit(line.subtotal, line), kept),
    price_reduce_taxinc: monetary('Price Reduce Tax incl', (line) => perUnit(line.total, line), kept),
    untaxed_amount_invoiced: monetary('Untaxed Invoiced Amount', (line, { books }) => (
      sum(books.find.moveLinesOfSaleLine(line.id).map((each) => {
        const move = books.moves.must(each.moveId)
        if (move.state !== 'posted') return zero
        return move.moveType === 'out_invoice' ? each.subtotal : each.subtotal.negated()
      }))
    ), kept),
    tax_calculation_rounding_method: roundingField(related),
  }
}

const reduced: Field<SaleLine> = float('Price Reduce', (line) => (
  Number(line.priceUnit) * (1 - Number(line.discount) / 100)
), kept)

function perUnit(amount: Decimal, line: SaleLine): Decimal {
  return line.quantity.isZero() ? zero : amount.dividedBy(line.quantity)
}
