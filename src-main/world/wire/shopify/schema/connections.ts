/** Connections: pages of rows, all of one shape. */

const pagedTypes = [
  'BulkOperation', 'Customer', 'DiscountApplication', 'FulfillmentLineItem', 'InventoryItem', 'InventoryLevel', 'LineItem',
  'LocalizedField', 'Location', 'Metafield', 'Order', 'OrderAdjustment', 'OrderTransaction', 'PaymentSchedule', 'Product',
  'ProductVariant', 'RefundLineItem', 'RefundShippingLine', 'ShippingLine', 'TenderTransaction',
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
