/** What came back of orders, of Shopify's Admin schema 2026-07 as far as the simulated shop answers it. */
export const returns = `
enum ReturnStatus { CANCELED CLOSED DECLINED OPEN REQUESTED }

type Return implements Node {
  closedAt: DateTime
  createdAt: DateTime!
  id: ID!
  name: String!
  order: Order!
  refunds(
    after: String, before: String, first: Int, last: Int, reverse: Boolean = false
  ): RefundConnection!
  reverseFulfillmentOrders(
    after: String, before: String, first: Int, last: Int, reverse: Boolean = false
  ): ReverseFulfillmentOrderConnection!
  status: ReturnStatus!
  totalQuantity: Int!
}

type ReverseFulfillmentOrder implements Node {
  id: ID!
  lineItems(
    after: String, before: String, first: Int, last: Int, reverse: Boolean = false
  ): ReverseFulfillmentOrderLineItemConnection!
  order: Order
}

type ReverseFulfillmentOrderLineItem implements Node {
  dispositions: [ReverseFulfillmentOrderDisposition!]!
  fulfillmentLineItem: FulfillmentLineItem
  id: ID!
  totalQuantity: Int!
}

type ReverseFulfillmentOrderDisposition implements Node {
  createdAt: DateTime!
  id: ID!
  location: Location
  quantity: Int!
  type: ReverseFulfillmentOrderDispositionType!
}
enum ReverseFulfillmentOrderDispositionType { MISSING NOT_RESTOCKED PROCESSING_REQUIRED RESTOCKED }
`
