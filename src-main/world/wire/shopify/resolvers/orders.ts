/** Orders, answered from the shop's books. */
import { booked, sum, zero, type Decimal } from '../../../decimal.ts'
import { financialStatusOf, fulfillmentStatusOf, type OrderFigures } from '../../../shop/figures.ts'
import { unsentOf } from '../../../shop/units.ts'
import { figuresFor, type Asking } from '../asking.ts'
import { gid } from '../ids.ts'
import { pageById, pageInPlace, type PageArguments } from '../page.ts'
import { dateTime, dateTimeOrNull, moneyBag, price } from '../scalars.ts'
import { isScheduled, workOf } from './fulfillment-orders.ts'
import { applicationsOf, cartDiscountsOf, codesOf } from './discounts.ts'
import { addressOf, buyerOf, localizedFieldsOf } from './buyers.ts'
import { metafieldResolvers } from './owners.ts'
import { returnFields } from './returns.ts'
import { currentTaxesOf, taxesOf } from './taxes.ts'
import { cut, type FirstOnly, type Resolvers } from './resolver.ts'
import type { Order } from '../../../shop/shop.ts'

function bag(amount: (figures: OrderFigures, order: Order) => Decimal) {
  return (order: Order, _args: never, asking: Asking) => bagOf(amount(figuresFor(order, asking), order), order, asking)
}

function bagOf(amount: Decimal, order: Order, { desk }: Asking) {
  return moneyBag(amount, order, desk.shop.books.currency)
}

const figures = {
  originalTotalPriceSet: bag((_figures, order) => order.originalTotal),
  totalPriceSet: bag(({ total }) => total),
  currentTotalPriceSet: bag(({ currentTotal }) => currentTotal),
  subtotalPriceSet: bag(({ subtotal }) => subtotal),
  currentSubtotalPriceSet: bag(({ currentSubtotal }) => currentSubtotal),
  totalTaxSet: bag(({ tax }) => tax),
  currentTotalTaxSet: bag(({ currentTax }) => currentTax),
  totalDiscountsSet: bag(({ discounts }) => discounts),
  currentTotalDiscountsSet: bag((_figures, order) => currentDiscountsOf(order)),
  cartDiscountAmountSet: bag((_figures, order) => cartDiscountsOf(order)),
  currentCartDiscountAmountSet: bag((_figures, order) => cartDiscountsOf(order)),
  totalShippingPriceSet: bag(({ shipping }) => shipping),
  currentShippingPriceSet: bag(({ currentShipping }) => currentShipping),
  totalTipReceivedSet: bag(() => zero),
  totalReceivedSet: bag(({ received }) => received),
  totalOutstandingSet: bag(({ outstanding }) => outstanding),
  totalCapturableSet: bag(({ capturable }) => capturable),
  netPaymentSet: bag(({ received, refunded }) => received.minus(refunded)),
  totalRefundedSet: bag(({ refunded }) => refunded),
  totalRefundedShippingSet: bag(({ shipping, currentShipping }) => shipping.minus(currentShipping)),
  refundDiscrepancySet: bag((_figures, order) =>
    sum(order.refunds.flatMap((refund) => refund.adjustments.map((each) => each.amount))),
  ),
  currentTotalDutiesSet: () => null,
  originalTotalDutiesSet: () => null,
  currentTotalAdditionalFeesSet: () => null,
  originalTotalAdditionalFeesSet: () => null,
  totalCashRoundingAdjustment: (order: Order, _args: never, asking: Asking) => ({
    paymentSet: bagOf(order.cashRounding ?? zero, order, asking),
    refundSet: bagOf(zero, order, asking),
  }),
  totalPrice: (order, _args, asking) => price(figuresFor(order, asking).total, order.currency),
  totalTax: (order, _args, asking) => price(figuresFor(order, asking).tax, order.currency),
  totalReceived: (order, _args, asking) => price(figuresFor(order, asking).received, order.currency),
  totalRefunded: (order, _args, asking) => price(figuresFor(order, asking).refunded, order.currency),
  netPayment: (order, _args, asking) =>
    price(figuresFor(order, asking).received.minus(figuresFor(order, asking).refunded), order.currency),
} satisfies Resolvers<Order>

const states = {
  closed: (order) => order.closedAt !== null,
  confirmed: () => true,
  displayFinancialStatus: (order, _args, asking) => financialStatusOf(order, figuresFor(order, asking)),
  displayFulfillmentStatus: (order, _args, { at }) =>
    isScheduled(order, at) ? 'SCHEDULED' : fulfillmentStatusOf(order),
  fullyPaid: (order, _args, asking) => !figuresFor(order, asking).outstanding.greaterThan(0),
  unpaid: (order, _args, asking) => figuresFor(order, asking).received.isZero(),
  capturable: (order, _args, asking) => figuresFor(order, asking).capturable.greaterThan(0),
  refundable: (order, _args, asking) =>
    figuresFor(order, asking).received.greaterThan(figuresFor(order, asking).refunded),
  restockable: (order) => order.lines.some((line) => line.requiresShipping && line.currentQuantity > 0),
  fulfillable: (order) => order.cancelledAt === null && order.lines.some((line) => unsentOf(order, line) > 0),
  requiresShipping: (order) => order.lines.some((line) => line.requiresShipping),
  canMarkAsPaid: (order, _args, asking) =>
    order.cancelledAt === null && figuresFor(order, asking).outstanding.greaterThan(0),
  estimatedTaxes: () => false,
  dutiesIncluded: () => false,
  merchantEditable: (order) => order.cancelledAt === null,
  merchantEditableErrors: (order) => (order.cancelledAt === null ? [] : ['The order is canceled and can’t be edited']),
} satisfies Resolvers<Order>

const nested = {
  lineItems: (order: Order, args: PageArguments, asking: Asking) =>
    pageById(order.lines, args, asking, (line) => ({ order, line })),
  shippingLine: (order) => (order.shipping[0] === undefined ? null : { order, line: order.shipping[0] }),
  shippingLines: (order: Order, args: PageArguments, asking: Asking) =>
    pageById(order.shipping, args, asking, (line) => ({ order, line })),
  transactions(order: Order, args: FirstOnly & { readonly capturable?: boolean | null }, asking: Asking) {
    const open = (id: number): boolean => order.transactions.every((each) => each.parentId !== id)
    const wanted =
      args.capturable === true && figuresFor(order, asking).capturable.greaterThan(0)
        ? order.transactions.filter((each) => each.kind === 'AUTHORIZATION' && open(each.id))
        : order.transactions
    return cut(wanted, args).map((transaction) => ({ order, transaction }))
  },
  transactionsCount: (order) => ({ count: order.transactions.length, precision: 'EXACT' }),
  ...returnFields,
  refunds: (order: Order, args: FirstOnly) => cut(order.refunds, args).map((refund) => ({ order, refund })),
  fulfillments: (order: Order, args: FirstOnly) =>
    cut(order.fulfillments, args).map((fulfillment) => ({ order, fulfillment })),
  fulfillmentOrders: (order: Order, args: PageArguments, asking: Asking) => pageInPlace(workOf(order), args, asking),
  fulfillmentsCount: (order) => ({ count: order.fulfillments.length, precision: 'EXACT' }),
  taxLines: taxesOf,
  currentTaxLines: currentTaxesOf,
  discountCode: (order) => codesOf(order)[0] ?? null,
  discountCodes: codesOf,
  discountApplications: (order: Order, args: PageArguments, asking: Asking) =>
    pageInPlace(applicationsOf(order), args, asking),
  paymentGatewayNames: (order) => [...new Set(order.transactions.map((each) => each.gateway))],
  paymentTerms: (order) => (order.paymentTerms === null ? null : { order, ...order.paymentTerms }),
  cancellation: (order) => (order.cancelledAt === null ? null : { staffNote: null }),
  localizedFields: (
    order: Order,
    args: PageArguments & { readonly purposes?: readonly string[] | null },
    asking: Asking,
  ) => pageInPlace(args.purposes?.includes('TAX') === false ? [] : localizedFieldsOf(order, asking), args, asking),
  retailLocation: (order, _args, asking) =>
    order.source === 'pos' ? asking.desk.shop.books.locations.get(order.lines[0]?.locationId ?? 0) : null,
} satisfies Resolvers<Order>

const buyers = {
  email: (order, _args, { desk }) => (desk.customerData ? order.email : null),
  phone: () => null,
  customerLocale: () => 'en',
  customer: (order, _args, { desk }) =>
    order.customerId === null ? null : desk.shop.books.customers.get(order.customerId),
  purchasingEntity: buyerOf,
  billingAddress: addressOf,
  shippingAddress: addressOf,
  displayAddress: addressOf,
  billingAddressMatchesShippingAddress: () => true,
} satisfies Resolvers<Order>

export const orderResolvers = {
  Order: {
    id: (order) => gid('Order', order.id),
    legacyResourceId: (order) => String(order.id),
    confirmationNumber: (order) => order.id.toString(36).toUpperCase(),
    sourceName: (order) => order.source,
    sourceIdentifier: () => null,
    createdAt: (order) => dateTime(order.createdAt),
    processedAt: (order) => dateTime(order.processedAt),
    updatedAt: (order) => dateTime(order.changedAt),
    cancelledAt: (order) => dateTimeOrNull(order.cancelledAt),
    closedAt: (order) => dateTimeOrNull(order.closedAt),
    tags: (order) => order.tags.toSorted(),
    currencyCode: (_order, _args, { desk }) => desk.shop.books.currency,
    presentmentCurrencyCode: (order) => order.currency,
    customAttributes: (order) => order.attributes,
    subtotalLineItemsQuantity: (order) => units(order, (line) => line.quantity),
    currentSubtotalLineItemsQuantity: (order) => units(order, (line) => line.currentQuantity),
    totalWeight: () => '0',
    currentTotalWeight: () => '0',
    ...figures,
    ...states,
    ...nested,
    ...buyers,
    ...metafieldResolvers((order: Order) => gid('Order', order.id)),
  } satisfies Resolvers<Order>,
}

function units(order: Order, of: (line: Order['lines'][number]) => number): number {
  return order.lines.filter((line) => !line.giftCard).reduce((total, line) => total + of(line), 0)
}

function currentDiscountsOf(order: Order): Decimal {
  return sum(
    order.lines.map((line) => {
      const whole = sum(line.discounts.map((each) => each.amount))
      return booked(whole.times(line.currentQuantity).div(line.quantity), order.currency)
    }),
  )
}
