/** Places, stock and products, of Shopify's Admin schema 2026-07 as far as the simulated shop answers it. */
export const stock = `
type Location implements HasMetafields & LegacyInteroperability & Node {
  address: LocationAddress!
  createdAt: DateTime!
  deactivatedAt: String
  fulfillsOnlineOrders: Boolean!
  hasActiveInventory: Boolean!
  hasUnfulfilledOrders: Boolean!
  id: ID!
  inventoryLevel(includeInactive: Boolean = false, inventoryItemId: ID!): InventoryLevel
  inventoryLevels(
    after: String, before: String, first: Int, includeInactive: Boolean = false, last: Int, query: String,
    reverse: Boolean = false
  ): InventoryLevelConnection!
  isActive: Boolean!
  isFulfillmentService: Boolean!
  isPrimary: Boolean! @deprecated
  legacyResourceId: UnsignedInt64!
  metafield(key: String!, namespace: String): Metafield
  metafields(
    after: String, before: String, first: Int, keys: [String!], last: Int, namespace: String,
    reverse: Boolean = false
  ): MetafieldConnection!
  name: String!
  shipsInventory: Boolean!
  updatedAt: DateTime!
}

type LocationAddress {
  address1: String
  city: String
  country: String
  countryCode: String
  formatted: [String!]!
  zip: String
}

type InventoryItem implements LegacyInteroperability & Node {
  countryCodeOfOrigin: CountryCode
  createdAt: DateTime!
  duplicateSkuCount: Int!
  harmonizedSystemCode: String
  id: ID!
  inventoryLevel(includeInactive: Boolean = false, locationId: ID!): InventoryLevel
  inventoryLevels(
    after: String, before: String, first: Int, includeInactive: Boolean = false, last: Int, query: String,
    reverse: Boolean = false
  ): InventoryLevelConnection!
  legacyResourceId: UnsignedInt64!
  locationsCount: Count
  requiresShipping: Boolean!
  sku: String
  tracked: Boolean!
  unitCost: MoneyV2
  updatedAt: DateTime!
  variant: ProductVariant! @deprecated
  variants(after: String, before: String, first: Int, last: Int): ProductVariantConnection
}

type InventoryLevel implements Node {
  canDeactivate: Boolean!
  createdAt: DateTime!
  id: ID!
  isActive: Boolean!
  item: InventoryItem!
  location: Location!
  quantities(names: [String!]!): [InventoryQuantity!]!
  updatedAt: DateTime!
}

type InventoryQuantity implements Node {
  id: ID!
  name: String!
  quantity: Int!
  updatedAt: DateTime
}

type Product implements HasMetafields & LegacyInteroperability & Node {
  createdAt: DateTime!
  description(truncateAt: Int): String!
  handle: String!
  hasOnlyDefaultVariant: Boolean!
  hasOutOfStockVariants: Boolean!
  id: ID!
  isGiftCard: Boolean!
  legacyResourceId: UnsignedInt64!
  metafield(key: String!, namespace: String): Metafield
  metafields(
    after: String, before: String, first: Int, keys: [String!], last: Int, namespace: String,
    reverse: Boolean = false
  ): MetafieldConnection!
  productType: String!
  publishedAt: DateTime
  status: ProductStatus!
  tags: [String!]!
  title: String!
  totalInventory: Int!
  tracksInventory: Boolean!
  updatedAt: DateTime!
  variants(
    after: String, before: String, first: Int, last: Int, reverse: Boolean = false,
    sortKey: ProductVariantSortKeys = POSITION
  ): ProductVariantConnection!
  variantsCount: Count
  vendor: String!
}

type ProductVariant implements HasMetafields & LegacyInteroperability & Node {
  availableForSale: Boolean!
  barcode: String
  compareAtPrice: Money
  createdAt: DateTime!
  displayName: String!
  id: ID!
  inventoryItem: InventoryItem!
  inventoryPolicy: ProductVariantInventoryPolicy!
  inventoryQuantity: Int
  legacyResourceId: UnsignedInt64!
  metafield(key: String!, namespace: String): Metafield
  metafields(
    after: String, before: String, first: Int, keys: [String!], last: Int, namespace: String,
    reverse: Boolean = false
  ): MetafieldConnection!
  position: Int!
  price: Money!
  product: Product!
  requiresComponents: Boolean!
  sellableOnlineQuantity: Int!
  sku: String
  taxable: Boolean!
  title: String!
  updatedAt: DateTime!
}
enum ProductStatus { ACTIVE ARCHIVED DRAFT UNLISTED }
enum ProductVariantInventoryPolicy { CONTINUE DENY }
enum ProductSortKeys { CREATED_AT ID INVENTORY_TOTAL PRODUCT_TYPE PUBLISHED_AT RELEVANCE TITLE UPDATED_AT VENDOR }
enum ProductVariantSortKeys {
  FULL_TITLE ID INVENTORY_LEVELS_AVAILABLE INVENTORY_MANAGEMENT INVENTORY_POLICY INVENTORY_QUANTITY NAME POPULAR
  POSITION RELEVANCE SKU TITLE
}
enum LocationSortKeys { ID NAME RELEVANCE }
`
