/**
 * Odoo's orders, invoices and credit notes in our words. Pure; what is booked has the currency's
 * digits, nothing else is rounded.
 */
import { type Decimal, add, isZero, negate, subtract } from '../../../domain/decimal.ts'
import type { CreditNote, ErpOrder, Invoice, InvoiceLine } from '../../../domain/records.ts'
import { instantOf } from './classes.ts'
import { type Beside, booked, isGoods, lineOf, signed } from './normalise-lines.ts'
import { categoryOf, rateOf, singleTaxes } from './taxes.ts'
import { numberOf, provenanceOf, short } from './normalise.ts'
import type { InvoiceRow, OrderRow } from './wire.ts'

export function orderOf(row: OrderRow): ErpOrder {
  const { author, buyer, changed, editor, lines, order } = row
  // Odoo writes a down payment into the order once it is invoiced; the customer did not order it.
  const ordered = lines.filter((line) => line.display_type === null && !line.is_downpayment)
  const references = [order.client_order_ref, order.origin, order.reference].flatMap(
    (text) => short(text) ?? [],
  )
  return {
    kind: 'erp-order',
    ...provenanceOf(order, changed, editor),
    // what the integration leaves on its documents so that they can be traced back
    trace: short(order.origin),
    number: numberOf(order.name),
    references: [...new Set(references)],
    state: orderStateOf(order),
    platformState: order.locked ? `${order.state}, locked` : order.state,
    reservesStock: reservesStock(row, ordered),
    reservesSome: !reservesStock(row, ordered) && reservesSome(row, ordered),
    createdBy: short(author?.login ?? order.create_uid?.id ?? null),
    createdAt: instantOf(order.create_date),
    documentDate: order.date_order?.slice(0, 10) ?? null,
    currency: row.currency?.code ?? '',
    customerId: buyer?.commercial_partner_id?.id ?? order.partner_id?.id ?? null,
    customerEmail: short(buyer?.email ?? null),
    lines: ordered.map((line) => {
      const taxes = [...line.tax_ids, ...line.tax_id]
      const unit = line.product_uom_id ?? line.product_uom
      return lineOf(
        { line, quantity: line.product_uom_qty, taxes, unit: unit?.label ?? null, sign: 1 },
        row,
      )
    }),
    totals: totalsOf(order, row, 1),
  }
}

/**
 * Locked says only that nobody may edit the order, and many companies lock at once (up to 16 that is the state "done").
 * An order is done when everything is delivered and invoiced.
 */
function orderStateOf({
  delivery_status,
  invoice_status,
  state,
}: OrderRow['order']): ErpOrder['state'] {
  switch (state) {
    case 'draft':
    case 'sent':
      return 'draft'
    case 'sale':
    case 'done': {
      const invoiced = invoice_status === 'invoiced' || invoice_status === 'upselling'
      return invoiced && (delivery_status === null || delivery_status === 'full') ? 'done' : 'open'
    }
    case 'cancel':
      return 'cancelled'
    default:
      return 'unknown'
  }
}

/**
 * A quant knows of units once a move has reserved them or has taken them away. Moves that wait for stock, or have only
 * a part of it, it does not know; those that wait for another move of the same order stand behind one that counts.
 */
function reservesStock({ moves, order, products }: OrderRow, lines: OrderRow['lines']): boolean {
  if (order.state !== 'sale' && order.state !== 'done') return false
  if (moves === null) return true
  const goods = lines.filter((line) => isGoods(line, products) && !isZero(line.product_uom_qty))
  return goods.every((line) => {
    const states = moves
      .filter((move) => move.sale_line_id?.id === line.id && !bringsBack(move, moves))
      .map(({ state }) => state)
    const known = states.some((state) => state === 'assigned' || state === 'done')
    return (
      known &&
      !states.some((state) => ['draft', 'confirmed', 'partially_available'].includes(state))
    )
  })
}

/** A move of a return hangs on the line as well, and so does one that sends anew what came back (sale_stock, 16–19). */
function bringsBack(
  move: NonNullable<OrderRow['moves']>[number],
  moves: NonNullable<OrderRow['moves']>,
): boolean {
  const taken = move.origin_returned_move_id?.id ?? null
  if (taken === null) return false
  // only an older move can be taken back, so looking on comes to an end
  const origin = moves.find(({ id }) => id === taken && Number(id) < Number(move.id))
  return origin === undefined || !bringsBack(origin, moves)
}

/** Of several goods those that are there are reserved, whatever the others wait for. */
function reservesSome({ moves, order }: OrderRow, lines: OrderRow['lines']): boolean {
  if (order.state !== 'sale' && order.state !== 'done') return false
  const reserving = ['assigned', 'partially_available', 'done']
  const known = moves ?? []
  return known.some(
    (move) =>
      reserving.includes(move.state) && !bringsBack(move, known) && lines.some((line) => line.id === move.sale_line_id?.id),
  )
}

function totalsOf(
  row: {
    readonly amount_untaxed: Decimal
    readonly amount_tax: Decimal
    readonly amount_total: Decimal
  },
  beside: Beside,
  sign: 1 | -1,
): ErpOrder['totals'] {
  const figure = (amount: Decimal): Decimal => signed(booked(amount, beside), sign)
  return {
    net: figure(row.amount_untaxed),
    tax: figure(row.amount_tax),
    total: figure(row.amount_total),
  }
}

/**
 * What an invoice to be paid in cash is rounded to the smallest coin by is owed, and neither sold nor taxed: Odoo adds it to
 * the untaxed amount, or to the tax that is the largest, and EN 16931 keeps it apart from both (BT-114).
 */
function totalsWithoutCoins({ net, tax, total }: ErpOrder['totals'], row: InvoiceRow): ErpOrder['totals'] {
  const coins = row.lines.filter((line) => line.display_type === 'rounding')
  const added = (some: InvoiceRow['lines']): Decimal => negate(add('0', ...some.map((line) => booked(line.amount_currency, row))))
  const inTax = added(coins.filter((line) => line.tax_line_id !== null))
  const inNet = added(coins.filter((line) => line.tax_line_id === null))
  return { net: subtract(net, inNet), tax: subtract(tax, inTax), total: subtract(total, add(inNet, inTax)) }
}

export function invoiceOf(row: InvoiceRow): Invoice | CreditNote {
  const { changed, editor, lines, move, orderIds } = row
  const sign = move.move_type === 'out_refund' ? -1 : 1
  const articles = lines.filter((line) => line.display_type === 'product')
  const shared = {
    ...provenanceOf(move, changed, editor),
    number: numberOf(move.name),
    orderIds,
    state: invoiceStateOf(move.state, move.payment_state),
    createdAt: move.create_date === null ? null : instantOf(move.create_date),
    issuedOn: move.invoice_date,
    currency: row.currency?.code ?? '',
    customerId: (move.commercial_partner_id ?? move.partner_id)?.id ?? null,
    lines: articles.map((line) => invoiceLineOf(line, row, sign)),
    taxes: invoiceTaxes(row, articles, sign),
    buyerIsRegistered: row.registered === null ? null : [row.registered.vat, row.registered.company_registry].some((one) => short(one) !== null),
    totals: totalsWithoutCoins(totalsOf(move, row, sign), row),
    open: move.amount_residual === null ? null : signed(booked(move.amount_residual, row), sign),
    taxMethod: row.taxRounding,
  }
  if (sign === 1) return { kind: 'invoice', ...shared }
  return {
    kind: 'credit-note',
    ...shared,
    creditsInvoiceIds: [move.reversed_entry_id?.id ?? []].flat(),
  }
}

function invoiceLineOf(
  line: InvoiceRow['lines'][number],
  row: InvoiceRow,
  sign: 1 | -1,
): InvoiceLine {
  const ordered = row.orderLines.filter(({ id }) => line.sale_line_ids.includes(id))
  const [only] = ordered
  const unit = line.product_uom_id?.label ?? null
  const given = { line, quantity: line.quantity ?? '0', taxes: line.tax_ids, unit, sign }
  return {
    ...lineOf(given, row),
    // A line that bills several lines of orders at once does not say how much of each.
    orderLineId: ordered.length === 1 && only !== undefined ? only.id : null,
    discountPercent: line.discount,
    deposit: only !== undefined && ordered.every(({ is_downpayment }) => is_downpayment),
  }
}

/**
 * A tax line is a credit on an invoice and a debit on a credit note, so the other sign is ours. Taxes of nothing have no
 * such line, and stand in the breakdown all the same.
 */
function invoiceTaxes(
  row: InvoiceRow,
  articles: InvoiceRow['lines'],
  sign: 1 | -1,
): Invoice['taxes'] {
  const taxLines = row.lines.filter(
    (line) => line.display_type === 'tax' && line.tax_line_id !== null,
  )
  const untaxed = articles
    .flatMap((line) => line.tax_ids)
    .flatMap((id) => singleTaxes(id, row.taxes))
    .filter((tax) => isZero(tax.amount))
  const ids = [...new Set([...taxLines.flatMap((line) => line.tax_line_id?.id ?? []), ...untaxed.map((tax) => tax.id)])]
  return ids.map((id) => {
    const tax = row.taxes.find((one) => one.id === id)
    const taxed = articles.filter((line) =>
      line.tax_ids.some((own) => singleTaxes(own, row.taxes).some((one) => one.id === id)),
    )
    const category = tax === undefined ? undefined : categoryOf(tax)
    const own = taxLines.filter((line) => line.tax_line_id?.id === id)
    return {
      code: short(tax?.name ?? own[0]?.tax_line_id?.label ?? null),
      ratePercent: tax === undefined ? '0' : rateOf(tax),
      base: signed(add('0', ...taxed.map((line) => booked(line.price_subtotal, row))), sign),
      amount: negate(add('0', ...own.map((line) => booked(line.amount_currency, row)))),
      ...(category === undefined ? {} : { category }),
    }
  })
}

/** In payment: the customer paid, and only the bank statement is still waited for. */
function invoiceStateOf(state: string, payment: string | null): Invoice['state'] {
  switch (state) {
    case 'draft':
      return 'draft'
    case 'posted':
      return payment === 'paid' || payment === 'in_payment' ? 'paid' : 'posted'
    case 'cancel':
      return 'cancelled'
    default:
      return 'unknown'
  }
}
