/** Pure: the lines and the shipping of an order of Medusa in our words, and what of them came back. */
import { type Decimal, add, divide, isZero, subtract } from '../../../domain/decimal.ts'
import type { Order, OrderLine, Tax } from '../../../domain/records.ts'
import type { OrderRow, WireLine, WireShipping } from './wire.ts'
import { exact } from './wire.ts'

export function lineOf(line: WireLine, row: OrderRow, taxesIncluded: boolean): OrderLine {
  const quantity = exact(line.raw_quantity, line.quantity)
  return {
    id: line.id,
    sku: line.variant_sku,
    title: line.title.slice(0, 500),
    quantity,
    unit: null,
    unitPrice: unitPriceOf(line, quantity, taxesIncluded),
    discount: discountOf(line, taxesIncluded),
    total: amountOf(line, taxesIncluded),
    taxes: taxesOf(line),
    giftCard: line.is_giftcard,
    bundleOf: null,
    allocations: allocationsOf(line, row),
  }
}

/** Mixed orders are brought to net: there the stated price of an inclusive line is taken apart by its own figures. */
function unitPriceOf(line: WireLine, quantity: Decimal, taxesIncluded: boolean): Decimal {
  if (line.is_tax_inclusive === taxesIncluded) return exact(line.raw_unit_price, line.unit_price)
  return divide(exact(line.raw_subtotal, line.subtotal), quantity)
}

/** `subtotal` is net before discount, `total` gross after it. */
function amountOf(part: WireLine | WireShipping, taxesIncluded: boolean): Decimal {
  if (taxesIncluded) return exact(part.raw_total, part.total)
  return subtract(exact(part.raw_subtotal, part.subtotal), discountOf(part, taxesIncluded))
}

export function discountOf(part: WireLine | WireShipping, taxesIncluded: boolean): Decimal {
  return taxesIncluded
    ? exact(part.raw_discount_total, part.discount_total)
    : exact(part.raw_discount_subtotal, part.discount_subtotal)
}

export function shippingOf(method: WireShipping, taxesIncluded: boolean): Order['shipping'][number] {
  return {
    method: method.name.slice(0, 500),
    price: amountOf(method, taxesIncluded),
    taxes: taxesOf(method),
  }
}

function taxesOf(part: WireLine | WireShipping): Tax[] {
  return part.tax_lines.map((tax) => ({
    code: tax.code,
    ratePercent: exact(tax.raw_rate, tax.rate),
    amount: tax.raw_total?.value ?? tax.total,
    collectedByMarketplace: false,
  }))
}

/** Where the units were sent from, and where the rest is held: by name, one entry a location. */
function allocationsOf(line: WireLine, row: OrderRow): OrderLine['allocations'] {
  const held = row.reservations
    .filter((one) => one.line_item_id === line.id)
    .map((one) => ({ location: one.location_id, quantity: one.quantity }))
  const sent = row.fulfillments
    .filter((one) => one.canceled_at === null)
    .flatMap((one) => one.items.map((packed) => ({ ...packed, location: one.location_id })))
    .filter((packed) => packed.line_item_id === line.id)
    .flatMap(({ location, quantity, raw_quantity: raw }) =>
      location === null ? [] : [{ location, quantity: exact(raw, quantity) }],
    )
  const byName = new Map<string, Decimal>()
  for (const { location, quantity } of [...sent, ...held]) {
    const name = row.location_names[location] ?? location
    byName.set(name, add(byName.get(name) ?? '0', quantity))
  }
  return [...byName].map(([location, quantity]) => ({ location, quantity }))
}

/**
 * Medusa counts on each line what returns brought, and dates it nowhere in the order (medusajs/medusa, order item). Lines
 * without that count, as of a version that does not give it, state nothing.
 */
export function returnsOf(lines: readonly WireLine[]): Order['returns'] {
  const counted = lines.map((line) => ({ line, quantity: returnedOf(line) }))
  if (counted.some(({ quantity }) => quantity === null)) return null
  return counted.flatMap(({ line, quantity }) =>
    quantity === null || isZero(quantity)
      ? []
      : [{ id: line.id, at: null, lines: [{ sku: line.variant_sku, quantity }] }],
  )
}

function returnedOf({ detail }: WireLine): Decimal | null {
  const received = detail?.return_received_quantity ?? null
  if (detail === null || received === null) return null
  return add(
    exact(detail.raw_return_received_quantity, received),
    exact(detail.raw_return_dismissed_quantity, detail.return_dismissed_quantity ?? '0'),
  )
}
