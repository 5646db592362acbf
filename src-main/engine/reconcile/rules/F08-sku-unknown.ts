/** The shop sells what the ERP has no product for: its orders cannot be booked. */
import { z } from 'zod'
import type { Product } from '../../../domain/records.ts'
import { type ProductSeen, standsSince, tooEarlyForProduct } from '../lenses/product.ts'
import { type Verdict, defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F08-sku-unknown',
  title: 'SKU that the ERP does not know',
  over: 'product',
  severity: 'high',
  params: z.object({
    except: z.array(z.string().min(1).max(200)).max(1000).default([]).meta({ title: 'SKUs left out', description: 'Beginnings of SKUs that the ERP need not know: gift cards, services.' }),
    shopSellsAll: z.boolean().default(false).meta({ title: 'The shop sells all', description: 'Whether the shop is to sell all that the ERP keeps count of; most shops sell a part of it.' }),
  }),
  repair: null,
  guide: [
    'Look for the product in the ERP: under another SKU it belongs into the pair’s SKU map.',
    'If it is not there, create it, or take it off sale in the shop.',
    'If the ERP’s product is archived, take it back into use.',
  ],
  absentOn: 'erp',
  detect(seen, { params }) {
    const sold = seen.shop.filter((one) => one.active && isGoods(one))
    const [first] = sold
    if (params.shopSellsAll && seen.shop.length === 0) return onlyInErp(seen)
    if (first === undefined || params.except.some((start) => seen.sku.startsWith(start))) return null
    if (seen.erp.some((one) => one.active) || seen.missingParts?.length === 0) return null
    const early = tooEarlyForProduct(seen, standsSince(seen))
    if (early !== null) return early
    const missing = seen.missingParts?.join(', ') ?? seen.erpSku
    const archived = seen.erp.length > 0
    return {
      kind: 'speaks',
      says: archived
        ? `${seen.shopLabel} sells ${seen.sku}, and ${seen.erpLabel} has it out of use.`
        : `${seen.shopLabel} sells ${seen.sku}, and ${seen.erpLabel} does not know ${seen.missingParts === null ? 'it' : `what it is made of: ${missing}`}.`,
      evidence: [
        evidence('SKU', seen.sku, archived ? `${seen.erpSku}, out of use` : null),
        evidence('Title', first.title, seen.erp[0]?.title ?? null, false),
        ...(seen.erpSku === seen.sku ? [] : [evidence('The pair’s SKU map says', seen.sku, seen.erpSku, false)]),
      ],
    }
  },
})

/** Gift cards, services and downloads are kept count of nowhere; goods that nobody counts are sent all the same. */
function isGoods({ tracked, goods }: Product): boolean {
  return tracked || goods === true
}

function onlyInErp(seen: ProductSeen): Verdict {
  const [first] = seen.erp.filter((one) => one.active && isGoods(one))
  if (first === undefined) return null
  return (
    tooEarlyForProduct(seen, standsSince(seen)) ?? {
      kind: 'speaks',
      severity: 'low',
      says: `${seen.erpLabel} has ${seen.erpSku} for sale, and ${seen.shopLabel} does not know it.`,
      evidence: [evidence('SKU', null, seen.erpSku), evidence('Title', null, first.title, false)],
    }
  )
}
