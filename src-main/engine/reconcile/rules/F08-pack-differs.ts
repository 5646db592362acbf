/** One of it is another number of pieces on each side: stock and prices are off by that factor. */
import { z } from 'zod'
import { type Decimal, compare, divide } from '../../../domain/decimal.ts'
import { type ProductSeen, bothOf, standsSince, tooEarlyForProduct } from '../lenses/product.ts'
import { type Verdict, defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F08-pack-differs',
  title: 'Pack of another size',
  over: 'product',
  severity: 'high',
  params: z.object({}),
  repair: null,
  guide: [
    'Open the product on both sides and count what is in one pack.',
    'Correct the side that is wrong, or the pair’s map of packs.',
    'Then see which orders of it were booked with the wrong quantity.',
  ],
  absentOn: null,
  detect(seen) {
    const both = bothOf(seen)
    if (both === null) return null
    const { shop, erp } = both
    const byUnits = shop.unit === null || erp.unit === null ? null : seen.lookups.unitsIn(shop.unit, erp.unit)
    const mapped = seen.pack?.size ?? byUnits
    // a shop that states no packs sells by the one that the pair maps, and the ERP says how large it is
    if (shop.packSize === null && seen.pack !== null) return byMap(seen, erp.packSize, seen.pack.size)
    const stated = statedRatio(shop.packSize, erp.packSize)
    if (stated === null || compare(stated, mapped ?? '1') === 0) return null
    const early = tooEarlyForProduct(seen, standsSince(seen))
    if (early !== null) return early
    return {
      kind: 'speaks',
      says:
        mapped === null
          ? `One ${seen.sku} is ${shop.packSize ?? '1'} in ${seen.shopLabel} and ${erp.packSize ?? '1'} in ${seen.erpLabel}.`
          : `One ${seen.sku} is ${stated} of ${seen.erpLabel}’s by what both sides say, and ${mapped} by the pair’s map.`,
      evidence: [
        evidence('Pieces in one', shop.packSize, erp.packSize, true),
        ...(mapped === null ? [] : [evidence('By the pair’s map', mapped, '1', false)]),
      ],
    }
  },
})

function byMap(seen: ProductSeen, stated: Decimal | null, mapped: Decimal): Verdict {
  if (stated === null || compare(stated, mapped) === 0) return null
  return (
    tooEarlyForProduct(seen, standsSince(seen)) ?? {
      kind: 'speaks',
      says: `One ${seen.sku} is ${mapped} of ${seen.erpLabel}’s by the pair’s map, and ${seen.erpLabel} packs ${stated}.`,
      evidence: [evidence('Pieces in one', `${mapped}, by the pair’s map`, stated, true)],
    }
  )
}

/** How many of the ERP's one of the shop's is, by their own pack sizes; null where neither states one. */
function statedRatio(shop: Decimal | null, erp: Decimal | null): Decimal | null {
  if (shop === null || erp === null || compare(erp, '0') === 0) return null
  return divide(shop, erp)
}
