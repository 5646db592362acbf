/** Customers, shop and apps, of Shopify's Admin schema 2026-07 as far as the simulated shop answers it. */
export const shop = `
type Customer implements HasMetafields & LegacyInteroperability & Node {
  amountSpent: MoneyV2!
  createdAt: DateTime!
  defaultAddress: MailingAddress
  defaultEmailAddress: CustomerEmailAddress
  displayName: String!
  email: String @deprecated
  firstName: String
  id: ID!
  lastName: String
  lastOrder: Order
  legacyResourceId: UnsignedInt64!
  locale: String!
  metafield(key: String!, namespace: String): Metafield
  metafields(
    after: String, before: String, first: Int, keys: [String!], last: Int, namespace: String,
    reverse: Boolean = false
  ): MetafieldConnection!
  note: String
  numberOfOrders: UnsignedInt64!
  orders(
    after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false,
    sortKey: OrderSortKeys = ID
  ): OrderConnection!
  phone: String @deprecated
  state: CustomerState!
  tags: [String!]!
  taxExempt: Boolean!
  taxExemptions: [TaxExemption!]!
  taxSettings: TaxSettings!
  updatedAt: DateTime!
  verifiedEmail: Boolean!
}

type CustomerEmailAddress {
  emailAddress: String!
  marketingState: CustomerEmailAddressMarketingState!
  validFormat: Boolean!
}
enum CustomerEmailAddressMarketingState { INVALID NOT_SUBSCRIBED PENDING SUBSCRIBED UNSUBSCRIBED }
enum CustomerState { DECLINED DISABLED ENABLED INVITED }
enum CustomerSortKeys { CREATED_AT ID LOCATION NAME RELEVANCE UPDATED_AT }

type TaxSettings {
  taxId: String
}
enum TaxExemption {
  CA_BC_COMMERCIAL_FISHERY_EXEMPTION CA_BC_CONTRACTOR_EXEMPTION CA_BC_PRODUCTION_AND_MACHINERY_EXEMPTION
  CA_BC_RESELLER_EXEMPTION CA_BC_SUB_CONTRACTOR_EXEMPTION CA_DIPLOMAT_EXEMPTION CA_MB_COMMERCIAL_FISHERY_EXEMPTION
  CA_MB_FARMER_EXEMPTION CA_MB_RESELLER_EXEMPTION CA_NL_VPT_RESELLER_EXEMPTION CA_NS_COMMERCIAL_FISHERY_EXEMPTION
  CA_NS_FARMER_EXEMPTION CA_ON_PURCHASE_EXEMPTION CA_PE_COMMERCIAL_FISHERY_EXEMPTION
  CA_SK_COMMERCIAL_FISHERY_EXEMPTION CA_SK_CONTRACTOR_EXEMPTION CA_SK_FARMER_EXEMPTION
  CA_SK_PRODUCTION_AND_MACHINERY_EXEMPTION CA_SK_RESELLER_EXEMPTION CA_SK_SUB_CONTRACTOR_EXEMPTION
  CA_SK_VPT_RESELLER_EXEMPTION CA_STATUS_CARD_EXEMPTION EU_REVERSE_CHARGE_EXEMPTION_RULE US_AK_RESELLER_EXEMPTION
  US_AL_RESELLER_EXEMPTION US_AR_RESELLER_EXEMPTION US_AZ_RESELLER_EXEMPTION US_CA_RESELLER_EXEMPTION
  US_CO_RESELLER_EXEMPTION US_CT_RESELLER_EXEMPTION US_DC_RESELLER_EXEMPTION US_DE_RESELLER_EXEMPTION
  US_FL_RESELLER_EXEMPTION US_GA_RESELLER_EXEMPTION US_HI_RESELLER_EXEMPTION US_IA_RESELLER_EXEMPTION
  US_ID_RESELLER_EXEMPTION US_IL_RESELLER_EXEMPTION US_IN_RESELLER_EXEMPTION US_KS_RESELLER_EXEMPTION
  US_KY_RESELLER_EXEMPTION US_LA_RESELLER_EXEMPTION US_MA_RESELLER_EXEMPTION US_MD_RESELLER_EXEMPTION
  US_ME_RESELLER_EXEMPTION US_MI_RESELLER_EXEMPTION US_MN_RESELLER_EXEMPTION US_MO_RESELLER_EXEMPTION
  US_MS_RESELLER_EXEMPTION US_MT_RESELLER_EXEMPTION US_NC_RESELLER_EXEMPTION US_ND_RESELLER_EXEMPTION
  US_NE_RESELLER_EXEMPTION US_NH_RESELLER_EXEMPTION US_NJ_RESELLER_EXEMPTION US_NM_RESELLER_EXEMPTION
  US_NV_RESELLER_EXEMPTION US_NY_RESELLER_EXEMPTION US_OH_RESELLER_EXEMPTION US_OK_RESELLER_EXEMPTION
  US_OR_RESELLER_EXEMPTION US_PA_RESELLER_EXEMPTION US_RI_RESELLER_EXEMPTION US_SC_RESELLER_EXEMPTION
  US_SD_RESELLER_EXEMPTION US_TN_RESELLER_EXEMPTION US_TX_RESELLER_EXEMPTION US_UT_RESELLER_EXEMPTION
  US_VA_RESELLER_EXEMPTION US_VT_RESELLER_EXEMPTION US_WA_RESELLER_EXEMPTION US_WI_RESELLER_EXEMPTION
  US_WV_RESELLER_EXEMPTION US_WY_RESELLER_EXEMPTION
}

type MailingAddress implements Node {
  address1: String
  address2: String
  city: String
  company: String
  country: String
  countryCode: String @deprecated
  countryCodeV2: CountryCode
  firstName: String
  formatted(withCompany: Boolean = true, withName: Boolean = false): [String!]!
  id: ID!
  lastName: String
  name: String
  phone: String
  province: String
  provinceCode: String
  zip: String
}
union PurchasingEntity = Customer | PurchasingCompany

type PurchasingCompany {
  company: Company!
  location: CompanyLocation!
}

type Company implements Node {
  createdAt: DateTime!
  externalId: String
  id: ID!
  name: String!
  note: String
  updatedAt: DateTime!
}

type CompanyLocation implements Node {
  company: Company!
  createdAt: DateTime!
  currency: CurrencyCode!
  externalId: String
  id: ID!
  name: String!
  taxSettings: CompanyLocationTaxSettings!
  updatedAt: DateTime!
}

type CompanyLocationTaxSettings {
  taxExempt: Boolean!
  taxExemptions: [TaxExemption!]!
  taxRegistrationId: String
}

type Shop implements HasMetafields & Node {
  contactEmail: String!
  createdAt: DateTime!
  currencyCode: CurrencyCode!
  email: String!
  enabledPresentmentCurrencies: [CurrencyCode!]!
  ianaTimezone: String!
  id: ID!
  metafield(key: String!, namespace: String): Metafield
  metafields(
    after: String, before: String, first: Int, keys: [String!], last: Int, namespace: String,
    reverse: Boolean = false
  ): MetafieldConnection!
  myshopifyDomain: String!
  name: String!
  orderNumberFormatPrefix: String!
  orderNumberFormatSuffix: String!
  plan: ShopPlan!
  primaryDomain: Domain!
  setupRequired: Boolean!
  taxShipping: Boolean!
  taxesIncluded: Boolean!
  timezoneAbbreviation: String!
  timezoneOffset: String!
  timezoneOffsetMinutes: Int!
  updatedAt: DateTime!
  url: URL!
  weightUnit: WeightUnit!
}

type ShopPlan {
  displayName: String! @deprecated
  partnerDevelopment: Boolean!
  publicDisplayName: String!
  shopifyPlus: Boolean!
}

type Domain implements Node {
  host: String!
  id: ID!
  sslEnabled: Boolean!
  url: URL!
}
enum WeightUnit { GRAMS KILOGRAMS OUNCES POUNDS }

type AppInstallation implements Node {
  accessScopes: [AccessScope!]!
  app: App!
  id: ID!
}

type AccessScope {
  description: String!
  handle: String!
}

type App implements Node {
  apiKey: String!
  handle: String
  id: ID!
  title: String!
}

type ApiVersion {
  displayName: String!
  handle: String!
  supported: Boolean!
}

type Metafield implements HasCompareDigest & LegacyInteroperability & Node {
  compareDigest: String!
  createdAt: DateTime!
  id: ID!
  jsonValue: JSON!
  key: String!
  legacyResourceId: UnsignedInt64!
  namespace: String!
  ownerType: MetafieldOwnerType!
  sizeInBytes: Int!
  type: String!
  updatedAt: DateTime!
  value: String!
}
enum MetafieldOwnerType {
  API_PERMISSION ARTICLE BLOG CARTTRANSFORM COLLECTION COMPANY COMPANY_LOCATION CUSTOMER DELIVERY_CUSTOMIZATION
  DISCOUNT DRAFTORDER FULFILLMENT_CONSTRAINT_RULE GIFT_CARD_TRANSACTION LOCATION MARKET MEDIA_IMAGE ORDER
  ORDER_ROUTING_LOCATION_RULE PAGE PAYMENT_CUSTOMIZATION PRODUCT PRODUCTVARIANT SELLING_PLAN SHOP TRANSFER VALIDATION
}

type BulkOperation implements Node {
  completedAt: DateTime
  createdAt: DateTime!
  errorCode: BulkOperationErrorCode
  fileSize: UnsignedInt64
  id: ID!
  objectCount: UnsignedInt64!
  partialDataUrl: URL
  query: String!
  rootObjectCount: UnsignedInt64!
  status: BulkOperationStatus!
  type: BulkOperationType!
  url: URL
}
enum BulkOperationStatus { CANCELED CANCELING COMPLETED CREATED EXPIRED FAILED RUNNING }
enum BulkOperationType { MUTATION QUERY }
enum BulkOperationErrorCode { ACCESS_DENIED INTERNAL_SERVER_ERROR TIMEOUT }
enum BulkOperationsSortKeys { COMPLETED_AT CREATED_AT }
`
