/** Shop and ERP have another barcode for one SKU: what is scanned in the warehouse is not what was sold. */
import { z } from 'zod'
import { bothOf, standsSince, tooEarlyForProduct } from '../lenses/product.ts'
import { defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F08-barcode-differs',
  title: 'Barcode differs',
  over: 'product',
  severity: 'medium',
  params: z.object({}),
  repair: null,
  guide: [
    'Look at the product itself: which of the two barcodes is printed on it?',
    'Correct the side that is wrong; where both are right, one SKU stands for two things.',
  ],
  absentOn: null,
  detect(seen) {
    const both = bothOf(seen)
    if (both === null) return null
    const { shop, erp } = both
    // a side that has none contradicts nobody
    if (shop.barcode === null || erp.barcode === null || digitsOf(shop.barcode) === digitsOf(erp.barcode)) return null
    const early = tooEarlyForProduct(seen, standsSince(seen))
    if (early !== null) return early
    return {
      kind: 'speaks',
      says: `${seen.sku} has the barcode ${shop.barcode} in ${seen.shopLabel} and ${erp.barcode} in ${seen.erpLabel}.`,
      evidence: [evidence('Barcode', shop.barcode, erp.barcode, true)],
    }
  },
})

/** A UPC is an EAN that begins with a nought, and both are written with and without spaces. */
function digitsOf(barcode: string): string {
  return barcode.replaceAll(/[\s-]/g, '').replace(/^0+(?=.)/, '').toUpperCase()
}
