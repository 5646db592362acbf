/** Pure: what was paid and given back. Only transactions that succeeded count; gift cards pay, they are no discount. */
import { type Decimal, add, isZero, negate } from '../../../domain/decimal.ts'
import { toMinor } from '../../../domain/money.ts'
import type { Order, Payment, Refund } from '../../../domain/records.ts'
import type { Instant } from '../../../domain/time.ts'
import type { OrderRow, WireRefund, WireTransaction } from './wire.ts'

type PaymentState = Order['payment']['state']

const states: Readonly<Record<string, PaymentState>> = {
  AUTHORIZED: 'authorised',
  EXPIRED: 'voided',
  PAID: 'captured',
  PARTIALLY_PAID: 'partly-captured',
  PARTIALLY_REFUNDED: 'partly-refunded',
  PENDING: 'pending',
  REFUNDED: 'refunded',
  VOIDED: 'voided',
}

const authorising = new Set(['AUTHORIZATION', 'EMV_AUTHORIZATION'])
const capturing = new Set(['SALE', 'CAPTURE'])

function isGiftCard(one: WireTransaction): boolean {
  return one.gateway === 'gift_card'
}

function at(one: Pick<WireTransaction, 'processedAt'> & { readonly createdAt?: Instant }): Instant {
  return one.processedAt ?? one.createdAt ?? 0
}

function succeeded(row: OrderRow): readonly WireTransaction[] {
  return row.transactions.filter((one) => one.status === 'SUCCESS')
}

/** Change given on cash is taken off what was taken in. */
function captureOf(row: OrderRow, one: WireTransaction): { at: Instant; amount: number }[] {
  if (capturing.has(one.kind)) return [{ at: at(one), amount: minorOf(row, one.amountSet) }]
  return one.kind === 'CHANGE' ? [{ at: at(one), amount: minorOf(row, negate(one.amountSet)) }] : []
}

export function paymentPartOf(row: OrderRow): Order['payment'] {
  const done = succeeded(row)
  const paid = done.filter((one) => !isGiftCard(one))
  const authorised = paid.filter((one) => authorising.has(one.kind)).map(at)
  const cards = done.filter((one) => isGiftCard(one) && capturing.has(one.kind))
  // a payment that waits, such as cash on delivery, names its method before any of it has come
  const first = paid[0] ?? done[0] ?? row.transactions[0]
  return {
    state:
      row.displayFinancialStatus === null
        ? 'none'
        : (states[row.displayFinancialStatus] ?? 'unknown'),
    captures: paid.flatMap((one) => captureOf(row, one)),
    authorisedAt: authorised.length === 0 ? null : Math.min(...authorised),
    method: first?.gateway ?? null,
    gatewayRefs: [
      ...new Set(
        paid.filter((one) => capturing.has(one.kind)).flatMap((one) => one.paymentId ?? []),
      ),
    ],
    giftCardPaid: minorOf(row, add('0', ...cards.map((one) => one.amountSet))),
  }
}

/** One payment an authorisation or direct sale, with the captures that name it as their parent. */
export function paymentsOf(row: OrderRow): readonly Payment[] {
  const done = succeeded(row)
  const known = new Set(done.map((one) => one.id))
  const isRoot = (one: WireTransaction): boolean =>
    (authorising.has(one.kind) || capturing.has(one.kind)) &&
    (one.parentTransaction === null || !known.has(one.parentTransaction.id))
  return done.filter(isRoot).map((root) => {
    const children = done.filter((one) => one.parentTransaction?.id === root.id)
    const voided = children.find((one) => one.kind === 'VOID')
    return {
      kind: 'payment',
      id: root.id,
      version: null,
      changedAt: Math.max(at(root), ...children.map(at)),
      changedBy: null,
      trace: null,
      orderId: row.id,
      method: root.gateway,
      currency: row.currencyCode,
      amount: minorOf(row, root.amountSet),
      authorisedAt: authorising.has(root.kind) ? at(root) : null,
      captures: [root, ...children].flatMap((one) => captureOf(row, one)),
      cancelledAt: voided === undefined ? null : at(voided),
    }
  })
}

/** Money that truly went back; one whose transaction failed or waits has not. */
function givenBack(refund: WireRefund): Decimal {
  const done = refund.transactions.nodes.filter(
    (one) => one.kind === 'REFUND' && one.status === 'SUCCESS',
  )
  return add('0', ...done.map((one) => one.amountSet))
}

function taxOf(refund: WireRefund): Decimal {
  return add(
    '0',
    ...refund.refundLineItems.nodes.map((one) => one.totalTaxSet),
    ...refund.refundShippingLines.nodes.map((one) => one.taxAmountSet),
  )
}

/** Without those that only note what an edit removed. */
function withMoney(row: OrderRow): readonly WireRefund[] {
  return row.refunds.filter((refund) => !isZero(givenBack(refund)))
}

export function refundPartsOf(row: OrderRow): Order['refunds'] {
  return withMoney(row).map((refund) => ({
    id: refund.id,
    at: refund.processedAt,
    amount: minorOf(row, givenBack(refund)),
    tax: taxOf(refund),
    lines: refund.refundLineItems.nodes.map((one) => ({
      sku: one.lineItem.sku,
      quantity: String(one.quantity),
    })),
    reason: null,
  }))
}

/** `totalReceived` leaves it out, and with it what was handed over comes out (CashRoundingAdjustment, 2026-07). */
export function cashRoundingOf(row: OrderRow): Order['cashRounding'] {
  const stated = row.totalCashRoundingAdjustment
  return stated === null ? null : { paid: minorOf(row, stated.paymentSet), refunded: minorOf(row, stated.refundSet) }
}

export function refundsOf(row: OrderRow): readonly Refund[] {
  return withMoney(row).map((refund) => ({
    kind: 'refund',
    id: refund.id,
    version: null,
    changedAt: refund.updatedAt,
    changedBy: null,
    trace: null,
    orderId: row.id,
    paymentId: refund.transactions.nodes[0]?.parentTransaction?.id ?? null,
    at: refund.processedAt,
    currency: row.currencyCode,
    amount: minorOf(row, givenBack(refund)),
    reason: null,
  }))
}

function minorOf(row: Pick<OrderRow, 'currencyCode'>, amount: Decimal): number {
  return toMinor(amount, row.currencyCode)
}
