// What the shop says, read through its admin API with the key a monitor is given.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env, json } from '../common/http.mjs'
import { cents, exact, minus, over, plus, sum, times } from './exact.mjs'

// without `total` Medusa does not work out the tax of the lines either
const FIELDS = 'id,status,currency_code,canceled_at,total,summary,metadata,*items,*items.tax_lines,*items.adjustments,'
  + '*shipping_methods,*shipping_methods.tax_lines,*payment_collections,*fulfillments,*fulfillments.labels'

export function shopSession() {
  const { secretApiKey } = JSON.parse(readFileSync(join(env('REAL_DATA'), 'medusa', 'secrets.json'), 'utf8'))
  const headers = { authorization: `Basic ${Buffer.from(`${secretApiKey}:`).toString('base64')}` }
  const base = env('MEDUSA_URL')
  return {
    get: (path) => json('GET', base + path, { headers }),
    post: (path, body) => json('POST', base + path, { headers, body }),
  }
}

export async function readShop(shop = shopSession()) {
  const { orders } = await shop.get(`/admin/orders?limit=1000&order=display_id&fields=${FIELDS}`)
  const { reservations } = await shop.get('/admin/reservations?limit=10000')
  const { stock_locations: places } = await shop.get('/admin/stock-locations?fields=id,name')
  const { inventory_items: items } = await shop.get('/admin/inventory-items?limit=1000&fields=id,sku,*location_levels')
  const placeName = new Map(places.map((place) => [place.id, place.name]))
  return {
    orders: orders.map((order) => asOrder(order, reservations, placeName)),
    levels: items.flatMap((item) => item.location_levels.map((level) => ({
      sku: item.sku, location: placeName.get(level.location_id), itemId: item.id, locationId: level.location_id,
      available: level.available_quantity, reserved: level.reserved_quantity,
    }))),
  }
}

function asOrder(order, reservations, placeName) {
  const paid = (of) => order.payment_collections.reduce((total, collection) => total + cents(of(collection)), 0)
  const parcels = order.fulfillments.filter((parcel) => parcel.shipped_at !== null && parcel.canceled_at === null)
  return {
    number: order.metadata.shop_number,
    sent: parcels.length > 0,
    numbers: parcels.flatMap((parcel) => parcel.labels.map((label) => label.tracking_number)),
    currency: order.currency_code.toUpperCase(),
    cancelled: order.canceled_at !== null,
    // `total` falls with refunds, and `original_total` is the price before discounts
    total: cents(order.summary.raw_original_order_total.value),
    captured: paid((collection) => collection.raw_captured_amount?.value ?? '0'),
    refunded: paid((collection) => collection.raw_refunded_amount?.value ?? '0'),
    lines: order.items.map((item) => ({
      ...asLine(item.variant_sku, item, item.raw_unit_price.value, Number(item.raw_quantity.value)),
      discounted: item.adjustments.length > 0,
      reserved: reservations.filter((r) => r.line_item_id === item.id).map((r) => ({ location: placeName.get(r.location_id), quantity: r.quantity })),
    })),
    shipping: order.shipping_methods.filter((method) => method.amount !== 0).map((method) => asLine('SHIPPING', method, method.raw_amount.value, 1)),
  }
}

/** Prices include tax here: the net is what is left of the gross, and the tax is the rest, to the last digit. */
function asLine(sku, row, price, quantity) {
  if (!row.is_tax_inclusive) throw new Error(`${sku} is not priced with tax included`)
  const off = sum((row.adjustments ?? []).map((adjustment) => exact(adjustment.raw_total.value)))
  const gross = minus(times(exact(price), exact(quantity)), off)
  const rate = over(sum(row.tax_lines.map((line) => exact(line.raw_rate.value))), exact('100'))
  const net = over(gross, plus(exact('1'), rate))
  const tax = minus(gross, net)
  const stated = sum(row.tax_lines.map((line) => exact(line.raw_total.value)))
  const apart = minus(tax, stated)
  if (Math.abs(Number((apart.over * 10n ** 12n) / apart.under)) > 1) throw new Error(`the shop states another tax on ${sku} than its rate gives`)
  return { sku, quantity, rate, netPrice: over(net, exact(quantity)), tax }
}
