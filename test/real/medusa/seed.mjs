// Fills a new, running Medusa over its own HTTP APIs, and leaves the keys it made in secrets.json.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from '../common/http.mjs'
import { adminSession } from './admin.mjs'
import { openShop } from './shop.mjs'
import { fillShelves } from './catalogue.mjs'
import { placeOrder } from './checkout.mjs'

const data = env('REAL_DATA')
const plan = JSON.parse(readFileSync(join(data, 'orders.json'), 'utf8'))
const started = Date.now()

const admin = await adminSession()
const shop = await openShop(admin, plan)
const variants = await fillShelves(admin, shop, plan)
writeFileSync(
  join(data, 'medusa', 'secrets.json'),
  JSON.stringify({ secretApiKey: shop.secretKey, publishableApiKey: shop.publishableKey, locations: shop.locations }, null, 1),
  { mode: 0o600 },
)
for (const order of plan.orders) await placeOrder(admin, { ...shop, variants }, plan, order)
console.log(`medusa: ${plan.orders.length} orders in ${((Date.now() - started) / 1000).toFixed(0)} s`)
