/** Every question about the shop itself, its stock, variants and customers; held to schema and cost by the same test. */
import { type Document, question, sizes } from './document.ts'

export const clockQuery = question('Clock', 'query Clock { shop { id } }')

export const shopQuery = question(
  'Shop',
  `query Shop {
  shop { name myshopifyDomain currencyCode }
  currentAppInstallation { accessScopes { handle } }
  publicApiVersions { handle supported }
}`,
)

export const newestOrders = question(
  'NewestOrders',
  `query NewestOrders {
  orders(first: 50, sortKey: CREATED_AT, reverse: true) {
    nodes { id name number poNumber sourceName customAttributes { key value } }
  }
}`,
)

export const scopesQuery = question(
  'Scopes',
  'query Scopes { currentAppInstallation { accessScopes { handle } } }',
)

export const locationsQuery = question(
  'Locations',
  `query Locations($after: String) {
  locations(first: 100, after: $after, includeInactive: true, includeLegacy: true) {
    pageInfo { hasNextPage endCursor }
    nodes { id name isActive }
  }
}`,
)

const levelFields = `
  id updatedAt isActive
  item { id sku tracked duplicateSkuCount variants(first: 2) { nodes { inventoryPolicy } } }
  quantities(names: ["available", "on_hand", "committed"]) { name quantity }`

export const levelsQuery = question(
  'Levels',
  `query Levels($location: ID!, $query: String, $after: String) {
  location(id: $location) {
    id name
    inventoryLevels(first: ${sizes.levels}, after: $after, query: $query, includeInactive: true) {
      pageInfo { hasNextPage endCursor }
      nodes { ${levelFields} }
    }
  }
}`,
)

/** One item at more than eight locations is answered in part, and the look-up says so. */
export const levelsOfSkus = question(
  'LevelsOfSkus',
  `query LevelsOfSkus($query: String!) {
  inventoryItems(first: ${sizes.skus * 2}, query: $query) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id sku
      inventoryLevels(first: 8, includeInactive: true) {
        pageInfo { hasNextPage endCursor }
        nodes { ${levelFields} location { id name } }
      }
    }
  }
}`,
)

const variantFields =
  'id sku barcode price displayName updatedAt inventoryItem { tracked requiresShipping } product { status }'

export const variantsQuery = question(
  'Variants',
  `query Variants($query: String, $after: String) {
  productVariants(first: ${sizes.variants}, after: $after, query: $query, sortKey: ID) {
    pageInfo { hasNextPage endCursor }
    nodes { ${variantFields} }
  }
}`,
)

export const variantNodes = question(
  'VariantNodes',
  `query VariantNodes($ids: [ID!]!) { nodes(ids: $ids) { ... on ProductVariant { ${variantFields} } } }`,
)

const customerFields = 'id state updatedAt defaultEmailAddress { emailAddress }'

export const customersQuery = question(
  'Customers',
  `query Customers($query: String, $after: String) {
  customers(first: ${sizes.customers}, after: $after, query: $query, sortKey: UPDATED_AT) {
    pageInfo { hasNextPage endCursor }
    nodes { ${customerFields} }
  }
}`,
)

export const customerNodes = question(
  'CustomerNodes',
  `query CustomerNodes($ids: [ID!]!) { nodes(ids: $ids) { ... on Customer { ${customerFields} } } }`,
)

export const levelNow = question(
  'LevelNow',
  `query LevelNow($item: ID!, $location: ID!) {
  inventoryItem(id: $item) {
    id sku tracked
    inventoryLevel(locationId: $location) { id isActive location { id name } quantities(names: ["available"]) { name quantity } }
  }
}`,
)

const sum = '{ amount }'

export const payoutsQuery = question(
  'Payouts',
  `query Payouts($query: String, $after: String) {
  shopifyPaymentsAccount {
    payouts(first: ${sizes.payouts}, after: $after, query: $query, sortKey: ISSUED_AT) {
      pageInfo { hasNextPage endCursor }
      nodes {
        id legacyResourceId issuedAt status net { amount currencyCode }
        summary {
          chargesGross ${sum} chargesFee ${sum} refundsFeeGross ${sum} refundsFee ${sum}
          adjustmentsGross ${sum} adjustmentsFee ${sum} advanceGross ${sum} advanceFees ${sum}
          reservedFundsGross ${sum} reservedFundsFee ${sum} retriedPayoutsGross ${sum} retriedPayoutsFee ${sum}
        }
      }
    }
  }
}`,
)

/** What is in a payout; the transfer to the bank is the payout itself. */
export const payoutEntries = question(
  'PayoutEntries',
  `query PayoutEntries($query: String!, $after: String) {
  shopifyPaymentsAccount {
    balanceTransactions(first: ${sizes.payoutEntries}, after: $after, query: $query, sortKey: ID, hideTransfers: true) {
      pageInfo { hasNextPage endCursor }
      nodes { transactionDate amount { amount } fee { amount } associatedOrder { id } }
    }
  }
}`,
)

export const setStock: Document = {
  name: 'SetStock',
  writes: true,
  text: `mutation SetStock($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id }
    userErrors { code message }
  }
}`,
}
