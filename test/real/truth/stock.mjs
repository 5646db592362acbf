// What the shop should offer of each SKU at each location: the ERP's forecast, less what it has not heard of yet.
export const locations = { 'WH-LYON': 'Lyon', 'WH-GENT': 'Gent' }

/** [{sku, location, expected, shows, ...the shop's level}] for every level of a mapped location. */
export function stockLevels(shop, erp) {
  const pending = unitsNotYetInErp(shop.orders, erp.sales)
  return Object.entries(locations).flatMap(([warehouse, location]) =>
    shop.levels.filter((level) => level.location === location).map((level) => {
      const key = `${level.sku}@${location}`
      const forecast = erp.forecast.get(`${level.sku}@${warehouse}`)
      if (forecast === undefined) throw new Error(`the ERP does not know ${level.sku}`)
      return { ...level, key, expected: Math.max(0, forecast - (pending.get(key) ?? 0)) }
    }))
}

/**
 * Units of live orders, paid or not, that no ERP document has taken out of the forecast. They count where the shop has reserved them,
 * for only there has its own figure fallen; what is reserved nowhere counts at the first location of the map.
 */
function unitsNotYetInErp(orders, sales) {
  const units = new Map()
  const add = (sku, location, quantity) => units.set(`${sku}@${location}`, (units.get(`${sku}@${location}`) ?? 0) + quantity)
  for (const order of orders) {
    if (order.cancelled || sales.some((sale) => sale.reference === order.number && sale.reserves)) continue
    for (const line of order.lines) {
      for (const { location, quantity } of line.reserved) add(line.sku, location, quantity)
      add(line.sku, Object.values(locations)[0], line.quantity - line.reserved.reduce((all, r) => all + r.quantity, 0))
    }
  }
  return units
}

export function judgeStock(shop, erp) {
  return stockLevels(shop, erp).filter((level) => level.available !== level.expected).map((level) => ({
    rule: 'F01-stock-behind',
    subject: { kind: 'sku', connection: 'shop', key: level.key },
    amount: null,
    cause: level.available > level.expected ? 'oversell' : 'undersell',
  }))
}
