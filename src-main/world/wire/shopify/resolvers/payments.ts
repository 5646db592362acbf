/** Payments, refunds and fulfilments of an order, answered from the shop's books. */
import { sum, zero, type Decimal } from '../../../decimal.ts'
import { authorisationsOf, figuresOf, paidAt } from '../../../shop/figures.ts'
import { gid } from '../ids.ts'
import { pageById, pageInPlace, type PageArguments } from '../page.ts'
import { dateTime, dateTimeOrNull, money, moneyBag } from '../scalars.ts'
import { feesOf } from './payouts.ts'
import { cut, type FirstOnly, type Resolvers } from './resolver.ts'
import type { Asking } from '../asking.ts'
import type { LineOf } from './lines.ts'
import type { Fulfillment, Order, Refund, RefundLine, Transaction } from '../../../shop/shop.ts'

export interface TransactionOf {
  readonly order: Order
  readonly transaction: Transaction
}

export interface RefundOf {
  readonly order: Order
  readonly refund: Refund
}

export interface FulfillmentOf {
  readonly order: Order
  readonly fulfillment: Fulfillment
}

function bag<S extends { readonly order: Order }>(amount: (source: S) => Decimal) {
  return (source: S, _args: never, { desk }: Asking) => moneyBag(amount(source), source.order, desk.shop.books.currency)
}

const manualGateways = new Set(['manual', 'cash', 'cash_on_delivery', 'bank_deposit'])

function unsettledOf({ order, transaction }: TransactionOf): Decimal | null {
  return authorisationsOf(order).find((each) => each.transaction.id === transaction.id)?.left ?? null
}

const transactionFields = {
  id: ({ transaction }) => gid('OrderTransaction', transaction.id),
  kind: ({ transaction }) => transaction.kind,
  status: ({ transaction }) => transaction.status,
  test: ({ order }) => order.test,
  gateway: ({ transaction }) => transaction.gateway,
  formattedGateway: ({ transaction }) => transaction.gateway.replaceAll('_', ' '),
  paymentId: ({ transaction }) => transaction.paymentId,
  authorizationCode: ({ transaction }) => transaction.paymentId,
  createdAt: ({ transaction }) => dateTime(transaction.processedAt),
  processedAt: ({ transaction }) => dateTime(transaction.processedAt),
  amountSet: bag<TransactionOf>(({ transaction }) => transaction.amount),
  amountRoundingSet: ({ order, transaction }, _args, { desk }) =>
    transaction.gateway === 'cash' && order.cashRounding !== null
      ? moneyBag(order.cashRounding, order, desk.shop.books.currency)
      : null,
  totalUnsettledSet(source, _args, { desk }) {
    const left = unsettledOf(source)
    return left === null ? null : moneyBag(left, source.order, desk.shop.books.currency)
  },
  errorCode: ({ transaction }) => transaction.errorCode,
  authorizationExpiresAt: ({ transaction }) => dateTimeOrNull(transaction.expiresAt),
  parentTransaction({ order, transaction }) {
    const parent = order.transactions.find((each) => each.id === transaction.parentId)
    return parent === undefined ? null : { order, transaction: parent }
  },
  fees: (source, _args, asking) => feesOf(source, asking),
  manualPaymentGateway: ({ transaction }) => manualGateways.has(transaction.gateway),
  manuallyCapturable: (source) => unsettledOf(source) !== null,
  multiCapturable: (source) => unsettledOf(source) !== null,
} satisfies Resolvers<TransactionOf>

/** A page of some of an order's rows, each with its order. */
function pageOfOrder<K extends string, R extends { readonly id: number }>(
  order: Order,
  name: K,
  rows: readonly R[],
  args: PageArguments,
  asking: Asking,
) {
  return pageById(rows, args, asking, (row) => ({ order, [name]: row }))
}

interface RefundLineOf {
  readonly order: Order
  readonly line: RefundLine
}

const refundFields = {
  id: ({ refund }) => gid('Refund', refund.id),
  legacyResourceId: ({ refund }) => String(refund.id),
  createdAt: ({ refund }) => dateTime(refund.createdAt),
  processedAt: ({ refund }) => dateTime(refund.createdAt),
  updatedAt: ({ refund }) => dateTime(refund.createdAt),
  note: ({ refund }) => refund.note,
  totalRefundedSet: bag<RefundOf>(({ order, refund }) => sum(transactionsOf(order, refund).map((each) => each.amount))),
  refundLineItems: ({ order, refund }: RefundOf, args: PageArguments, asking: Asking) =>
    pageOfOrder(order, 'line', refund.lines, args, asking),
  refundShippingLines: ({ order, refund }: RefundOf, args: PageArguments, asking: Asking) =>
    pageInPlace(refund.shipping === null ? [] : [{ order, refund, ...refund.shipping }], args, asking),
  orderAdjustments: ({ order, refund }: RefundOf, args: PageArguments, asking: Asking) =>
    pageInPlace(
      refund.adjustments.map((adjustment, place) => ({ order, refund, place, ...adjustment })),
      args,
      asking,
    ),
  transactions: ({ order, refund }: RefundOf, args: PageArguments, asking: Asking) =>
    pageOfOrder(order, 'transaction', transactionsOf(order, refund), args, asking),
} satisfies Resolvers<RefundOf>

function transactionsOf(order: Order, refund: Refund): readonly Transaction[] {
  return order.transactions.filter((each) => refund.transactionIds.includes(each.id))
}

interface AmountOf extends RefundOf {
  readonly amount: Decimal
  readonly tax: Decimal
}

const adjustmentReasons: Readonly<Record<string, string>> = {
  customer: 'CUSTOMER',
  damage: 'DAMAGE',
  restock: 'RESTOCK',
  pending: 'PENDING_REFUND_DISCREPANCY',
}

export const paymentResolvers = {
  OrderTransaction: transactionFields,
  Refund: refundFields,
  RefundLineItem: {
    id: ({ line }) => gid('RefundLineItem', line.id),
    lineItem: ({ order, line }) => sourceOf(order, line.lineId),
    location: ({ line }, _args, { desk }) =>
      line.locationId === null ? null : desk.shop.books.locations.get(line.locationId),
    quantity: ({ line }) => line.quantity,
    restocked: ({ line }) => line.restocked,
    restockType: ({ line }) => (line.restocked ? (line.sent ? 'RETURN' : 'CANCEL') : 'NO_RESTOCK'),
    priceSet: bag<RefundLineOf>(({ order, line }) => sourceOf(order, line.lineId)?.line.unitPrice ?? zero),
    subtotalSet: bag<RefundLineOf>(({ line }) => line.subtotal),
    totalTaxSet: bag<RefundLineOf>(({ line }) => line.tax),
  } satisfies Resolvers<RefundLineOf>,
  RefundShippingLine: {
    id: ({ refund }) => gid('RefundShippingLine', refund.id),
    shippingLine: ({ order }) => ({ order, line: order.shipping[0] }),
    subtotalAmountSet: bag<AmountOf>(({ amount }) => amount),
    taxAmountSet: bag<AmountOf>(({ tax }) => tax),
  } satisfies Resolvers<AmountOf>,
  OrderAdjustment: {
    id: ({ refund, place }) => gid('OrderAdjustment', refund.id * 10 + place),
    reason: ({ reason }) => adjustmentReasons[reason.toLowerCase()] ?? 'REFUND_DISCREPANCY',
    amountSet: bag<AmountOf>(({ amount }) => amount),
    taxAmountSet: bag<AmountOf>(({ tax }) => tax),
  } satisfies Resolvers<AmountOf & { readonly place: number; readonly reason: string }>,
  Fulfillment: {
    id: ({ fulfillment }) => gid('Fulfillment', fulfillment.id),
    legacyResourceId: ({ fulfillment }) => String(fulfillment.id),
    name: ({ order, fulfillment }) => `${order.name}-F${order.fulfillments.indexOf(fulfillment) + 1}`,
    status: ({ fulfillment }) => fulfillment.status,
    displayStatus: ({ fulfillment }) => displayStatusOf(fulfillment),
    createdAt: ({ fulfillment }) => dateTime(fulfillment.createdAt),
    updatedAt: ({ fulfillment }) => dateTime(fulfillment.changedAt),
    deliveredAt: ({ fulfillment }) => dateTimeOrNull(fulfillment.deliveredAt),
    inTransitAt: () => null,
    estimatedDeliveryAt: () => null,
    location: ({ fulfillment }, _args, { desk }) => desk.shop.books.locations.get(fulfillment.locationId),
    requiresShipping: () => true,
    totalQuantity: ({ fulfillment }) => fulfillment.lines.reduce((units, line) => units + line.quantity, 0),
    trackingInfo: ({ fulfillment }: FulfillmentOf, args: FirstOnly) =>
      cut(fulfillment.tracking, args).map((each) => ({ ...each, url: null })),
    fulfillmentLineItems: ({ order, fulfillment }: FulfillmentOf, args: PageArguments, asking: Asking) =>
      pageInPlace(
        fulfillment.lines.map((part, place) => ({ order, fulfillment, place, ...part })),
        args,
        asking,
      ),
  } satisfies Resolvers<FulfillmentOf>,
  FulfillmentLineItem: {
    id: ({ fulfillment, place }) => gid('FulfillmentLineItem', fulfillment.id * 100 + place),
    lineItem: ({ order, lineId }) => sourceOf(order, lineId),
    originalTotalSet: bag<PartOf>(({ order, lineId, quantity }) =>
      (sourceOf(order, lineId)?.line.unitPrice ?? zero).times(quantity),
    ),
    discountedTotalSet: bag<PartOf>(({ order, lineId, quantity }) =>
      (sourceOf(order, lineId)?.line.unitPrice ?? zero).times(quantity),
    ),
  } satisfies Resolvers<PartOf>,
  TenderTransaction: {
    id: ({ transaction }) => gid('TenderTransaction', transaction.id),
    amount: ({ order, transaction }) =>
      money(transaction.kind === 'REFUND' ? transaction.amount.negated() : transaction.amount, order.currency),
    paymentMethod: ({ transaction }) =>
      transaction.gateway === 'gift_card'
        ? 'gift_card'
        : manualGateways.has(transaction.gateway)
          ? 'other'
          : 'credit_card',
    processedAt: ({ transaction }) => dateTime(transaction.processedAt),
    remoteReference: ({ transaction }) => transaction.paymentId,
    test: ({ order }) => order.test,
  } satisfies Resolvers<TransactionOf>,
  PaymentTerms: {
    id: ({ order }) => gid('PaymentTerms', order.id),
    due: ({ dueAt }, _args, { at }) => at >= dueAt,
    overdue: ({ dueAt }, _args, { at }) => at > dueAt,
    dueInDays: ({ order, dueAt }) => Math.round((dueAt - order.createdAt) / 86_400_000),
    paymentTermsName: ({ name }) => name,
    translatedName: ({ name }) => name,
    paymentTermsType: ({ name }) => (/^net/i.test(name) ? 'NET' : 'FIXED'),
    paymentSchedules: (terms: TermsOf, args: PageArguments, asking: Asking) => pageInPlace([terms], args, asking),
  } satisfies Resolvers<TermsOf>,
  PaymentSchedule: {
    id: ({ order }) => gid('PaymentSchedule', order.id),
    issuedAt: ({ order }) => dateTime(order.createdAt),
    dueAt: ({ dueAt }) => dateTime(dueAt),
    due: ({ dueAt }, _args, { at }) => at >= dueAt,
    completedAt: ({ order }) => dateTimeOrNull(paidAt(order)),
    balanceDue: ({ order }) => money(figuresOf(order).outstanding, order.currency),
    totalBalance: ({ order }) => money(figuresOf(order).outstanding, order.currency),
    paymentTerms: (terms) => terms,
  } satisfies Resolvers<TermsOf>,
}

interface PartOf extends FulfillmentOf {
  readonly place: number
  readonly lineId: number
  readonly quantity: number
}

interface TermsOf {
  readonly order: Order
  readonly name: string
  readonly dueAt: number
}

function sourceOf(order: Order, lineId: number): LineOf | null {
  const line = order.lines.find((each) => each.id === lineId)
  return line === undefined ? null : { order, line }
}

function displayStatusOf({ status, deliveredAt, tracking }: Fulfillment): string {
  if (status === 'CANCELLED') return 'CANCELED'
  if (status === 'FAILURE') return 'FAILURE'
  if (deliveredAt !== null) return 'DELIVERED'
  return tracking.length > 0 ? 'IN_TRANSIT' : 'FULFILLED'
}
