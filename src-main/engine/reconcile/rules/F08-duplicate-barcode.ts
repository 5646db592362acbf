/** One barcode stands on products of several SKUs: a scanner books the wrong one. */
import { z } from 'zod'
import type { Product } from '../../../domain/records.ts'
import { defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F08-duplicate-barcode',
  title: 'Barcode given to several SKUs',
  over: 'product',
  severity: 'high',
  params: z.object({}),
  repair: null,
  guide: [
    'Look at the goods: which of them carries this barcode?',
    'Correct the others, in the side that is the master of products.',
  ],
  absentOn: null,
  detect(seen) {
    const sides = [
      { label: seen.shopLabel, own: seen.shop, twins: inUse(seen.shopBarcodeTwins) },
      { label: seen.erpLabel, own: seen.erp, twins: inUse(seen.erpBarcodeTwins) },
    ].filter(({ own, twins }) => inUse(own).length > 0 && twins.length > 0)
    // each of them is met by the other: the first by name speaks for all
    const first = sides.filter(({ own, twins }) => twins.every((twin) => (own[0]?.sku ?? '') < twin.sku))
    if (first.length === 0) return null
    return {
      kind: 'speaks',
      says: `${first.map(({ label, own, twins }) => `${label} has one barcode on ${[...new Set([...own, ...twins].map((one) => one.sku))].join(', ')}`).join('; ')}.`,
      evidence: first.flatMap(({ label, own, twins }) =>
        [...own, ...twins].slice(0, 25).map((one) => evidence(`${label}: ${one.sku}`, one.barcode, null, true)),
      ),
    }
  },
})

function inUse(products: readonly Product[]): readonly Product[] {
  return products.filter((one) => one.active)
}
