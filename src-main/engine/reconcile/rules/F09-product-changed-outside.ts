/** A price, a title or a tax of a product was changed on the side that does not own it. */
import { z } from 'zod'
import { changesInWords } from '../lenses/outside.ts'
import { tooEarlyForProduct } from '../lenses/product.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'F09-product-changed-outside',
  title: 'Product changed on the side that does not own it',
  over: 'product',
  severity: 'medium',
  params: z.object({}),
  repair: null,
  guide: [
    'Ask whoever changed it why: the evidence names the user where the platform does.',
    'If it was right, let the owner’s side say the same; if not, set it back.',
    'If it is allowed, say so in the pair’s settings, under who owns what.',
  ],
  absentOn: null,
  detect(seen) {
    const first = seen.outside.find(({ doer }) => doer === 'stranger')
    if (first === undefined) return null
    // the owner's word may be on its way
    const early = tooEarlyForProduct(seen, seen.axes[first.on].ours(first.at ?? 0))
    if (early !== null) return early
    return changesInWords(seen)
  },
})
