/**
 * Every question about orders. A test holds each against the real schema of the pinned version, and its cost by Shopify's
 * own rule under the thousand points that one question may ask for.
 */
import { listSizes, longListSizes, question, sizes } from './document.ts'

const money = '{ shopMoney { amount } }'
const taxLines = `taxLines { title rate ratePercentage channelLiable priceSet ${money} }`

export const lineFields = `
  id sku name quantity currentQuantity isGiftCard
  originalUnitPriceSet ${money}
  discountAllocations { allocatedAmountSet ${money} }
  ${taxLines}
  lineItemGroup { id variantSku }`

const shippingFields = `
  title isRemoved originalPriceSet ${money} discountedPriceSet ${money}
  ${taxLines}`

const transactionFields = `id kind status gateway paymentId createdAt processedAt amountSet ${money} parentTransaction { id }`
const fulfilmentFields = 'id status displayStatus createdAt updatedAt deliveredAt location { name }'
const refundFields = `id createdAt processedAt updatedAt totalRefundedSet ${money}`

/** An order's own facts. Names, streets and telephone numbers are not among them: no rule needs them. */
const orderFields = `
  id name number poNumber createdAt processedAt updatedAt cancelledAt cancelReason test tags discountCodes sourceName
  currencyCode taxesIncluded taxExempt email displayFinancialStatus displayFulfillmentStatus returnStatus
  customAttributes { key value }
  customer { id }
  purchasingEntity { ... on PurchasingCompany { location { taxSettings { taxRegistrationId } } } }
  shippingAddress { countryCodeV2 provinceCode }
  totalPriceSet ${money} currentTotalPriceSet ${money}
  totalTaxSet ${money} currentTotalTaxSet ${money}
  totalCashRoundingAdjustment { paymentSet ${money} refundSet ${money} }`

function lists(size: {
  readonly transactions: number
  readonly fulfillments: number
  readonly refunds: number
}): string {
  return `
  transactions(first: ${size.transactions}) { ${transactionFields} }
  fulfillments(first: ${size.fulfillments}) { ${fulfilmentFields} trackingInfo(first: 3) { number } }
  refunds(first: ${size.refunds}) { ${refundFields} }`
}

/** The metafield is asked for only where the settings name one. */
const metafield =
  'metafield(namespace: $namespace, key: $key) @include(if: $withMetafield) { value }'
const metafieldVariables = '$namespace: String, $key: String!, $withMetafield: Boolean!'

export const orderHeads = question(
  'OrderHeads',
  `query OrderHeads($query: String!, $after: String) {
  currentAppInstallation { accessScopes { handle } }
  orders(first: ${sizes.heads}, after: $after, query: $query, sortKey: UPDATED_AT) {
    pageInfo { hasNextPage endCursor }
    nodes { id updatedAt }
  }
}`,
)

export const ordersCount = question(
  'OrdersCount',
  'query OrdersCount($query: String!) { ordersCount(query: $query, limit: 10000) { count } }',
)

export const orderBodies = question(
  'OrderBodies',
  `query OrderBodies($ids: [ID!]!, ${metafieldVariables}) {
  nodes(ids: $ids) {
    ... on Order {
      ${orderFields}
      ${metafield}
      localizedFields(first: 2, purposes: [TAX]) { nodes { key value } }
      ${lists(listSizes)}
      shippingLines(first: 3) { pageInfo { hasNextPage endCursor } nodes { ${shippingFields} } }
      lineItems(first: ${sizes.lines}) { pageInfo { hasNextPage endCursor } nodes { ${lineFields} } }
    }
  }
}`,
)

export const orderLists = question(
  'OrderLists',
  `query OrderLists($id: ID!) {
  order(id: $id) { id ${lists(longListSizes)} }
}`,
)

export const moreLines = question(
  'MoreLines',
  `query MoreLines($id: ID!, $after: String) {
  order(id: $id) {
    id
    lineItems(first: ${sizes.moreLines}, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${lineFields} } }
  }
}`,
)

export const moreShipping = question(
  'MoreShipping',
  `query MoreShipping($id: ID!, $after: String) {
  order(id: $id) {
    id
    shippingLines(first: 20, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${shippingFields} } }
  }
}`,
)

const refundLineFields = `quantity restockType lineItem { id sku } totalTaxSet ${money}`

export const refundBodies = question(
  'RefundBodies',
  `query RefundBodies($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Refund {
      id
      refundLineItems(first: ${sizes.refundLines}) { pageInfo { hasNextPage endCursor } nodes { ${refundLineFields} } }
      refundShippingLines(first: 5) { nodes { taxAmountSet ${money} } }
      transactions(first: 5) { nodes { id kind status processedAt amountSet ${money} parentTransaction { id } } }
    }
  }
}`,
)

export const moreRefundLines = question(
  'MoreRefundLines',
  `query MoreRefundLines($id: ID!, $after: String) {
  node(id: $id) {
    ... on Refund {
      id
      refundLineItems(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${refundLineFields} } }
    }
  }
}`,
)

const parcelFields = 'quantity lineItem { id sku }'

export const fulfilmentBodies = question(
  'FulfilmentBodies',
  `query FulfilmentBodies($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Fulfillment {
      id
      fulfillmentLineItems(first: ${sizes.fulfilmentLines}) { pageInfo { hasNextPage endCursor } nodes { ${parcelFields} } }
    }
  }
}`,
)

export const moreFulfilmentLines = question(
  'MoreFulfilmentLines',
  `query MoreFulfilmentLines($id: ID!, $after: String) {
  node(id: $id) {
    ... on Fulfillment {
      id
      fulfillmentLineItems(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${parcelFields} } }
    }
  }
}`,
)

/** Whether what takes a scope of its own may be asked for at all: an app that lacks it would be refused at each reading. */
export const grantedScopes = question(
  'GrantedScopes',
  'query GrantedScopes { currentAppInstallation { accessScopes { handle } } }',
)

/** What is still to be sent, from where and for when; reading it takes a scope of its own. */
export const openWork = question(
  'OpenWork',
  `query OpenWork($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Order {
      id
      fulfillmentOrders(first: 3) {
        pageInfo { hasNextPage endCursor }
        nodes {
          status fulfillAt
          assignedLocation { location { name } }
          lineItems(first: ${sizes.lines}) { pageInfo { hasNextPage endCursor } nodes { remainingQuantity lineItem { id } } }
        }
      }
    }
  }
}`,
)

/** Asked only of an order whose state says that it has returns: they take a scope of their own. */
export const orderReturns = question(
  'OrderReturns',
  `query OrderReturns($id: ID!) {
  order(id: $id) {
    id
    returns(first: 10) {
      pageInfo { hasNextPage }
      nodes {
        id status
        refunds(first: 5) { pageInfo { hasNextPage } nodes { id } }
        reverseFulfillmentOrders(first: 2) {
          pageInfo { hasNextPage }
          nodes {
            lineItems(first: 10) {
              pageInfo { hasNextPage }
              nodes {
                fulfillmentLineItem { lineItem { id sku } }
                dispositions { type quantity createdAt }
              }
            }
          }
        }
      }
    }
  }
}`,
)

export const ordersNamed = question(
  'OrdersNamed',
  `query OrdersNamed($query: String!, $settled: String!, ${metafieldVariables}) {
  currentAppInstallation { accessScopes { handle } }
  found: orders(first: ${sizes.named * 2}, query: $query, sortKey: ID) {
    pageInfo { hasNextPage endCursor }
    nodes { id name number poNumber customAttributes { key value } ${metafield} }
  }
  settled: orders(first: 1, query: $settled, sortKey: ORDER_NUMBER, reverse: true) { nodes { number } }
  oldest: orders(first: 1, sortKey: ORDER_NUMBER) { nodes { number } }
  newest: orders(first: 1, sortKey: ORDER_NUMBER, reverse: true) { nodes { number } }
}`,
)

/** Starts an export, which changes nothing in the shop: a second one after a lost answer only costs Shopify some work. */
export const startExport = question(
  'StartExport',
  `mutation StartExport($query: String!) {
  bulkOperationRunQuery(query: $query, groupObjects: true) {
    bulkOperation { id status }
    userErrors { code message }
  }
}`,
)

export const exportState = question(
  'ExportState',
  `query ExportState($id: ID!) {
  currentAppInstallation { accessScopes { handle } }
  bulkOperation(id: $id) { id status errorCode url }
}`,
)

/** What an export asks: orders as above, with their lists whole. The lines of refunds and parcels it cannot have. */
export function exportedOrders(
  filter: string,
  field: { readonly namespace: string; readonly key: string } | null,
): string {
  const named =
    field === null
      ? ''
      : `metafield(namespace: ${JSON.stringify(field.namespace)}, key: ${JSON.stringify(field.key)}) { value }`
  return `{
  orders(query: ${JSON.stringify(filter)}) { edges { node {
    ${orderFields}
    ${named}
    transactions { ${transactionFields} }
    fulfillments { ${fulfilmentFields} trackingInfo { number } }
    refunds { ${refundFields} }
    localizedFields(purposes: [TAX]) { edges { node { __typename key value } } }
    shippingLines { edges { node { __typename ${shippingFields} } } }
    lineItems { edges { node { __typename ${lineFields} } } }
  } } }
}`
}
