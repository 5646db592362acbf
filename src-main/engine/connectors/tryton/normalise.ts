/** Tryton's rows of stock, parcels, returns, products and customers in our words. Pure. */
import { type Decimal, multiply, subtract } from '../../../domain/decimal.ts'
import type { Customer, GoodsReturn, Price, Product, Shipment, StockLevel } from '../../../domain/records.ts'
import { type Instant, parseInstant } from '../../../domain/time.ts'
import { type Stamp, instantOf } from './classes.ts'
import type { CustomerRow, LineTax, ProductRow, ReturnRow, ShipmentRow, StockRow } from './wire.ts'

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
export function provenanceOf(
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

export function creatorOf(row: Sourced): string | null {
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
      taxes: ratedOf(taxes.flatMap(singleTaxes)),
      prices: listPriceOf(template.list_price),
      active: row.active && template.active && template.salable === true,
      tracked: template.type !== 'service' && template.consumable !== true,
      goods: template.type !== 'service',
    },
  ]
}

/** A tax of type none only groups its children. */
export function singleTaxes(tax: LineTax): readonly Omit<LineTax, 'childs.'>[] {
  return tax.type === 'none' ? (tax['childs.'] ?? []) : [tax]
}

/** As they stand on the lines of documents. A fixed amount per unit has no rate: then nothing is said of any. */
function ratedOf(taxes: ReturnType<typeof singleTaxes>): Product['taxes'] {
  const rated = taxes.flatMap(({ name, rate }) => (rate === null ? [] : [{ code: short(name), ratePercent: multiply(rate, '100') }]))
  return rated.length === taxes.length ? rated : null
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
export function short(text: string | null): string | null {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' ? null : trimmed.slice(0, textMax)
}
