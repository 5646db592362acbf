/** Payments, refunds and fulfilments, of Shopify's Admin schema 2026-07 as far as the simulated shop answers it. */
export const payments = `
type PaymentTerms implements Node {
  due: Boolean!
  dueInDays: Int
  id: ID!
  order: Order
  overdue: Boolean!
  paymentSchedules(
    after: String, before: String, first: Int, last: Int, reverse: Boolean = false
  ): PaymentScheduleConnection!
  paymentTermsName: String!
  paymentTermsType: PaymentTermsType!
  translatedName: String!
}

type PaymentSchedule implements Node {
  balanceDue: MoneyV2!
  completedAt: DateTime
  due: Boolean!
  dueAt: DateTime
  id: ID!
  issuedAt: DateTime
  paymentTerms: PaymentTerms!
  totalBalance: MoneyV2!
}
enum PaymentTermsType { FIXED FULFILLMENT NET RECEIPT UNKNOWN }

type OrderTransaction implements Node {
  amountRoundingSet: MoneyBag
  amountSet: MoneyBag!
  authorizationCode: String @deprecated
  authorizationExpiresAt: DateTime
  createdAt: DateTime!
  errorCode: OrderTransactionErrorCode
  fees: [TransactionFee!]!
  formattedGateway: String
  gateway: String
  id: ID!
  kind: OrderTransactionKind!
  manualPaymentGateway: Boolean!
  manuallyCapturable: Boolean!
  multiCapturable: Boolean!
  order: Order
  parentTransaction: OrderTransaction
  paymentId: String
  processedAt: DateTime
  status: OrderTransactionStatus!
  test: Boolean!
  totalUnsettledSet: MoneyBag
}
enum OrderTransactionKind { AUTHORIZATION CAPTURE CHANGE EMV_AUTHORIZATION REFUND SALE SUGGESTED_REFUND VOID }
enum OrderTransactionStatus { AWAITING_RESPONSE ERROR FAILURE PENDING SUCCESS UNKNOWN }
enum OrderTransactionErrorCode {
  AMAZON_PAYMENTS_INVALID_PAYMENT_METHOD AMAZON_PAYMENTS_MAX_AMOUNT_CHARGED AMAZON_PAYMENTS_MAX_AMOUNT_REFUNDED
  AMAZON_PAYMENTS_MAX_AUTHORIZATIONS_CAPTURED AMAZON_PAYMENTS_MAX_REFUNDS_PROCESSED
  AMAZON_PAYMENTS_ORDER_REFERENCE_CANCELED AMAZON_PAYMENTS_STALE AMOUNT_TOO_LARGE AMOUNT_TOO_SMALL
  AUTHENTICATION_FAILED AUTHENTICATION_REQUIRED AUTHORIZATION_EXPIRED CALL_ISSUER CANCELLED_PAYMENT CARD_DECLINED
  CARD_TESTING CONFIG_ERROR DO_NOT_HONOR EXPIRED_CARD FRAUD_SUSPECTED GENERIC_ERROR INCORRECT_ADDRESS INCORRECT_CVC
  INCORRECT_NUMBER INCORRECT_PIN INCORRECT_ZIP INSTRUMENT_DECLINED INSUFFICIENT_FUNDS INVALID_AMOUNT INVALID_COUNTRY
  INVALID_CURRENCY INVALID_CVC INVALID_EXPIRY_DATE INVALID_NUMBER INVALID_PAYMENT_METHOD INVALID_PURCHASE_TYPE
  MERCHANT_ACCOUNT_ERROR MERCHANT_RULE PAYMENT_METHOD_UNAVAILABLE PAYMENT_METHOD_UNSUPPORTED PAYMENT_PROVIDER_ERROR
  PICK_UP_CARD PROCESSING_ERROR RETRY_DECLINED TEST_MODE_LIVE_CARD TRANSACTION_LIMIT_EXCEEDED UNSUPPORTED_FEATURE
}

type TransactionFee implements Node {
  amount: MoneyV2!
  flatFee: MoneyV2!
  flatFeeName: String
  id: ID!
  rate: Decimal!
  rateName: String
  taxAmount: MoneyV2!
  type: String!
}

type TenderTransaction implements Node {
  amount: MoneyV2!
  id: ID!
  order: Order
  paymentMethod: String
  processedAt: DateTime
  remoteReference: String
  test: Boolean!
}

type Refund implements LegacyInteroperability & Node {
  createdAt: DateTime
  id: ID!
  legacyResourceId: UnsignedInt64!
  note: String
  order: Order!
  orderAdjustments(
    after: String, before: String, first: Int, last: Int, reverse: Boolean = false
  ): OrderAdjustmentConnection!
  processedAt: DateTime!
  refundLineItems(
    after: String, before: String, first: Int, last: Int, reverse: Boolean = false
  ): RefundLineItemConnection!
  refundShippingLines(
    after: String, before: String, first: Int, last: Int, reverse: Boolean = false
  ): RefundShippingLineConnection!
  totalRefundedSet: MoneyBag!
  transactions(
    after: String, before: String, first: Int, last: Int, reverse: Boolean = false
  ): OrderTransactionConnection!
  updatedAt: DateTime!
}

type RefundLineItem {
  id: ID
  lineItem: LineItem!
  location: Location
  priceSet: MoneyBag!
  quantity: Int!
  restockType: RefundLineItemRestockType!
  restocked: Boolean!
  subtotalSet: MoneyBag!
  totalTaxSet: MoneyBag!
}
enum RefundLineItemRestockType { CANCEL LEGACY_RESTOCK NO_RESTOCK RETURN }

type RefundShippingLine implements Node {
  id: ID!
  shippingLine: ShippingLine!
  subtotalAmountSet: MoneyBag!
  taxAmountSet: MoneyBag!
}

type OrderAdjustment implements Node {
  amountSet: MoneyBag!
  id: ID!
  reason: OrderAdjustmentDiscrepancyReason
  taxAmountSet: MoneyBag!
}
enum OrderAdjustmentDiscrepancyReason {
  CUSTOMER DAMAGE FULL_RETURN_BALANCING_ADJUSTMENT PENDING_REFUND_DISCREPANCY REFUND_DISCREPANCY RESTOCK
}

type Fulfillment implements LegacyInteroperability & Node {
  createdAt: DateTime!
  deliveredAt: DateTime
  displayStatus: FulfillmentDisplayStatus
  estimatedDeliveryAt: DateTime
  fulfillmentLineItems(
    after: String, before: String, first: Int, last: Int, reverse: Boolean = false
  ): FulfillmentLineItemConnection!
  id: ID!
  inTransitAt: DateTime
  legacyResourceId: UnsignedInt64!
  location: Location
  name: String!
  order: Order!
  requiresShipping: Boolean!
  status: FulfillmentStatus!
  totalQuantity: Int!
  trackingInfo(first: Int): [FulfillmentTrackingInfo!]!
  updatedAt: DateTime!
}
enum FulfillmentStatus { CANCELLED ERROR FAILURE OPEN PENDING SUCCESS }
enum FulfillmentDisplayStatus {
  ATTEMPTED_DELIVERY CANCELED CARRIER_PICKED_UP CONFIRMED DELAYED DELIVERED FAILURE FULFILLED IN_TRANSIT LABEL_PRINTED
  LABEL_PURCHASED LABEL_VOIDED MARKED_AS_FULFILLED NOT_DELIVERED OUT_FOR_DELIVERY PICKED_UP READY_FOR_PICKUP SUBMITTED
}

type FulfillmentOrder implements Node {
  assignedLocation: FulfillmentOrderAssignedLocation!
  createdAt: DateTime!
  fulfillAt: DateTime
  fulfillBy: DateTime
  id: ID!
  lineItems(
    after: String, before: String, first: Int, last: Int, reverse: Boolean = false
  ): FulfillmentOrderLineItemConnection!
  order: Order!
  orderId: ID!
  orderName: String!
  orderProcessedAt: DateTime!
  requestStatus: FulfillmentOrderRequestStatus!
  status: FulfillmentOrderStatus!
  updatedAt: DateTime!
}
enum FulfillmentOrderStatus { CANCELLED CLOSED INCOMPLETE IN_PROGRESS ON_HOLD OPEN SCHEDULED }
enum FulfillmentOrderRequestStatus {
  ACCEPTED CANCELLATION_ACCEPTED CANCELLATION_REJECTED CANCELLATION_REQUESTED CLOSED REJECTED SUBMITTED UNSUBMITTED
}

type FulfillmentOrderAssignedLocation {
  location: Location
  name: String!
}

type FulfillmentOrderLineItem implements Node {
  id: ID!
  inventoryItemId: ID
  lineItem: LineItem!
  productTitle: String!
  remainingQuantity: Int!
  requiresShipping: Boolean!
  sku: String
  totalQuantity: Int!
}

type FulfillmentLineItem implements Node {
  discountedTotalSet: MoneyBag!
  id: ID!
  lineItem: LineItem!
  originalTotalSet: MoneyBag!
  quantity: Int
}

type FulfillmentTrackingInfo {
  company: String
  number: String
  url: URL
}
`
