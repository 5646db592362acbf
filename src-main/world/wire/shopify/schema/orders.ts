/** Orders and what hangs on them, of Shopify's Admin schema 2026-07 as far as the simulated shop answers it. */
export const orders = `
type Order implements HasMetafields & LegacyInteroperability & Node {
  billingAddress: MailingAddress
  billingAddressMatchesShippingAddress: Boolean!
  canMarkAsPaid: Boolean!
  cancelReason: OrderCancelReason
  cancellation: OrderCancellation
  cancelledAt: DateTime
  capturable: Boolean!
  cartDiscountAmountSet: MoneyBag
  closed: Boolean!
  closedAt: DateTime
  confirmationNumber: String
  confirmed: Boolean!
  createdAt: DateTime!
  currencyCode: CurrencyCode!
  currentCartDiscountAmountSet: MoneyBag!
  currentShippingPriceSet: MoneyBag!
  currentSubtotalLineItemsQuantity: Int!
  currentSubtotalPriceSet: MoneyBag!
  currentTaxLines: [TaxLine!]!
  currentTotalAdditionalFeesSet: MoneyBag
  currentTotalDiscountsSet: MoneyBag!
  currentTotalDutiesSet: MoneyBag
  currentTotalPriceSet: MoneyBag!
  currentTotalTaxSet: MoneyBag!
  currentTotalWeight: UnsignedInt64!
  customAttributes: [Attribute!]!
  customer: Customer
  customerLocale: String
  discountApplications(
    after: String, before: String, first: Int, last: Int, reverse: Boolean = false
  ): DiscountApplicationConnection!
  discountCode: String
  discountCodes: [String!]!
  displayAddress: MailingAddress
  displayFinancialStatus: OrderDisplayFinancialStatus
  displayFulfillmentStatus: OrderDisplayFulfillmentStatus!
  dutiesIncluded: Boolean!
  edited: Boolean!
  email: String
  estimatedTaxes: Boolean!
  fulfillable: Boolean!
  fulfillmentOrders(
    after: String, before: String, displayable: Boolean = false, first: Int, last: Int, query: String,
    reverse: Boolean = false
  ): FulfillmentOrderConnection!
  fulfillments(first: Int, query: String): [Fulfillment!]!
  fulfillmentsCount: Count
  fullyPaid: Boolean!
  id: ID!
  legacyResourceId: UnsignedInt64!
  lineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): LineItemConnection!
  localizedFields(
    after: String, before: String, countryCodes: [CountryCode!], first: Int, last: Int,
    purposes: [LocalizedFieldPurpose!], reverse: Boolean = false
  ): LocalizedFieldConnection!
  merchantEditable: Boolean!
  merchantEditableErrors: [String!]!
  metafield(key: String!, namespace: String): Metafield
  metafields(
    after: String, before: String, first: Int, keys: [String!], last: Int, namespace: String,
    reverse: Boolean = false
  ): MetafieldConnection!
  name: String!
  netPayment: Money! @deprecated
  netPaymentSet: MoneyBag!
  note: String
  number: Int!
  originalTotalAdditionalFeesSet: MoneyBag
  originalTotalDutiesSet: MoneyBag
  originalTotalPriceSet: MoneyBag!
  paymentGatewayNames: [String!]!
  paymentTerms: PaymentTerms
  phone: String
  poNumber: String
  presentmentCurrencyCode: CurrencyCode!
  processedAt: DateTime!
  purchasingEntity: PurchasingEntity
  refundDiscrepancySet: MoneyBag!
  refundable: Boolean!
  refunds(first: Int): [Refund!]!
  returns(
    after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false
  ): ReturnConnection!
  requiresShipping: Boolean!
  restockable: Boolean!
  retailLocation: Location
  returnStatus: OrderReturnStatus!
  shippingAddress: MailingAddress
  shippingLine: ShippingLine
  shippingLines(
    after: String, before: String, first: Int, includeRemovals: Boolean = false, last: Int, reverse: Boolean = false
  ): ShippingLineConnection!
  sourceIdentifier: String
  sourceName: String
  subtotalLineItemsQuantity: Int!
  subtotalPriceSet: MoneyBag
  tags: [String!]!
  taxExempt: Boolean!
  taxLines: [TaxLine!]!
  taxesIncluded: Boolean!
  test: Boolean!
  totalCapturableSet: MoneyBag!
  totalCashRoundingAdjustment: CashRoundingAdjustment!
  totalDiscountsSet: MoneyBag
  totalOutstandingSet: MoneyBag!
  totalPrice: Money! @deprecated
  totalPriceSet: MoneyBag!
  totalReceived: Money! @deprecated
  totalReceivedSet: MoneyBag!
  totalRefunded: Money! @deprecated
  totalRefundedSet: MoneyBag!
  totalRefundedShippingSet: MoneyBag!
  totalShippingPriceSet: MoneyBag!
  totalTax: Money @deprecated
  totalTaxSet: MoneyBag
  totalTipReceivedSet: MoneyBag!
  totalWeight: UnsignedInt64
  transactions(capturable: Boolean, first: Int, manuallyResolvable: Boolean): [OrderTransaction!]!
  transactionsCount: Count
  unpaid: Boolean!
  updatedAt: DateTime!
}

type LineItem implements Node {
  currentQuantity: Int!
  customAttributes: [Attribute!]!
  discountAllocations: [DiscountAllocation!]!
  discountedTotalSet(withCodeDiscounts: Boolean = false): MoneyBag!
  discountedUnitPriceAfterAllDiscountsSet: MoneyBag!
  discountedUnitPriceSet: MoneyBag!
  id: ID!
  isGiftCard: Boolean!
  lineItemGroup: LineItemGroup
  merchantEditable: Boolean!
  name: String!
  nonFulfillableQuantity: Int!
  originalTotalSet: MoneyBag!
  originalUnitPriceSet: MoneyBag!
  priceAfterAllDiscountsBeforeTaxesSet: MoneyBag!
  product: Product
  quantity: Int!
  refundableQuantity: Int!
  requiresShipping: Boolean!
  restockable: Boolean!
  sku: String
  taxLines(first: Int): [TaxLine!]!
  taxable: Boolean!
  title: String!
  totalDiscountSet: MoneyBag!
  unfulfilledDiscountedTotalSet: MoneyBag!
  unfulfilledOriginalTotalSet: MoneyBag!
  unfulfilledQuantity: Int!
  variant: ProductVariant
  variantTitle: String
  vendor: String
}

type LineItemGroup implements Node {
  customAttributes: [Attribute!]!
  id: ID!
  productId: ID
  quantity: Int!
  title: String!
  variantId: ID
  variantSku: String
}

type ShippingLine {
  carrierIdentifier: String
  code: String
  currentDiscountedPriceSet: MoneyBag!
  custom: Boolean!
  deliveryCategory: String
  discountAllocations: [DiscountAllocation!]!
  discountedPriceSet: MoneyBag!
  id: ID
  isRemoved: Boolean!
  originalPriceSet: MoneyBag!
  phone: String
  source: String
  taxLines: [TaxLine!]!
  title: String!
}

type TaxLine {
  channelLiable: Boolean
  price: Money! @deprecated
  priceSet: MoneyBag!
  rate: Float
  ratePercentage: Float
  source: String
  title: String!
}

type DiscountAllocation {
  allocatedAmountSet: MoneyBag!
  discountApplication: DiscountApplication!
}

interface DiscountApplication {
  allocationMethod: DiscountApplicationAllocationMethod!
  index: Int!
  targetSelection: DiscountApplicationTargetSelection!
  targetType: DiscountApplicationTargetType!
  value: PricingValue!
}

type ManualDiscountApplication implements DiscountApplication {
  allocationMethod: DiscountApplicationAllocationMethod!
  description: String
  index: Int!
  targetSelection: DiscountApplicationTargetSelection!
  targetType: DiscountApplicationTargetType!
  title: String!
  value: PricingValue!
}

type DiscountCodeApplication implements DiscountApplication {
  allocationMethod: DiscountApplicationAllocationMethod!
  code: String!
  index: Int!
  targetSelection: DiscountApplicationTargetSelection!
  targetType: DiscountApplicationTargetType!
  value: PricingValue!
}
union PricingValue = MoneyV2 | PricingPercentageValue

type PricingPercentageValue {
  percentage: Float!
}
enum DiscountApplicationAllocationMethod { ACROSS EACH ONE }
enum DiscountApplicationTargetSelection { ALL ENTITLED EXPLICIT }
enum DiscountApplicationTargetType { LINE_ITEM SHIPPING_LINE }

type CashRoundingAdjustment {
  paymentSet: MoneyBag!
  refundSet: MoneyBag!
}

type OrderCancellation {
  staffNote: String
}

type Attribute {
  key: String!
  value: String
}

type LocalizedField {
  countryCode: CountryCode!
  key: LocalizedFieldKey!
  purpose: LocalizedFieldPurpose!
  title: String!
  value: String!
}
enum LocalizedFieldKey {
  SHIPPING_CREDENTIAL_BR SHIPPING_CREDENTIAL_CL SHIPPING_CREDENTIAL_CN SHIPPING_CREDENTIAL_CO SHIPPING_CREDENTIAL_CR
  SHIPPING_CREDENTIAL_EC SHIPPING_CREDENTIAL_ES SHIPPING_CREDENTIAL_GT SHIPPING_CREDENTIAL_ID SHIPPING_CREDENTIAL_KR
  SHIPPING_CREDENTIAL_MX SHIPPING_CREDENTIAL_MY SHIPPING_CREDENTIAL_PE SHIPPING_CREDENTIAL_PT SHIPPING_CREDENTIAL_PY
  SHIPPING_CREDENTIAL_TR SHIPPING_CREDENTIAL_TW SHIPPING_CREDENTIAL_TYPE_CO TAX_CREDENTIAL_BR TAX_CREDENTIAL_CL
  TAX_CREDENTIAL_CO TAX_CREDENTIAL_CR TAX_CREDENTIAL_EC TAX_CREDENTIAL_ES TAX_CREDENTIAL_GT TAX_CREDENTIAL_ID
  TAX_CREDENTIAL_IT TAX_CREDENTIAL_MX TAX_CREDENTIAL_MY TAX_CREDENTIAL_PE TAX_CREDENTIAL_PT TAX_CREDENTIAL_PY
  TAX_CREDENTIAL_TR TAX_CREDENTIAL_TYPE_CO TAX_CREDENTIAL_TYPE_MX TAX_CREDENTIAL_USE_MX TAX_EMAIL_IT
}
enum LocalizedFieldPurpose { SHIPPING TAX }
enum OrderCancelReason { CUSTOMER DECLINED FRAUD INVENTORY OTHER STAFF }
enum OrderDisplayFinancialStatus { AUTHORIZED EXPIRED PAID PARTIALLY_PAID PARTIALLY_REFUNDED PENDING REFUNDED VOIDED }
enum OrderDisplayFulfillmentStatus {
  FULFILLED IN_PROGRESS ON_HOLD OPEN PARTIALLY_FULFILLED PENDING_FULFILLMENT REQUEST_DECLINED RESTOCKED SCHEDULED
  UNFULFILLED
}
enum OrderReturnStatus { INSPECTION_COMPLETE IN_PROGRESS NO_RETURN RETURNED RETURN_FAILED RETURN_REQUESTED }
enum OrderSortKeys {
  CREATED_AT CURRENT_TOTAL_PRICE CUSTOMER_NAME DESTINATION FINANCIAL_STATUS FULFILLMENT_STATUS ID ORDER_NUMBER
  PO_NUMBER PROCESSED_AT RELEVANCE TOTAL_ITEMS_QUANTITY TOTAL_PRICE UPDATED_AT
}

input OrderIdentifierInput {
  id: ID
}
`
