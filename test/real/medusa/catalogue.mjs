// The goods and how many lie where; answers the variant of each SKU.
export async function fillShelves(admin, shop, plan) {
  const variants = {}
  for (const p of plan.products) {
    const { product } = await admin.post('/admin/products', {
      title: p.name, status: 'published', shipping_profile_id: shop.shippingProfile, sales_channels: [{ id: shop.channel }],
      ...(p.tax === 'reduced' ? { type_id: shop.reducedType } : {}),
      options: [{ title: p.option, values: p.variants.map((v) => v.value) }],
      variants: p.variants.map((v) => ({
        title: v.value, sku: v.sku, manage_inventory: true, options: { [p.option]: v.value },
        prices: [{ currency_code: 'eur', amount: v.gross / 100 }],
      })),
    })
    for (const variant of product.variants) variants[variant.sku] = variant.id
    for (const v of p.variants) {
      const item = (await admin.get(`/admin/inventory-items?sku=${encodeURIComponent(v.sku)}`)).inventory_items[0]
      for (const [name, key] of [['Lyon', 'main'], ['Gent', 'second']]) {
        await admin.post(`/admin/inventory-items/${item.id}/location-levels`, { location_id: shop.locations[name], stocked_quantity: v.stock[key] })
      }
    }
  }
  return variants
}
