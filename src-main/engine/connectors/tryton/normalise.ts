/**
 * Tryton's rows in our words. Pure; amounts keep the exact text of Tryton's decimals (ERP.md §4.6).
 */
import { type Decimal, compare, multiply, subtract } from '../../../domain/decimal.ts'
import type {
  CreditNote,
  Customer,
  ErpLine,
  ErpOrder,
  GoodsReturn,
  Invoice,
  InvoiceLine,
  Price,
  Product,
  Shipment,
  StockLevel,
  Tax,
} from '../../../domain/records.ts'
import { type Instant, parseInstant } from '../../../domain/time.ts'
import { type Stamp, instantOf } from './classes.ts'
import {
  type CustomerRow,
  type InvoiceRow,
  type LineTax,
  type ProductRow,
  type ReturnRow,
  type SaleRow,
  type ShipmentRow,
  type StockRow,
  type WireLine,
} from './wire.ts'

const textMax = 500

interface Stamps {
  readonly create_date: Stamp | null
  readonly write_date: Stamp | null
}

interface Sourced extends Stamps {
  readonly id: string
  readonly create_uid: string | null
  readonly write_uid: string | null
  readonly 'create_uid.': { readonly login: string | null } | null
  readonly 'write_uid.': { readonly login: string | null } | null
}

/**
 * Where a record comes from. What changed last is a part as often as the row: its newest stamp
 * counts. Users go by their logins, and by their numbers where this user may not see who they are.
 */
function provenanceOf(
  row: Sourced,
  parts: readonly Stamps[] = [],
) {
  const changed = newestOf([row, ...parts])
  return {
    id: row.id,
    version: changed,
    changedAt: changed === null ? null : instantOf(changed),
    changedBy: short(row['write_uid.']?.login ?? row.write_uid) ?? creatorOf(row),
    trace: null,
  }
}

function creatorOf(row: Sourced): string | null {
  return short(row['create_uid.']?.login ?? row.create_uid)
}

function newestOf(stamped: readonly Stamps[]): Stamp | null {
  let newest: Stamp | null = null
  for (const { create_date, write_date } of stamped) {
    for (const stamp of [create_date, write_date])
      if (stamp !== null && (newest === null || stamp > newest)) newest = stamp
  }
  return newest
}

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

/** Tryton states no tax amount per line. A tax of type none only groups its children. */
function taxesOf(tax: LineTax): readonly Tax[] {
  const own = tax.type === 'none' ? (tax['childs.'] ?? []) : [tax]
  return own.map(({ name, rate }) => ({
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

export function shipmentOf(row: ShipmentRow): Shipment {
  const moves = row['outgoing_moves.'].filter(
    (move) => move.state !== 'cancelled' || row.state === 'cancelled',
  )
  return {
    kind: 'shipment',
    ...provenanceOf(row, row['outgoing_moves.']),
    number: short(row.number),
    orderIds: [...new Set(moves.flatMap(({ sale }) => sale ?? []))],
    state: shipmentStateOf(row.state),
    shippedAt:
      shipmentStateOf(row.state) === 'shipped'
        ? movedAt(row.effective_date, row['outgoing_moves.'])
        : null,
    location: short(row['warehouse.']?.code ?? row['warehouse.']?.name ?? null),
    // Without the module stock_package_shipping the carrier's number stands in the reference.
    tracking: [row.reference ?? '']
      .filter((text) => text.trim() !== '')
      .map((text) => text.slice(0, textMax)),
    lines: moves.map((move) => ({
      sku: short(move['product.']?.code ?? null),
      quantity: move.quantity,
      orderId: move.sale,
    })),
  }
}

function shipmentStateOf(state: string): Shipment['state'] {
  switch (state) {
    case 'draft':
    case 'waiting':
    case 'assigned':
    case 'picked':
    case 'packed':
      return 'open'
    case 'shipped':
    case 'done':
      return 'shipped'
    case 'cancelled':
      return 'cancelled'
    default:
      return 'unknown'
  }
}

/** Received is at the door, done on the shelf: either way it is back. */
export function returnOf(row: ReturnRow): GoodsReturn {
  const moves = row['incoming_moves.'].filter(
    (move) => move.state !== 'cancelled' || row.state === 'cancelled',
  )
  const state = returnStateOf(row.state)
  return {
    kind: 'return',
    ...provenanceOf(row, row['incoming_moves.']),
    number: short(row.number),
    orderIds: [...new Set(moves.flatMap(({ sale }) => sale ?? []))],
    state,
    receivedAt: state === 'received' ? movedAt(row.effective_date, moves) : null,
    location: short(row['warehouse.']?.code ?? row['warehouse.']?.name ?? null),
    lines: moves.map((move) => ({
      sku: short(move['product.']?.code ?? null),
      quantity: move.quantity,
      orderId: move.sale,
    })),
  }
}

function returnStateOf(state: string): GoodsReturn['state'] {
  switch (state) {
    case 'draft':
      return 'open'
    case 'received':
    case 'done':
      return 'received'
    case 'cancelled':
      return 'cancelled'
    default:
      return 'unknown'
  }
}

/**
 * Tryton keeps only the day. The moves were stamped as their goods went: that instant holds while it lies
 * on that day.
 */
function movedAt(day: string | null, moves: readonly Stamps[]): Instant | null {
  const moved = newestOf(moves)
  if (day === null) return moved === null ? null : instantOf(moved)
  if (moved?.startsWith(day) === true) return instantOf(moved)
  return parseInstant(`${day}T00:00:00Z`)
}

/** Nothing without a code: it is not on sale under any SKU. */
export function stockOf({ product, late, location, changed }: StockRow): readonly StockLevel[] {
  const sku = short(product.code)
  if (sku === null) return []
  const available = subtract(product.forecast_quantity, late)
  return [
    {
      kind: 'stock',
      id: `${sku}@${location}`,
      version: changed,
      changedAt: changed === null ? null : instantOf(changed),
      changedBy: null,
      trace: null,
      sku,
      location,
      onHand: product.quantity,
      reserved: subtract(product.quantity, available),
      available,
      tracked: product['template.'].consumable !== true,
      backorder: false,
    },
  ]
}

export function productOf(row: ProductRow): readonly Product[] {
  const sku = short(row.code)
  if (sku === null) return []
  const template = row['template.']
  const taxes = template['account_category.']?.['customer_taxes.'] ?? []
  const barcodes = (row['identifiers.'] ?? []).filter(
    ({ type }) => type === 'ean' || type === 'ean13' || type === 'ean8' || type === 'upc',
  )
  return [
    {
      kind: 'product',
      ...provenanceOf(row, [{ create_date: null, write_date: template.write_date }]),
      sku,
      barcode: short(barcodes[0]?.code ?? null),
      title: short(template.name) ?? '',
      unit: short(template['default_uom.']?.symbol ?? null),
      packSize: null,
      taxCode: taxes.length === 0 ? null : short(taxes.map(({ name }) => name).join(' + ')),
      prices: listPriceOf(template.list_price),
      active: row.active && template.active && template.salable === true,
      tracked: template.type !== 'service' && template.consumable !== true,
      goods: template.type !== 'service',
    },
  ]
}

/** Tryton's list prices are without tax, in the company's currency. */
function listPriceOf(price: Decimal | null): Price[] {
  return price === null
    ? []
    : [{ amount: price, currency: null, market: null, taxesIncluded: false }]
}

/** Registers of companies alone: other identifiers are a person's, and no rule needs them (DESIGN §4). */
const registers = new Set([
  'au_abn',
  'au_acn',
  'ch_uid',
  'de_handelsregisternummer',
  'dk_cvr',
  'ee_registrikood',
  'fi_ytunnus',
  'fr_siren',
  'fr_siret',
  'no_orgnr',
  'ro_onrc',
  'se_orgnr',
])

export function customerOf(row: CustomerRow): Customer {
  const addresses = row['addresses.'] ?? []
  const registration = (row['identifiers.'] ?? []).find(({ type }) => registers.has(type ?? ''))
  const country = addresses[0]?.['country.']?.code?.toUpperCase()
  return {
    kind: 'customer',
    ...provenanceOf(row, [...(row['contact_mechanisms.'] ?? []), ...addresses]),
    code: short(row.code),
    email: short(row.email),
    vatId: short(row['tax_identifier.']?.code ?? null),
    registration: short(registration?.code ?? null),
    country: country !== undefined && /^[A-Z]{2}$/.test(country) ? country : null,
    // a party stands for itself: only modules beside the standard ones relate parties
    parent: null,
    active: row.active,
  }
}

/** Empty texts are absence; no text is longer than a record may hold. */
function short(text: string | null): string | null {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' ? null : trimmed.slice(0, textMax)
}
