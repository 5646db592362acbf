/** Every question about what of an order can be marked as sent, and the one that marks it; held to schema and cost by the same test. */
import { type Document, question } from './document.ts'

/** So many parcels of an order are told apart. */
export const parcelsMax = 50

/** What waits to be sent, where, and which parcels there are already. */
export const parcelDesk = question(
  'ParcelDesk',
  `query ParcelDesk($id: ID!) {
  currentAppInstallation { accessScopes { handle } }
  order(id: $id) {
    id name cancelledAt
    fulfillments(first: ${parcelsMax}) { id }
    fulfillmentOrders(first: 8) {
      pageInfo { hasNextPage }
      nodes {
        id status requestStatus
        assignedLocation { name location { name } }
        lineItems(first: 45) { pageInfo { hasNextPage } nodes { id remainingQuantity lineItem { sku } } }
      }
    }
  }
}`,
)

export const parcelsNow = question(
  'ParcelsNow',
  `query ParcelsNow($id: ID!) {
  order(id: $id) { id fulfillments(first: ${parcelsMax}) { id name status trackingInfo(first: 10) { number } } }
}`,
)

/** Shopify takes no `@idempotent` here, as of 2026-07 (shopify.dev, idempotent requests). */
export const tellParcel: Document = {
  name: 'TellParcel',
  writes: true,
  text: `mutation TellParcel($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) {
    fulfillment { id }
    userErrors { field message }
  }
}`,
}
