/** What may be asked and written: the roots of Shopify's Admin schema 2026-07 as far as they are answered here. */
export const roots = `
schema {
  query: QueryRoot
  mutation: Mutation
}

directive @idempotent(key: String!) on FIELD
scalar DateTime
scalar UnsignedInt64
scalar BigInt
scalar Money
scalar Decimal
scalar URL
scalar JSON

type QueryRoot {
  bulkOperation(id: ID!): BulkOperation
  bulkOperations(
    after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false,
    sortKey: BulkOperationsSortKeys = CREATED_AT
  ): BulkOperationConnection!
  currentAppInstallation: AppInstallation!
  currentBulkOperation(type: BulkOperationType = QUERY): BulkOperation @deprecated
  customer(id: ID!): Customer
  customers(
    after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false,
    sortKey: CustomerSortKeys = ID
  ): CustomerConnection!
  customersCount(limit: Int = 10000, query: String): Count
  fulfillment(id: ID!): Fulfillment
  inventoryItem(id: ID!): InventoryItem
  inventoryItems(
    after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false
  ): InventoryItemConnection!
  inventoryLevel(id: ID!): InventoryLevel
  location(id: ID): Location
  locations(
    after: String, before: String, first: Int, includeInactive: Boolean = false, includeLegacy: Boolean = false,
    last: Int, query: String, reverse: Boolean = false, sortKey: LocationSortKeys = NAME
  ): LocationConnection!
  locationsCount(limit: Int = 10000, query: String): Count
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
  order(id: ID!): Order
  orderByIdentifier(identifier: OrderIdentifierInput!): Order
  orders(
    after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, savedSearchId: ID,
    sortKey: OrderSortKeys = PROCESSED_AT
  ): OrderConnection!
  ordersCount(limit: Int = 10000, query: String, savedSearchId: ID): Count
  product(id: ID!): Product
  productVariant(id: ID!): ProductVariant
  productVariants(
    after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, savedSearchId: ID,
    sortKey: ProductVariantSortKeys = ID
  ): ProductVariantConnection!
  productVariantsCount(limit: Int = 10000, query: String): Count
  products(
    after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, savedSearchId: ID,
    sortKey: ProductSortKeys = ID
  ): ProductConnection!
  productsCount(limit: Int = 10000, query: String, savedSearchId: ID): Count
  publicApiVersions: [ApiVersion!]!
  refund(id: ID!): Refund
  shop: Shop!
  shopifyPaymentsAccount: ShopifyPaymentsAccount
  tenderTransactions(
    after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false
  ): TenderTransactionConnection!
}

type Mutation {
  bulkOperationCancel(id: ID!): BulkOperationCancelPayload
  bulkOperationRunQuery(groupObjects: Boolean! = false, query: String!): BulkOperationRunQueryPayload
  fulfillmentCreate(fulfillment: FulfillmentInput!, message: String): FulfillmentCreatePayload
  fulfillmentTrackingInfoUpdate(
    fulfillmentId: ID!, notifyCustomer: Boolean, trackingInfoInput: FulfillmentTrackingInput!
  ): FulfillmentTrackingInfoUpdatePayload
  inventoryActivate(
    available: Int, inventoryItemId: ID!, locationId: ID!, onHand: Int, stockAtLegacyLocation: Boolean = false
  ): InventoryActivatePayload
  inventoryAdjustQuantities(input: InventoryAdjustQuantitiesInput!): InventoryAdjustQuantitiesPayload
  inventorySetQuantities(input: InventorySetQuantitiesInput!): InventorySetQuantitiesPayload
  metafieldsDelete(metafields: [MetafieldIdentifierInput!]!): MetafieldsDeletePayload
  metafieldsSet(metafields: [MetafieldsSetInput!]!): MetafieldsSetPayload
  orderClose(input: OrderCloseInput!): OrderClosePayload
  orderMarkAsPaid(input: OrderMarkAsPaidInput!): OrderMarkAsPaidPayload
  orderOpen(input: OrderOpenInput!): OrderOpenPayload
  orderUpdate(input: OrderInput!): OrderUpdatePayload
  tagsAdd(id: ID!, tags: [String!]!): TagsAddPayload
  tagsRemove(id: ID!, tags: [String!]!): TagsRemovePayload
}

interface Node {
  id: ID!
}

interface LegacyInteroperability {
  legacyResourceId: UnsignedInt64!
}

interface HasMetafields {
  metafield(key: String!, namespace: String): Metafield
  metafields(
    after: String, before: String, first: Int, keys: [String!], last: Int, namespace: String,
    reverse: Boolean = false
  ): MetafieldConnection!
}

interface HasCompareDigest {
  compareDigest: String!
}

interface DisplayableError {
  field: [String!]
  message: String!
}

type UserError implements DisplayableError {
  field: [String!]
  message: String!
}

type MoneyBag {
  presentmentMoney: MoneyV2!
  shopMoney: MoneyV2!
}

type MoneyV2 {
  amount: Decimal!
  currencyCode: CurrencyCode!
}

type Count {
  count: Int!
  precision: CountPrecision!
}
enum CountPrecision { AT_LEAST EXACT }

type PageInfo {
  endCursor: String
  hasNextPage: Boolean!
  hasPreviousPage: Boolean!
  startCursor: String
}
enum CurrencyCode {
  AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BYR BZD CAD CDF CHF
  CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF
  IDR ILS INR IQD IRR ISK JEP JMD JOD JPY KES KGS KHR KID KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LVL LYD MAD MDL
  MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
  RUB RWF SAR SBD SCR SDG SEK SGD SHP SLL SOS SRD SSP STD STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
  USDC UYU UZS VED VEF VES VND VUV WST XAF XCD XOF XPF XXX YER ZAR ZMW
}
enum CountryCode {
  AC AD AE AF AG AI AL AM AN AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
  CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FO FR GA GB GD GE
  GF GG GH GI GL GM GN GP GQ GR GS GT GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM
  KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA
  NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PS PT PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ
  SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG
  VN VU WF WS XK YE YT ZA ZM ZW ZZ
}
`
