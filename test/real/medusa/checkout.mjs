// One order as its customer and the shop's staff made it: a real checkout, then payment, parcel, refund or cancellation.
export async function placeOrder(admin, shop, plan, order) {
  const id = await checkOut(admin.storefront(shop.publishableKey), shop, plan, order)
  if (id === null || order.shop === 'authorised') return
  const placed = (await admin.get(`/admin/orders/${id}?fields=id,total,*items,*payment_collections.payments`)).order
  const payment = placed.payment_collections[0].payments[0]
  if (order.shop !== 'cancelled') await admin.post(`/admin/payments/${payment.id}/capture`)
  switch (order.shop) {
    case 'captured':
      return
    case 'shipped':
      return ship(admin, placed, shop.locations.Lyon, order)
    case 'part-refunded':
      return admin.post(`/admin/payments/${payment.id}/refund`, { amount: 1.5, note: 'goodwill' })
    case 'refunded':
      return admin.post(`/admin/payments/${payment.id}/refund`, { amount: placed.total, note: 'changed their mind' })
    case 'cancelled':
    case 'cancelled-after-capture':
      return admin.post(`/admin/orders/${id}/cancel`)
    default:
      throw new Error(`unknown plan for the shop: ${order.shop}`)
  }
}

async function checkOut(store, shop, plan, order) {
  const c = plan.customers.find((customer) => customer.id === order.customer)
  const address = { first_name: c.first, last_name: c.last, address_1: c.street, city: c.city, postal_code: c.zip, country_code: c.country.toLowerCase() }
  const { cart } = await store('/store/carts', {
    region_id: shop.region, email: c.email, shipping_address: address, billing_address: address, metadata: { shop_number: order.number },
    items: order.lines.map((line) => ({ variant_id: shop.variants[line.sku], quantity: line.quantity })),
  })
  if (order.shop === 'abandoned') return null
  if (order.discount > 0) await store(`/store/carts/${cart.id}/promotions`, { promo_codes: [shop.promotions[order.discount]] })
  await store(`/store/carts/${cart.id}/shipping-methods`, { option_id: order.shipping.gross > 0 ? shop.shippingOptions.paid : shop.shippingOptions.free })
  const payment = (await store('/store/payment-collections', { cart_id: cart.id })).payment_collection
  await store(`/store/payment-collections/${payment.id}/payment-sessions`, { provider_id: 'pp_system_default' })
  const done = await store(`/store/carts/${cart.id}/complete`)
  if (done.type !== 'order') throw new Error(`the cart of ${order.number} was not completed: ${JSON.stringify(done).slice(0, 300)}`)
  return done.order.id
}

async function ship(admin, placed, location, order) {
  const items = placed.items.map((item) => ({ id: item.id, quantity: item.quantity }))
  const parcel = (await admin.post(`/admin/orders/${placed.id}/fulfillments?fields=*fulfillments`, { items, location_id: location })).order.fulfillments[0]
  const tracking = `TRK${order.number.slice(3).padStart(9, '0')}`
  await admin.post(`/admin/orders/${placed.id}/fulfillments/${parcel.id}/shipments`, { items, labels: [{ tracking_number: tracking, tracking_url: '', label_url: '' }] })
}
