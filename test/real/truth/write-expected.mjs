// Writes expected.json: every incident that holds between the two servers as they stand now, and every silence.
// Knows nothing of the product; reads both sides through the APIs that the product reads.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from '../common/http.mjs'
import { readShop } from './shop.mjs'
import { erpSession, readErp } from './erp.mjs'
import { judgeOrders } from './orders.mjs'
import { judgeStock } from './stock.mjs'

// rule and cause of all that was planted, and how often at least: a plan that lost one would test less than it says
const PLANTED = {
  'F02-paid-order-missing': 3, 'F02-cancelled-in-erp': 2, 'F02-cancelled-in-shop': 2, 'F02-duplicate-erp-order': 2,
  'F02-erp-order-without-shop-order': 2,
  'F02-total-differs tax': 4, 'F02-total-differs quantity': 2, 'F02-total-differs shipping': 2, 'F02-total-differs lines': 1, 'F02-total-differs price': 2,
  'F05-tax-differs wrong-rate': 3, 'F05-tax-differs exempt': 1, 'F05-tax-differs quantity-differs': 2, 'F05-tax-differs shipping-missing': 2,
  'F05-tax-differs line-missing': 1, 'F05-tax-differs discount': 1,
  'F02-order-stuck': 13, 'F02-paid-state-differs': 21, 'F06-refund-without-credit-note': 2,
  'F07-shipped-not-told': 9, 'F07-tracking-differs': 1,
  'F01-stock-behind oversell': 2, 'F01-stock-behind undersell': 1,
}

const shop = await readShop()
const erp = await readErp(await erpSession())
const { incidents, silent } = judgeOrders(shop.orders, erp.sales)
incidents.push(...judgeStock(shop, erp))
const counts = {}
for (const { rule, cause } of incidents) {
  const kind = cause === null ? rule : `${rule} ${cause}`
  counts[kind] = (counts[kind] ?? 0) + 1
}
for (const [kind, number] of Object.entries(PLANTED)) {
  if (counts[kind] !== number) throw new Error(`planted ${number} of "${kind}", found ${counts[kind] ?? 0}`)
}
for (const kind of Object.keys(counts)) if (!(kind in PLANTED)) throw new Error(`nobody planted "${kind}", and there are ${counts[kind]}`)
writeFileSync(join(env('REAL_DATA'), 'expected.json'), JSON.stringify({ counts, incidents, silent }, null, 1))
console.log(`expected: ${incidents.length} incidents, ${silent.length} silences`)
