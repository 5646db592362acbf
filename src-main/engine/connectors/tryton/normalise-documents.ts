/** Tryton's sales, invoices and credit notes in our words. Pure; amounts keep the exact text of Tryton's decimals. */
import { type Decimal, compare, multiply } from '../../../domain/decimal.ts'
import type { CreditNote, ErpLine, ErpOrder, Invoice, InvoiceLine, Tax } from '../../../domain/records.ts'
import { instantOf } from './classes.ts'
import { creatorOf, provenanceOf, short, singleTaxes } from './normalise.ts'
import type { LineTax } from './wire.ts'
import type { InvoiceRow, SaleRow, WireLine } from './wire-documents.ts'

export function orderOf(row: SaleRow): ErpOrder {
  const lines = row['lines.'].filter((line) => line.type === 'line')
  const references = [row.reference, row.web_id].filter(
    (text) => text !== null && text.trim() !== '',
  )
  return {
    kind: 'erp-order',
    ...provenanceOf(row, row['lines.']),
    number: short(row.number),
    references: [...new Set(references)].flatMap((text) => short(text) ?? []),
    state: orderStateOf(row.state),
    platformState: row.state,
    reservesStock: reservesStock(row.state, lines),
    reservesSome: !reservesStock(row.state, lines) && lines.some((line) => (line.moves ?? []).length > 0),
    createdBy: creatorOf(row),
    createdAt: instantOf(row.create_date),
    documentDate: row.sale_date,
    currency: row['currency.'].code,
    customerId: row.party,
    customerEmail: short(row['party.']?.email ?? null),
    lines: lines.map(lineOf),
    totals: totalsOf(row),
  }
}

/** Spelt as in 6.0, and as later series spell the same. */
function orderStateOf(state: string): ErpOrder['state'] {
  switch (state) {
    case 'draft':
    case 'quotation':
      return 'draft'
    case 'confirmed':
    case 'processing':
      return 'open'
    case 'done':
      return 'done'
    case 'cancelled':
      return 'cancelled'
    default:
      return 'unknown'
  }
}

/**
 * Tryton's forecast knows of a sale's units once their stock moves are made. That is when it is
 * processed, not when it is confirmed, and for a sale that ships by hand or after payment later
 * still.
 */
function reservesStock(state: string, lines: SaleRow['lines.']): boolean {
  if (state === 'done') return true
  if (state !== 'confirmed' && state !== 'processing') return false
  return lines.filter(isGoods).every((line) => (line.moves ?? []).length > 0)
}

function isGoods(line: WireLine): boolean {
  const product = line['product.']
  return product !== null && product.type !== 'service'
}

function lineOf(line: WireLine): ErpLine {
  return {
    id: line.id,
    sku: short(line['product.']?.code ?? null),
    title:
      short(line.description?.split('\n')[0] ?? null) ??
      short(line['product.']?.name ?? null) ??
      '',
    quantity: line.quantity ?? '0',
    unit: short(line['unit.']?.symbol ?? null),
    unitPrice: line.unit_price ?? '0',
    net: line.amount ?? '0',
    taxes: (line['taxes.'] ?? []).flatMap(taxesOf),
    goods: isGoods(line),
  }
}

function invoiceLineOf(line: InvoiceRow['invoice']['lines.'][number]): InvoiceLine {
  const orderLineId = /^sale\.line,(\d+)$/.exec(line.origin ?? '')?.[1] ?? null
  return { ...lineOf(line), orderLineId, discountPercent: null, deposit: false }
}

/** Tryton states no tax amount per line. */
function taxesOf(tax: LineTax): readonly Tax[] {
  return singleTaxes(tax).map(({ name, rate }) => ({
    code: short(name),
    // A fixed amount per unit has no rate.
    ratePercent: multiply(rate ?? '0', '100'),
    amount: null,
    collectedByMarketplace: false,
  }))
}

function totalsOf(row: {
  untaxed_amount: Decimal
  tax_amount: Decimal
  total_amount: Decimal
}): ErpOrder['totals'] {
  return { net: row.untaxed_amount, tax: row.tax_amount, total: row.total_amount }
}

const taxMethods = { line: 'per-line', document: 'per-document' } as const

/**
 * A credit note is an invoice of type out whose total is negative; it names its invoice only
 * through its lines.
 */
export function invoiceOf({
  invoice: row,
  originals,
  taxRounding,
}: InvoiceRow): Invoice | CreditNote {
  const credited = [...new Set(originals.flatMap(({ invoice }) => invoice ?? []))]
  const orders = [
    ...(row.sales ?? []),
    ...originals.flatMap((original) => original['invoice.']?.sales ?? []),
  ]
  const shared = {
    ...provenanceOf(row, [...row['lines.'], ...row['taxes.']]),
    number: short(row.number),
    orderIds: [...new Set(orders)],
    state: invoiceStateOf(row.state),
    createdAt: row.create_date === null ? null : instantOf(row.create_date),
    issuedOn: row.invoice_date,
    currency: row['currency.'].code,
    customerId: row.party,
    lines: row['lines.'].filter((line) => line.type === 'line').map(invoiceLineOf),
    taxes: row['taxes.'].map((tax) => ({
      code: short(tax['tax.']?.name ?? tax.description),
      ratePercent: multiply(tax['tax.']?.rate ?? '0', '100'),
      base: tax.base,
      amount: tax.amount,
    })),
    buyerIsRegistered: null,
    totals: totalsOf(row),
    open: row.amount_to_pay,
    taxMethod: taxRounding === null ? ('unknown' as const) : taxMethods[taxRounding],
  }
  if (compare(row.total_amount, '0') >= 0 && credited.length === 0)
    return { kind: 'invoice', ...shared }
  return { kind: 'credit-note', ...shared, creditsInvoiceIds: credited }
}

function invoiceStateOf(state: string): Invoice['state'] {
  switch (state) {
    case 'draft':
    case 'validated':
      return 'draft'
    case 'posted':
      return 'posted'
    case 'paid':
      return 'paid'
    case 'cancelled':
      return 'cancelled'
    default:
      return 'unknown'
  }
}
