// Makes the shop offer exactly what the ERP's figures allow, then puts the planned levels behind.
// Runs after every reset and not only when seeding: the forecast of one day is not the forecast of the next (README).
import { behind } from '../common/plan.mjs'
import { shopSession, readShop } from './shop.mjs'
import { erpSession, readErp } from './erp.mjs'
import { stockLevels } from './stock.mjs'

const session = shopSession()
const levels = stockLevels(await readShop(session), await readErp(await erpSession()))
const offered = new Map(levels.map((level) => [level.key, level.expected]))
for (const { sku, location, by, shows } of behind) {
  const key = `${sku}@${location}`
  const offer = shows ?? offered.get(key) + by
  if (!(offer >= 0) || offer === offered.get(key)) throw new Error(`${key} cannot be put behind: it should show ${offered.get(key)}`)
  offered.set(key, offer)
}
await session.post('/admin/inventory-items/location-levels/batch', {
  create: [], delete: [],
  // the shop derives what it offers: stocked less reserved
  update: levels.map((level) => ({ inventory_item_id: level.itemId, location_id: level.locationId, stocked_quantity: offered.get(level.key) + level.reserved })),
})
