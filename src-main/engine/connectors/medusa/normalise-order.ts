/** Pure: an order of Medusa in our words. Amounts are major units, unrounded; what refunds lowered is put back. */
import { add, isZero } from '../../../domain/decimal.ts'
import { toMinor } from '../../../domain/money.ts'
import type { DomainRecord, Order, Refund, Shipment } from '../../../domain/records.ts'
import type { Instant } from '../../../domain/time.ts'
import { discountOf, lineOf, returnsOf, shippingOf } from './normalise-lines.ts'
import { numberOf, statedNumber } from './number.ts'
import type { OrderRow, PaymentRow, WireFulfilment } from './wire.ts'
import { exact } from './wire.ts'

export interface NumberSetting {
  readonly orderNumber: string
}

type PaymentState = Order['payment']['state']
type FulfilmentState = Order['fulfilment']['state']

/** `payment_status` is computed by Medusa from all payment collections (core-flows, aggregate-status). */
const paymentStates: Readonly<Record<string, PaymentState>> = {
  not_paid: 'none',
  awaiting: 'pending',
  requires_action: 'pending',
  partially_authorized: 'pending',
  authorized: 'authorised',
  partially_captured: 'partly-captured',
  captured: 'captured',
  partially_refunded: 'partly-refunded',
  refunded: 'refunded',
  canceled: 'voided',
}

/** What Medusa calls fulfilled is only packed: nothing has left yet. */
const fulfilmentStates: Readonly<Record<string, FulfilmentState>> = {
  not_fulfilled: 'none',
  partially_fulfilled: 'none',
  fulfilled: 'none',
  partially_shipped: 'partly',
  shipped: 'shipped',
  partially_delivered: 'partly',
  delivered: 'delivered',
  canceled: 'cancelled',
}

/** An order row gives the order, its fulfilments and its refunds: all three move the order's `updated_at`. */
export function orderRecords(row: OrderRow, settings: NumberSetting): readonly DomainRecord[] {
  return [
    orderOf(row, settings),
    ...row.fulfillments.map((one) => shipmentOf(one, row)),
    ...refundsOf(row),
  ]
}

function orderOf(row: OrderRow, settings: NumberSetting): Order {
  const lines = row.items.filter((line) => !isZero(exact(line.raw_quantity, line.quantity)))
  const taxesIncluded = [...lines, ...row.shipping_methods].every((part) => part.is_tax_inclusive)
  const orderLines = lines.map((line) => lineOf(line, row, taxesIncluded))
  const parts = [...lines, ...row.shipping_methods]
  const shipping = row.shipping_methods.map((method) => shippingOf(method, taxesIncluded))
  return {
    kind: 'order',
    id: row.id,
    version: String(row.version),
    changedAt: row.updated_at,
    changedBy: null,
    trace: null,
    number: numberOf(row, settings.orderNumber),
    store: null,
    placedAt: row.created_at,
    channel: row.sales_channel?.name ?? row.sales_channel_id,
    currency: row.currency_code.toUpperCase(),
    taxesIncluded,
    market: {
      country: countryOf(row.shipping_address?.country_code ?? null),
      region: row.shipping_address?.province ?? null,
    },
    lines: orderLines,
    shipping,
    // Not `total`: credit lines of refunds lower it, to 0 for an order that is refunded whole.
    totals: {
      lines: add('0', ...orderLines.map((line) => line.total)),
      discount: add('0', ...parts.map((part) => discountOf(part, taxesIncluded))),
      shipping: add('0', ...shipping.map((method) => method.price)),
      tax: add('0', ...parts.map((part) => exact(part.raw_tax_total, part.tax_total))),
      total: add('0', ...parts.map((part) => exact(part.raw_total, part.total))),
    },
    payment: paymentPartOf(row),
    refunds: refundsOf(row).map((refund) => ({
      id: refund.id,
      at: refund.at,
      amount: refund.amount,
      tax: null,
      lines: [],
      reason: refund.reason,
    })),
    cashRounding: null,
    returns: returnsOf(lines),
    cancelledAt: row.canceled_at ?? (row.status === 'canceled' ? row.updated_at : null),
    cancelReason: null,
    fulfilment: fulfilmentPartOf(row),
    customer: { id: row.customer_id, email: row.email, vatId: null, taxExempt: null },
    test: false,
    marks: marksOf(row, settings),
    discountCodes: [...new Set(parts.flatMap((part) => part.adjustments.flatMap(({ code }) => code ?? [])))],
    promisedAt: null,
  }
}

function paymentPartOf(row: OrderRow): Order['payment'] {
  const payments = row.payment_collections.flatMap((collection) => collection.payments)
  const live = payments.filter((payment) => payment.canceled_at === null)
  const first = live[0] ?? payments[0]
  return {
    state: paymentStates[row.payment_status] ?? 'unknown',
    captures: payments.flatMap((payment) => capturesOf(payment)),
    authorisedAt: live.length === 0 ? null : Math.min(...live.map((payment) => payment.created_at)),
    method: first?.provider_id ?? null,
    gatewayRefs: payments.flatMap((payment) => payment.data?.id ?? []),
    giftCardPaid: giftCardPaidOf(row),
  }
}

/** Medusa has gift cards and store credit only as credit lines of an extension; those of refunds name the payment collection. */
function giftCardPaidOf(row: OrderRow): number {
  const paid = row.credit_lines
    .filter((credit) => /gift|store.?credit|loyalty/i.test(credit.reference ?? ''))
    .map((credit) => exact(credit.raw_amount, credit.amount))
  return toMinor(add('0', ...paid), row.currency_code.toUpperCase())
}

export function capturesOf(
  payment: Pick<PaymentRow, 'captures' | 'currency_code'>,
): { at: Instant; amount: number }[] {
  return payment.captures.map((capture) => ({
    at: capture.created_at,
    amount: toMinor(exact(capture.raw_amount, capture.amount), payment.currency_code.toUpperCase()),
  }))
}

function refundsOf(row: OrderRow): readonly Refund[] {
  return row.payment_collections
    .flatMap((collection) => collection.payments)
    .flatMap((payment) =>
      payment.refunds.map((refund) => ({
        kind: 'refund' as const,
        id: refund.id,
        version: null,
        changedAt: refund.updated_at ?? refund.created_at,
        changedBy: null,
        trace: null,
        orderId: row.id,
        paymentId: payment.id,
        at: refund.created_at,
        currency: payment.currency_code.toUpperCase(),
        amount: toMinor(
          exact(refund.raw_amount, refund.amount),
          payment.currency_code.toUpperCase(),
        ),
        reason: refund.refund_reason?.label ?? null,
      })),
    )
}

function fulfilmentPartOf(row: OrderRow): Order['fulfilment'] {
  const live = row.fulfillments.filter((one) => one.canceled_at === null)
  const shipped = live.flatMap((one) => one.shipped_at ?? [])
  return {
    state: fulfilmentStates[row.fulfillment_status] ?? 'unknown',
    shippedAt: shipped.length === 0 ? null : Math.max(...shipped),
    tracking: live.flatMap(trackingOf),
  }
}

function shipmentOf(one: WireFulfilment, row: OrderRow): Shipment {
  return {
    kind: 'shipment',
    id: one.id,
    version: null,
    changedAt: one.updated_at,
    changedBy: null,
    trace: null,
    number: null,
    orderIds: [row.id],
    state: shipmentState(one),
    shippedAt: one.shipped_at,
    location:
      one.location_id === null ? null : (row.location_names[one.location_id] ?? one.location_id),
    tracking: trackingOf(one),
    lines: one.items.map((packed) => ({
      sku: packed.sku,
      quantity: exact(packed.raw_quantity, packed.quantity),
      orderId: row.id,
    })),
  }
}

function shipmentState(one: WireFulfilment): Shipment['state'] {
  if (one.canceled_at !== null) return 'cancelled'
  if (one.delivered_at !== null) return 'delivered'
  return one.shipped_at === null ? 'open' : 'shipped'
}

function trackingOf(one: WireFulfilment): string[] {
  return one.labels.flatMap((label) =>
    label.tracking_number === null || label.tracking_number === '' ? [] : [label.tracking_number],
  )
}

/** Medusa's `fr` to `FR`; anything that is not two letters is no country. */
function countryOf(code: string | null): string | null {
  return code !== null && /^[a-z]{2}$/i.test(code) ? code.toUpperCase() : null
}

/** Metadata may hold anything, so only values that look like a tag are taken: short, one word, no address. */
function marksOf(row: OrderRow, settings: NumberSetting): string[] {
  const tags = Object.entries(row.metadata ?? {}).flatMap(([key, value]) => {
    const text = typeof value === 'boolean' ? String(value) : value
    return typeof text === 'string' && isTag(text) && key.length <= 60
      ? [`metadata.${key}=${text}`]
      : []
  })
  const missing =
    statedNumber(row, settings.orderNumber) === null
      ? [`number-missing:${settings.orderNumber}`]
      : []
  return [...tags.slice(0, 20), ...missing]
}

/** Long rows of digits are left out: they may be a telephone's or a card's. */
function isTag(text: string): boolean {
  return /^[\w.:#/-]{1,40}$/.test(text) && !/\d{9}/.test(text)
}
