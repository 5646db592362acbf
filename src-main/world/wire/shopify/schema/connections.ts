/** Connections: pages of rows, all of one shape. */

const pagedTypes = [
  'BulkOperation', 'Customer', 'DiscountApplication', 'FulfillmentLineItem', 'FulfillmentOrder',
  'FulfillmentOrderLineItem', 'InventoryItem', 'InventoryLevel', 'LineItem', 'LocalizedField', 'Location',
  'Metafield', 'Order', 'OrderAdjustment', 'OrderTransaction', 'PaymentSchedule', 'Product', 'ProductVariant',
  'Refund', 'RefundLineItem', 'RefundShippingLine', 'Return', 'ReverseFulfillmentOrder', 'ReverseFulfillmentOrderLineItem',
  'ShippingLine', 'ShopifyPaymentsBalanceTransaction', 'ShopifyPaymentsPayout', 'TenderTransaction',
]

export const connections = pagedTypes.map((type) => `
type ${type}Connection {
  edges: [${type}Edge!]!
  nodes: [${type}!]!
  pageInfo: PageInfo!
}
type ${type}Edge {
  cursor: String!
  node: ${type}!
}`).join('\n')
