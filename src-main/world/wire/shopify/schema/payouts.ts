/** Shopify Payments: its balance and its payouts, of Shopify's Admin schema 2026-07 as far as the simulated shop answers it. */
export const payouts = `
type ShopifyPaymentsAccount implements Node {
  activated: Boolean!
  balance: [MoneyV2!]!
  balanceTransactions(
    after: String, before: String, first: Int, hideTransfers: Boolean = false, last: Int, query: String,
    reverse: Boolean = false, savedSearchId: ID, sortKey: BalanceTransactionSortKeys = PROCESSED_AT
  ): ShopifyPaymentsBalanceTransactionConnection!
  country: String!
  defaultCurrency: CurrencyCode!
  id: ID!
  onboardable: Boolean!
  payouts(
    after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, savedSearchId: ID,
    sortKey: PayoutSortKeys = ISSUED_AT, transactionType: ShopifyPaymentsPayoutTransactionType
  ): ShopifyPaymentsPayoutConnection!
}
enum PayoutSortKeys {
  ADJUSTMENT_GROSS ADVANCE_GROSS AMOUNT CHARGE_GROSS DUTIES_GROSS FEE_AMOUNT ID ISSUED_AT REFUND_GROSS
  SHIPPING_LABEL_GROSS STATUS
}
enum BalanceTransactionSortKeys {
  AMOUNT FEE ID NET ORDER_NAME PAYMENT_METHOD_NAME PAYOUT_DATE PAYOUT_STATUS PROCESSED_AT TRANSACTION_TYPE
}

type ShopifyPaymentsPayout implements LegacyInteroperability & Node {
  externalTraceId: String
  gross: MoneyV2! @deprecated
  id: ID!
  issuedAt: DateTime!
  legacyResourceId: UnsignedInt64!
  net: MoneyV2!
  status: ShopifyPaymentsPayoutStatus!
  summary: ShopifyPaymentsPayoutSummary!
  transactionType: ShopifyPaymentsPayoutTransactionType!
}
enum ShopifyPaymentsPayoutStatus { CANCELED FAILED IN_TRANSIT PAID SCHEDULED }
enum ShopifyPaymentsPayoutTransactionType { DEPOSIT WITHDRAWAL }

type ShopifyPaymentsPayoutSummary {
  adjustmentsFee: MoneyV2!
  adjustmentsGross: MoneyV2!
  advanceFees: MoneyV2!
  advanceGross: MoneyV2!
  chargesFee: MoneyV2!
  chargesGross: MoneyV2!
  refundsFee: MoneyV2!
  refundsFeeGross: MoneyV2!
  reservedFundsFee: MoneyV2!
  reservedFundsGross: MoneyV2!
  retriedPayoutsFee: MoneyV2!
  retriedPayoutsGross: MoneyV2!
}

type ShopifyPaymentsBalanceTransaction implements Node {
  adjustmentReason: String
  amount: MoneyV2!
  associatedOrder: ShopifyPaymentsAssociatedOrder
  associatedPayout: ShopifyPaymentsBalanceTransactionAssociatedPayout!
  fee: MoneyV2!
  id: ID!
  net: MoneyV2!
  sourceId: BigInt
  sourceOrderTransactionId: BigInt
  sourceType: ShopifyPaymentsSourceType
  test: Boolean!
  transactionDate: DateTime!
  type: ShopifyPaymentsTransactionType!
}
type ShopifyPaymentsAssociatedOrder {
  id: ID!
  name: String!
}
type ShopifyPaymentsBalanceTransactionAssociatedPayout {
  id: ID
  status: ShopifyPaymentsBalanceTransactionPayoutStatus
}
enum ShopifyPaymentsBalanceTransactionPayoutStatus {
  ACTION_REQUIRED CANCELED FAILED IN_TRANSIT PAID PENDING SCHEDULED
}
enum ShopifyPaymentsSourceType { ADJUSTMENT ADJUSTMENT_REVERSAL CHARGE DISPUTE REFUND SYSTEM_ADJUSTMENT TRANSFER }
enum ShopifyPaymentsTransactionType { ADJUSTMENT CHARGE REFUND TRANSFER }
`
