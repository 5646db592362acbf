// The requests recorded of the shop: two pages of each list, the orders that something happened to, and the refusals.
const ORDER = 'id,display_id,custom_display_id,status,version,email,customer_id,currency_code,region_id,sales_channel_id,sales_channel.name,'
  + 'created_at,updated_at,canceled_at,metadata,payment_status,fulfillment_status,summary,total,original_total,subtotal,tax_total,discount_total,'
  + 'item_total,shipping_total,*items,*items.tax_lines,*items.adjustments,*shipping_methods,*shipping_methods.tax_lines,*shipping_methods.adjustments,'
  + 'shipping_address.country_code,shipping_address.province,*credit_lines,*payment_collections,*payment_collections.payments,'
  + '*payment_collections.payments.captures,*payment_collections.payments.refunds,payment_collections.payments.refunds.refund_reason.label,'
  + '*fulfillments,*fulfillments.labels,*fulfillments.items'
const PAYMENT = 'id,amount,currency_code,provider_id,captured_at,canceled_at,created_at,updated_at,data,*captures,*refunds,payment_collection_id,'
  + 'raw_amount,payment_collection.id,payment_collection.updated_at,payment_collection.order.id,payment_collection.order.display_id,payment_collection.order.metadata'
const PRODUCT = 'id,title,status,updated_at,created_at,*variants,variants.prices.amount,variants.prices.currency_code,variants.inventory_items.inventory_item_id,variants.inventory_items.required_quantity'
// `*items` brings copies of the catalogue and figures that nothing reads: a page would be twice as long
export const trimmed = /^((product|variant)_(?!sku$)|(raw_)?(fulfilled|shipped|refundable|return(?!_(?:received|dismissed)_quantity$)|write_off|written_off|delivered|compare_at|discount_tax)_(?!at$)|thumbnail$|line_item_metadata$|deleted_at$)/
const since = '2020-01-01T00:00:00.000Z'

function byId(ids) {
  return ids.map((id) => `id[]=${id}`).join('&')
}

/** Two pages of a list, in the order of a cursor. */
function pages(name, path, limit) {
  return Object.fromEntries([0, 1].map((page) => [`${name}-${page + 1}`, { method: 'GET', path: `${path}&limit=${limit}&offset=${page * limit}` }]))
}

export async function shopRequests(shop, headers) {
  const { orders } = await (await fetch(`${shop.url}/admin/orders?limit=1000&fields=id,status,payment_status,discount_total,metadata`, { headers })).json()
  const first = (...tests) => tests.map((test) => orders.find(test).id)
  const special = first(
    (o) => o.payment_status === 'partially_refunded', (o) => o.payment_status === 'authorized', (o) => o.status === 'canceled' && o.payment_status === 'refunded',
    (o) => o.status === 'canceled' && o.payment_status === 'canceled', (o) => o.discount_total > 0, (o) => o.status === 'pending' && o.payment_status === 'refunded',
  )
  return {
    ...pages('orders', `/admin/orders?updated_at[$gte]=${since}&order=updated_at&fields=${ORDER}`, 6),
    'orders-special-1': { method: 'GET', path: `/admin/orders?${byId(special.slice(0, 3))}&limit=10&fields=${ORDER}` },
    'orders-special-2': { method: 'GET', path: `/admin/orders?${byId(special.slice(3))}&limit=10&fields=${ORDER}` },
    'orders-none': { method: 'GET', path: `/admin/orders?updated_at[$gte]=2040-01-01T00:00:00.000Z&order=updated_at&limit=4&offset=0&fields=${ORDER}` },
    ...pages('payments', `/admin/payments?updated_at[$gte]=${since}&order=updated_at&fields=${PAYMENT}`, 8),
    ...pages('inventory-items', '/admin/inventory-items?order=id&fields=id,sku,updated_at,*location_levels,variants.sku,variants.manage_inventory,variants.allow_backorder', 8),
    ...pages('reservations', `/admin/reservations?updated_at[$gte]=${since}&order=updated_at`, 8),
    'stock-locations': { method: 'GET', path: '/admin/stock-locations?fields=id,name' },
    ...pages('products', `/admin/products?updated_at[$gte]=${since}&order=updated_at&fields=${PRODUCT}`, 4),
    ...pages('product-variants', `/admin/product-variants?updated_at[$gte]=${since}&order=updated_at&fields=id,sku,barcode,ean,upc,title,manage_inventory,allow_backorder,updated_at,product.id,product.title,product.status,inventory_items.inventory_item_id,inventory_items.required_quantity`, 8),
    ...pages('customers', `/admin/customers?updated_at[$gte]=${since}&order=updated_at&fields=id,email,has_account,company_name,created_at,updated_at`, 8),
    'stores': { method: 'GET', path: '/admin/stores?fields=id,name,*supported_currencies' },
    'sales-channels': { method: 'GET', path: '/admin/sales-channels?fields=id,name,is_disabled' },
    'refused-no-key': { method: 'GET', path: '/admin/orders?limit=1', as: {} },
    'refused-bearer': { method: 'GET', path: '/admin/orders?limit=1', as: { authorization: 'Bearer sk_not_a_key' } },
    'refused-filter': { method: 'GET', path: '/admin/reservations?nonsense=1' },
    'refused-two-sort-keys': { method: 'GET', path: '/admin/orders?order=updated_at,id&limit=1' },
    'not-found': { method: 'GET', path: '/admin/orders/order_00000000000000000000000000' },
  }
}
