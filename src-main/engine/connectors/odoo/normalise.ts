/** Odoo's rows of stock, parcels, returns, products and customers in our words. Pure. */
import { type Decimal, add, compare, subtract } from '../../../domain/decimal.ts'
import type { Customer, GoodsReturn, Price, Product, Shipment, StockLevel } from '../../../domain/records.ts'
import { type Stamp, instantOf } from './classes.ts'
import { rateOf, singleTaxes } from './taxes.ts'
import type { CustomerRow, ProductRow, ShipmentRow, StockRow } from './wire.ts'

const textMax = 500

interface Sourced {
  readonly id: string
  readonly create_uid: { readonly id: string } | null
  readonly write_uid: { readonly id: string } | null
}

/**
 * Where a record comes from. What changed last is a part as often as the row itself. Users go by their logins, which
 * people know, and by their numbers where this user may not see who they are.
 */
export function provenanceOf(row: Sourced, changed: Stamp | null, editor?: { readonly login: string } | null) {
  return {
    id: row.id,
    version: changed,
    changedAt: changed === null ? null : instantOf(changed),
    changedBy: short(editor?.login ?? row.write_uid?.id ?? row.create_uid?.id ?? null),
    trace: null,
  }
}

export function shipmentOf(row: ShipmentRow): Shipment {
  const { location, orderIds, picking } = row
  const state = shipmentStateOf(picking.state)
  return {
    kind: 'shipment',
    ...provenanceOf(picking, row.changed),
    number: numberOf(picking.name),
    orderIds,
    state,
    shippedAt: state === 'shipped' ? doneAtOf(row) : null,
    location,
    // Several numbers in one text, as the carriers' modules join them.
    tracking: (picking.carrier_tracking_ref ?? '').split(',').flatMap((text) => short(text) ?? []),
    lines: linesOf(row, state === 'shipped'),
  }
}

/**
 * Goods that come from a customer's place come back, whatever type of operation brings them. Where this user may not see
 * places, what takes back another move does.
 */
export function isReturn({ moves, source }: ShipmentRow): boolean {
  if (source !== null) return source.usage === 'customer'
  return moves.some((move) => move.origin_returned_move_id !== null)
}

/** The moves of a return keep the line of the order that its goods were sold by (sale_stock, 16–19). */
export function returnOf(row: ShipmentRow): GoodsReturn {
  const { location, orderIds, picking } = row
  const state = shipmentStateOf(picking.state)
  return {
    kind: 'return',
    ...provenanceOf(picking, row.changed),
    number: numberOf(picking.name),
    orderIds,
    state: state === 'shipped' || state === 'delivered' ? 'received' : state,
    receivedAt: state === 'shipped' ? doneAtOf(row) : null,
    location,
    lines: linesOf(row, state === 'shipped'),
  }
}

function doneAtOf({ picking }: ShipmentRow): number | null {
  return picking.date_done === null ? null : instantOf(picking.date_done)
}

function linesOf({ moves, orderLines, picking, products }: ShipmentRow, isDone: boolean): Shipment['lines'] {
  const skus = new Map(products.map(({ default_code, id }) => [id, default_code]))
  return moves
    .filter((move) => move.state !== 'cancel' || picking.state === 'cancel')
    .map((move) => ({
      sku: short(skus.get(move.product_id?.id ?? '') ?? null),
      // What went; as long as nothing did, what is to go.
      quantity: (isDone ? (move.quantity ?? move.quantity_done) : null) ?? move.product_uom_qty,
      orderId: orderLines.find(({ id }) => id === move.sale_line_id?.id)?.order_id?.id ?? null,
    }))
}

function shipmentStateOf(state: string): Shipment['state'] {
  switch (state) {
    case 'draft':
    case 'waiting':
    case 'confirmed':
    case 'assigned':
      return 'open'
    case 'done':
      return 'shipped'
    case 'cancel':
      return 'cancelled'
    default:
      return 'unknown'
  }
}

/** Nothing without a code: it is not on sale under any SKU. */
export function stockOf({ levels, product }: StockRow): readonly StockLevel[] {
  const sku = short(product.default_code)
  if (sku === null) return []
  return levels.map(({ changed, location, quantity, reserved }) => ({
    kind: 'stock',
    id: `${sku}@${location}`,
    version: changed,
    changedAt: changed === null ? null : instantOf(changed),
    changedBy: null,
    trace: null,
    sku,
    location,
    onHand: quantity,
    reserved,
    available: subtract(quantity, reserved),
    tracked: isTracked(product),
    backorder: false,
  }))
}

/** Up to 17 storable products are a type of their own; from 18 on goods say so. */
function isTracked({
  is_storable,
  type,
}: {
  readonly type: string
  readonly is_storable: boolean
}): boolean {
  return type === 'product' || is_storable
}

export function productOf(row: ProductRow): readonly Product[] {
  const { changed, editor, packagings, packUnits, product, taxes } = row
  const sku = short(product.default_code)
  if (sku === null) return []
  return [
    {
      kind: 'product',
      ...provenanceOf(product, changed, editor),
      sku,
      barcode: short(product.barcode),
      title: short(product.name) ?? '',
      unit: short(product.uom_id?.label ?? null),
      packSize: packSizeOf(product, packagings, packUnits),
      taxCode: taxes.length === 0 ? null : short(taxes.map(({ name }) => name).join(' + ')),
      taxes: taxesOf(row),
      prices: pricesOf(product, taxes),
      active: product.active && product.sale_ok !== false,
      tracked: isTracked(product),
      goods: product.type !== 'service',
    },
  ]
}

/** As they stand on the lines of documents. A fixed amount or a formula has no rate: then nothing is said of any. */
function taxesOf({ taxes, taxParts }: ProductRow): Product['taxes'] {
  const single = taxes.flatMap(({ id }) => singleTaxes(id, [...taxes, ...taxParts]))
  const isRated = single.every(({ amount_type }) => amount_type === 'percent' || amount_type === 'division')
  return isRated ? single.map((tax) => ({ code: short(tax.name), ratePercent: rateOf(tax) })) : null
}

/** Up to 18 packagings stand under a product, from 19 on units of packs do; which of several is meant nobody says. */
function packSizeOf({ uom_id }: ProductRow['product'], packagings: ProductRow['packagings'], units: ProductRow['packUnits']): Decimal | null {
  const sold = packagings.filter(({ sales }) => sales !== false).map(({ qty }) => qty)
  const ofUnit = units.flatMap((unit) => (unit.relative_uom_id?.id === uom_id?.id ? [unit.relative_factor] : []))
  const sizes = new Set([...sold, ...ofUnit].map((size) => add(size)))
  const [size] = sizes
  return sizes.size === 1 && size !== undefined && compare(size, '0') > 0 ? size : null
}

/** Of the company's own currency, with the tax in it where the product's taxes say so. */
function pricesOf(product: ProductRow['product'], taxes: ProductRow['taxes']): Price[] {
  if (product.lst_price === null) return []
  const taxesIncluded = taxes.some((tax) => tax.price_include)
  return [{ amount: product.lst_price, currency: null, market: null, taxesIncluded }]
}

function countryOf(code: string | null): string | null {
  return code !== null && /^[A-Z]{2}$/.test(code) ? code : null
}

/**
 * Only whom Odoo bills: the addresses and contacts of a company carry its VAT id, and often its e-mail address, and
 * would look like its doubles.
 */
export function customerOf(row: CustomerRow): readonly Customer[] {
  if (row.commercial_partner_id !== null && row.commercial_partner_id.id !== row.id) return []
  return [
    {
      kind: 'customer',
      ...provenanceOf(row, row.write_date ?? row.create_date, row.editor),
      code: short(row.ref),
      email: short(row.email),
      vatId: short(row.vat),
      registration: short(row.company_registry),
      country: countryOf(row.country_code),
      // a company below another: a branch that is billed by itself
      parent: row.parent_id?.id ?? null,
      active: row.active,
    },
  ]
}

/** Empty texts are absence; no text is longer than a record may hold. */
export function short(text: string | null): string | null {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' ? null : trimmed.slice(0, textMax)
}

/** What is a draft has no number yet, which Odoo writes as "/" or "New". */
export function numberOf(name: string | null): string | null {
  const number = short(name)
  return number === '/' || number === 'New' ? null : number
}
