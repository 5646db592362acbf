/** Shop and ERP count one product in different units: a dozen is sold and one is booked. */
import { z } from 'zod'
import { bothOf, standsSince, tooEarlyForProduct } from '../lenses/product.ts'
import { defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F08-unit-differs',
  title: 'Product counted in another unit',
  over: 'product',
  severity: 'high',
  params: z.object({}),
  repair: null,
  guide: [
    'Ask what one of it is: a piece, a box, a kilogram.',
    'Correct the unit in the ERP’s product, or say in the pair’s unit map how many of the one the other is.',
    'Stock, prices and orders of it are wrong by that factor until then.',
  ],
  absentOn: null,
  detect(seen) {
    const both = bothOf(seen)
    if (both === null) return null
    const { shop, erp } = both
    const wanted = seen.pack?.unit ?? shop.unit
    if (wanted === null || erp.unit === null || same(wanted, erp.unit)) return null
    // what one shop unit is in the ERP's is the pack rule's to compare
    if (seen.pack === null && seen.lookups.unitsIn(wanted, erp.unit) !== null) return null
    const early = tooEarlyForProduct(seen, standsSince(seen))
    if (early !== null) return early
    return {
      kind: 'speaks',
      says:
        seen.pack === null
          ? `${seen.shopLabel} counts ${seen.sku} in ${wanted}, ${seen.erpLabel} in ${erp.unit}, and the pair has no rate between them.`
          : `${seen.erpLabel} counts ${seen.erpSku} in ${erp.unit}; the pair’s map says ${wanted}.`,
      evidence: [evidence('Unit', wanted, erp.unit, true)],
    }
  },
})

function same(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase()
}
