/** A product is listed at another price on each side: every order of it will differ. */
import { priceDifferences, priceTermsSchema } from '../../../domain/list-price.ts'
import { bothOf, standsSince, tooEarlyForProduct } from '../lenses/product.ts'
import { defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F08-price-differs',
  title: 'List price differs',
  over: 'product',
  severity: 'high',
  params: priceTermsSchema,
  repair: null,
  guide: [
    'See which side owns prices, and what changed last.',
    'Let the integration send the price again, or correct it by hand on the side that does not own it.',
    'If the two are meant to differ, widen this rule’s tolerance or leave the rule off.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    const both = bothOf(seen)
    // who changed what is not theirs is told by the rule on ownership: one cause, one incident
    if (both === null || seen.outside.some(({ domain, doer }) => domain === 'price' && doer === 'stranger')) return null
    const found = priceDifferences(both.shop.prices, both.erp.prices, seen.pack?.size ?? '1', params)
    const [first] = found
    if (first === undefined) return null
    const early = tooEarlyForProduct(seen, standsSince(seen))
    if (early !== null) return early
    return {
      kind: 'speaks',
      cause: 'price',
      says: `${seen.sku} is listed at ${first.shop} in ${seen.shopLabel} and at ${first.erp} in ${seen.erpLabel}${first.market === null ? '' : ` for ${first.market}`}.`,
      evidence: found.slice(0, 40).map(({ market, currency, shop, erp }) =>
        evidence(['List price', market, currency].filter((part) => part !== null).join(', '), shop, erp, true),
      ),
    }
  },
})
