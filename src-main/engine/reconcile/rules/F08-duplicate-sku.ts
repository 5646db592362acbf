/** One SKU names several products of one side: which of them an order means is chance. */
import { z } from 'zod'
import type { Product } from '../../../domain/records.ts'
import { defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F08-duplicate-sku',
  title: 'SKU given to several products',
  over: 'product',
  severity: 'high',
  params: z.object({}),
  repair: null,
  guide: [
    'Open the products below: they carry one SKU.',
    'Give each its own, or take all but one out of use.',
    'Then see whether orders of the last days were booked on the wrong one.',
  ],
  absentOn: null,
  detect(seen) {
    const sides = [
      { label: seen.shopLabel, sku: seen.sku, products: inUse(seen.shop) },
      { label: seen.erpLabel, sku: seen.erpSku, products: inUse(seen.erp) },
    ].filter(({ products }) => products.length > 1)
    if (sides.length === 0) return null
    return {
      kind: 'speaks',
      says: `${sides.map(({ label, sku, products }) => `${label} has ${products.length} products in use under the SKU ${sku}`).join('; ')}.`,
      evidence: [
        evidence('Products under this SKU', String(inUse(seen.shop).length), String(inUse(seen.erp).length), true),
        ...inUse(seen.shop).slice(0, 15).map((one) => evidence('In the shop', `${one.title} (${one.id})`, null, false)),
        ...inUse(seen.erp).slice(0, 15).map((one) => evidence('In the ERP', null, `${one.title} (${one.id})`, false)),
      ],
    }
  },
})

function inUse(products: readonly Product[]): readonly Product[] {
  return products.filter((one) => one.active)
}
