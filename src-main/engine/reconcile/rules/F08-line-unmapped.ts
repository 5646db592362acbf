/** The ERP has the order, and one of its lines stands for no product that was sold: it was booked on something else. */
import { z } from 'zod'
import { add, isZero } from '../../../domain/decimal.ts'
import { toMinor } from '../../../domain/money.ts'
import { comparable, erpTotal, totalOf, unsettled } from '../lenses/order.ts'
import { defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F08-line-unmapped',
  title: 'Order line booked on no product',
  over: 'chain',
  severity: 'high',
  params: z.object({}),
  repair: null,
  guide: [
    'Open the ERP’s order and find the line that carries the money of what is named below.',
    'Put the right product on it before it is delivered: stock and tax follow the product.',
    'Give the product a SKU in the shop, or map its SKU in the pair’s settings, so that it does not happen again.',
  ],
  absentOn: null,
  silentOnAgreement: true,
  detect(seen) {
    if (!comparable(seen)) return null
    const { shop } = seen
    const booked = erpTotal(seen.live, shop.currency)
    const stated = totalOf(shop)
    const agrees = booked !== null && booked >= stated.low && booked <= stated.high
    const lines = seen.live.flatMap((order) => order.lines)
    const skus = new Set(lines.map((line) => line.sku))
    const titles = new Set(lines.filter((line) => line.sku !== null).map((line) => line.title))
    const unmapped = shop.lines.filter(({ sku, title, giftCard, quantity }) => {
      if (giftCard || isZero(quantity)) return false
      if (sku === null) return !titles.has(title)
      // one that is left out, and costs something else, is told by the rule on totals
      return agrees && !skus.has(sku)
    })
    const [first] = unmapped
    if (first === undefined) return null
    const early = unsettled(seen, shop)
    if (early !== null) return early
    const strangers = lines.filter((line) => !shop.lines.some(({ sku }) => sku !== null && sku === line.sku))
    return {
      kind: 'speaks',
      cause: 'lines',
      amount: { minor: toMinor(add('0', ...unmapped.map((line) => line.total)), shop.currency), currency: shop.currency },
      says: `Order ${seen.number} is in ${seen.erpLabel}, and its line ${first.title} is there on no product of ${first.sku === null ? 'that name' : `the SKU ${first.sku}`}.`,
      evidence: [
        ...unmapped.slice(0, 20).map(({ sku, title, quantity }) => evidence(title, `${quantity} × ${sku ?? 'no SKU'}`, null, true)),
        ...strangers.slice(0, 20).map(({ sku, title, quantity }) => evidence('Booked instead, perhaps', null, `${quantity} × ${title} (${sku ?? 'no SKU'})`, false)),
      ],
    }
  },
})
