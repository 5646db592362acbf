// The shop before it has goods: keys, store, region, taxes, two stock locations, shipping, one promotion.
export async function openShop(admin, plan) {
  const secretKey = (await admin.post('/admin/api-keys', { title: 'monitor', type: 'secret' })).api_key.token
  const publishable = (await admin.post('/admin/api-keys', { title: 'storefront', type: 'publishable' })).api_key
  const channel = (await admin.get('/admin/sales-channels')).sales_channels[0].id
  await admin.post(`/admin/api-keys/${publishable.id}/sales-channels`, { add: [channel] })
  const store = (await admin.get('/admin/stores')).stores[0]
  await admin.post(`/admin/stores/${store.id}`, {
    name: 'Maison Exemple', supported_currencies: [{ currency_code: 'eur', is_default: true, is_tax_inclusive: true }],
  })
  const countries = Object.keys(plan.rates).map((code) => code.toLowerCase())
  const region = (await admin.post('/admin/regions', {
    name: 'Europe', currency_code: 'eur', countries, payment_providers: ['pp_system_default'], automatic_taxes: true, is_tax_inclusive: true,
  })).region.id
  const reducedType = await makeTaxes(admin, plan.rates)
  const locations = await makeLocations(admin, channel)
  const shipping = await makeShipping(admin, { countries, region, location: locations.Lyon })
  const promotions = await makePromotions(admin, plan.orders)
  return {
    secretKey, publishableKey: publishable.token, channel, region, reducedType, locations, promotions,
    shippingProfile: shipping.profile, shippingOptions: shipping.options,
  }
}

async function makeTaxes(admin, rates) {
  const reduced = (await admin.post('/admin/product-types', { value: 'reduced' })).product_type.id
  for (const [country, rate] of Object.entries(rates)) {
    const region = (await admin.post('/admin/tax-regions', {
      country_code: country.toLowerCase(), provider_id: 'tp_system',
      default_tax_rate: { name: `VAT ${rate.standard}%`, code: `${country}-STD`, rate: rate.standard },
    })).tax_region.id
    if (rate.reduced === rate.standard) continue
    await admin.post('/admin/tax-rates', {
      tax_region_id: region, name: `VAT ${rate.reduced}%`, code: `${country}-RED`, rate: rate.reduced, is_combinable: false,
      rules: [{ reference: 'product_type', reference_id: reduced }],
    })
  }
  return reduced
}

async function makeLocations(admin, channel) {
  const made = {}
  for (const [name, country] of [['Lyon', 'fr'], ['Gent', 'be']]) {
    const { id } = (await admin.post('/admin/stock-locations', { name, address: { address_1: '1 Port', city: name, country_code: country } })).stock_location
    await admin.post(`/admin/stock-locations/${id}/sales-channels`, { add: [channel] })
    await admin.post(`/admin/stock-locations/${id}/fulfillment-providers`, { add: ['manual_manual'] })
    made[name] = id
  }
  return made
}

async function makeShipping(admin, { countries, region, location }) {
  const set = (await admin.post(`/admin/stock-locations/${location}/fulfillment-sets?fields=*fulfillment_sets`, { name: 'Lyon parcels', type: 'shipping' })).stock_location.fulfillment_sets[0]
  const zone = (await admin.post(`/admin/fulfillment-sets/${set.id}/service-zones`, {
    name: 'Europe', geo_zones: countries.map((code) => ({ type: 'country', country_code: code })),
  })).fulfillment_set.service_zones[0]
  const profile = (await admin.get('/admin/shipping-profiles')).shipping_profiles[0]
    ?? (await admin.post('/admin/shipping-profiles', { name: 'Default', type: 'default' })).shipping_profile
  const options = {}
  for (const [name, amount] of [['paid', 4.9], ['free', 0]]) {
    options[name] = (await admin.post('/admin/shipping-options', {
      name: `Colis Express (${name})`, service_zone_id: zone.id, shipping_profile_id: profile.id, provider_id: 'manual_manual', price_type: 'flat',
      type: { label: name, description: name, code: name }, prices: [{ currency_code: 'eur', amount }, { region_id: region, amount }],
      rules: [{ attribute: 'enabled_in_store', operator: 'eq', value: 'true' }, { attribute: 'is_return', operator: 'eq', value: 'false' }],
    })).shipping_option.id
  }
  return { profile: profile.id, options }
}

async function makePromotions(admin, orders) {
  const made = {}
  for (const percent of new Set(orders.map((order) => order.discount).filter((discount) => discount > 0))) {
    made[percent] = `LESS${percent}`
    await admin.post('/admin/promotions', {
      code: made[percent], type: 'standard', status: 'active', is_tax_inclusive: true,
      application_method: { type: 'percentage', target_type: 'items', allocation: 'each', max_quantity: 100, value: percent, currency_code: 'eur' },
    })
  }
  return made
}
