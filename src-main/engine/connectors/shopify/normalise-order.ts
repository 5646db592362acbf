/** Pure: an order of Shopify in our words. What an edit took off was never owed; what a refund took back was. */
import { type Decimal, add, divide, isZero, multiply, subtract } from '../../../domain/decimal.ts'
import type { DomainRecord, Order, OrderLine, Tax } from '../../../domain/records.ts'
import { marksOf, vatIdOf } from './facts.ts'
import { cashRoundingOf, paymentPartOf, paymentsOf, refundPartsOf, refundsOf } from './money.ts'
import { fulfilmentPartOf, heldAt, shipmentsOf } from './parcels.ts'
import { returnsOf } from './returns.ts'
import { numberOf } from './settings.ts'
import type { OrderRow, WireLine, WireShipping, WireTax } from './wire.ts'

export interface NumberSetting {
  readonly orderNumber: string
}

/** An order row gives the order, its parcels, payments and refunds: each of them moves the order's `updatedAt`. */
export function orderRecords(row: OrderRow, settings: NumberSetting): readonly DomainRecord[] {
  return [orderOf(row, settings), ...shipmentsOf(row), ...paymentsOf(row), ...refundsOf(row)]
}

function orderOf(row: OrderRow, settings: NumberSetting): Order {
  const lines = row.lineItems.nodes.flatMap((line) => lineOf(line, row))
  const shipping = row.shippingLines.nodes.filter((line) => !line.isRemoved)
  return {
    kind: 'order',
    id: row.id,
    version: null,
    changedAt: row.updatedAt,
    changedBy: null,
    trace: null,
    number: numberOf(row, settings.orderNumber),
    store: null,
    placedAt: row.processedAt,
    channel: row.sourceName,
    currency: row.currencyCode,
    taxesIncluded: row.taxesIncluded,
    market: {
      country: countryOf(row.shippingAddress?.countryCodeV2 ?? null),
      region: row.shippingAddress?.provinceCode ?? null,
    },
    lines,
    shipping: shipping.map(shippingOf),
    totals: totalsOf(row, lines, shipping),
    payment: paymentPartOf(row),
    refunds: refundPartsOf(row),
    cashRounding: cashRoundingOf(row),
    returns: returnsOf(row),
    cancelledAt: row.cancelledAt,
    cancelReason: row.cancelReason?.toLowerCase() ?? null,
    fulfilment: fulfilmentPartOf(row),
    customer: {
      id: row.customer?.id ?? null,
      email: row.email,
      vatId: vatIdOf(row),
      taxExempt: row.taxExempt,
    },
    test: row.test,
    marks: marksOf(row, settings.orderNumber),
    discountCodes: row.discountCodes,
    promisedAt: row.promisedAt,
  }
}

/**
 * Units as agreed: `quantity` counts the removed ones too and `currentQuantity` leaves out the refunded ones
 * (LineItem, 2026-07). A refund that gave no money back is how Shopify notes a removal. A cancelled order keeps what it
 * was for.
 */
export function agreedUnits(line: WireLine, row: OrderRow): number {
  if (row.cancelledAt !== null) return line.quantity
  const refunded = row.refunds
    .filter((refund) => !isZero(refund.totalRefundedSet))
    .flatMap((refund) => refund.refundLineItems.nodes)
    .filter((one) => one.lineItem.id === line.id)
    .reduce((sum, one) => sum + one.quantity, 0)
  return Math.min(line.quantity, line.currentQuantity + refunded)
}

function lineOf(line: WireLine, row: OrderRow): OrderLine[] {
  const units = agreedUnits(line, row)
  if (units === 0) return []
  const share = (figure: Decimal): Decimal => shareOf(figure, units, line.quantity)
  const discount = share(add('0', ...line.discountAllocations.map((one) => one.allocatedAmountSet)))
  return [
    {
      id: line.id,
      sku: line.sku === '' ? null : line.sku,
      title: line.name.slice(0, 500),
      quantity: String(units),
      unit: null,
      unitPrice: line.originalUnitPriceSet,
      discount,
      total: subtract(multiply(line.originalUnitPriceSet, String(units)), discount),
      taxes: line.taxLines.map((tax) => taxOf(tax, share)),
      giftCard: line.isGiftCard,
      bundleOf: line.lineItemGroup?.variantSku ?? line.lineItemGroup?.id ?? null,
      allocations: heldAt(line.id, row),
    },
  ]
}

/** Discounts and taxes of a line are stated for all its units, removed ones included. */
function shareOf(figure: Decimal, units: number, of: number): Decimal {
  return units === of ? figure : divide(multiply(figure, String(units)), String(of))
}

function shippingOf(line: WireShipping): Order['shipping'][number] {
  return {
    method: line.title.slice(0, 500),
    price: line.discountedPriceSet,
    taxes: line.taxLines.map((tax) => taxOf(tax, (figure) => figure)),
  }
}

function taxOf(tax: WireTax, share: (figure: Decimal) => Decimal): Tax {
  return {
    code: tax.title.slice(0, 500),
    ratePercent: tax.ratePercentage ?? multiply(tax.rate ?? '0', '100'),
    amount: share(tax.priceSet),
    // null means that nobody knows who is liable: then it is ours
    collectedByMarketplace: tax.channelLiable === true,
  }
}

function totalsOf(
  row: OrderRow,
  lines: readonly OrderLine[],
  shipping: readonly WireShipping[],
): Order['totals'] {
  const sums = {
    lines: add('0', ...lines.map((line) => line.total)),
    discount: add(
      '0',
      ...lines.map((line) => line.discount),
      ...shipping.map((line) => subtract(line.originalPriceSet, line.discountedPriceSet)),
    ),
    shipping: add('0', ...shipping.map((line) => line.discountedPriceSet)),
  }
  return { ...sums, ...agreedTotals(row, lines, shipping, add(sums.lines, sums.shipping)) }
}

/**
 * Shopify states the totals before returns with everything that was ever on the order, and those of now without what was
 * returned. Where both an edit and a refund have changed it, neither is what was agreed, and the lines are added up.
 */
function agreedTotals(
  row: OrderRow,
  lines: readonly OrderLine[],
  shipping: readonly WireShipping[],
  bare: Decimal,
): { readonly tax: Decimal; readonly total: Decimal } {
  const edited = row.lineItems.nodes.some((line) => agreedUnits(line, row) !== line.quantity)
  if (!edited) return { tax: row.totalTaxSet ?? '0', total: row.totalPriceSet }
  const refunded = row.refunds.some((refund) => !isZero(refund.totalRefundedSet))
  if (!refunded) return { tax: row.currentTotalTaxSet, total: row.currentTotalPriceSet }
  const taxes = [
    ...lines.flatMap((line) => line.taxes.flatMap((tax) => tax.amount ?? [])),
    ...shipping.flatMap((line) => line.taxLines.map((tax) => tax.priceSet)),
  ]
  const tax = add('0', ...taxes)
  return { tax, total: row.taxesIncluded ? bare : add(bare, tax) }
}

function countryOf(code: string | null): string | null {
  return code !== null && /^[A-Z]{2}$/.test(code) ? code : null
}
