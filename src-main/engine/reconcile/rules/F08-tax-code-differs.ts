/** A product is taxed otherwise in the ERP than it is sold: by another code than the shop's, or at another rate than before. */
import { z } from 'zod'
import { add } from '../../../domain/decimal.ts'
import { toMinor } from '../../../domain/money.ts'
import { ratesInWords, takenBeyond, taxesInWords } from '../../../domain/product-tax.ts'
import type { Product } from '../../../domain/records.ts'
import { type ProductSeen, bothOf, standsSince, tooEarlyForProduct } from '../lenses/product.ts'
import { type Retaxed, type SoldAt, retaxedRule } from '../lenses/retaxed.ts'
import { type Verdict, defineRule, evidence, graceOf, notJudged, patience } from '../rule.ts'

const paramsSchema = z.object({
  /** From when the ERP has the other tax until the shop must have it, too. */
  graceMinutes: graceOf(null),
  orders: z.int().min(1).max(50).default(1).meta({ title: 'Orders at the former tax, at least', description: 'So many of the newest orders of it must go on at the former tax.' }),
})
type Params = z.infer<typeof paramsSchema>

export default defineRule({
  id: retaxedRule,
  title: 'Product taxed at another rate than it is sold at',
  over: 'product',
  severity: 'high',
  params: paramsSchema,
  repair: null,
  guide: [
    'Ask whoever keeps the taxes which rate the product has, and from which day on.',
    'Correct the side that is wrong: the product’s tax in the ERP, or its tax class in the shop.',
    'Look through the orders below: each was taxed otherwise than the ERP’s product says, and their invoices will be, too.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    const both = bothOf(seen)
    // who changed what is not theirs is told by the rule on ownership: one cause, one incident
    if (both === null || seen.outside.some(({ domain, doer }) => domain === 'tax' && doer === 'stranger')) return null
    return seen.wantedTaxCode === null ? soldOtherwise(seen, params) : mappedOtherwise(seen, both, seen.wantedTaxCode)
  },
})

/** The shop states a class and the pair says which code it is: then no order need tell. */
function mappedOtherwise(seen: ProductSeen, { shop, erp }: { readonly shop: Product; readonly erp: Product }, wanted: string): Verdict {
  if (erp.taxCode === null || erp.taxCode === wanted) return null
  const early = tooEarlyForProduct(seen, standsSince(seen))
  if (early !== null) return early
  return {
    kind: 'speaks',
    cause: 'tax',
    says: `${seen.shopLabel} sells ${seen.sku} in the tax class ${shop.taxCode}, which is ${wanted} in ${seen.erpLabel}; the product has ${erp.taxCode} there.`,
    evidence: [evidence('Tax code', `${shop.taxCode}: ${wanted}`, erp.taxCode, true)],
  }
}

/** Documents of both sides agree, and the product that they are of does not: where they do not, the rule on their tax speaks. */
function soldOtherwise(seen: ProductSeen, params: Params): Verdict {
  const { retaxed } = seen
  if (retaxed === null) return null
  const telling = retaxed.sold.filter(({ placedAt }) => placedAt >= retaxed.since + patience(seen, params))
  // what the product had become by then is known only once it was read past that
  const readTo = seen.covered.to ?? 0
  const unread = telling.filter(({ placedAt }) => placedAt > readTo)
  const again = unread.length === 0 ? null : tooEarlyForProduct({ ...seen, graceMs: 0 }, Math.min(...unread.map(({ placedAt }) => placedAt)))
  const markets = Map.groupBy(telling.filter((one) => !unread.includes(one)), ({ country }) => country)
  const former = [...markets.values()].find((orders) => orders.length >= params.orders && orders.slice(0, params.orders).every(({ isFormer }) => isFormer))
  if (former !== undefined) return { ...inWords(seen, retaxed, former.filter(({ isFormer }) => isFormer)), ...(again === null ? {} : { again }) }
  if (again !== null) return again
  return retaxed.isTold && !retaxed.isInView && telling.length === 0 ? notJudged('no order of it is among the newest ones any more', null) : null
}

function inWords({ sku, erpSku, shopLabel, erpLabel }: ProductSeen, { now }: Retaxed, orders: readonly SoldAt[]): Extract<Verdict, { kind: 'speaks' }> {
  const [newest] = orders
  if (newest === undefined) throw new TypeError('a product that no order goes on with was to be told')
  const { currency, follows } = newest
  const beyond = orders.flatMap((order) => (order.currency === currency ? [takenBeyond(order.total, order.taxesIncluded, order.follows, now)] : []))
  const where = newest.country === null ? '' : ` to ${newest.country}`
  const others = ['', ', and so is the one before it'][orders.length - 1] ?? `, and so are the ${orders.length - 1} before it`
  return {
    kind: 'speaks',
    cause: 'wrong-rate',
    amount: { minor: toMinor(add('0', ...beyond), currency), currency },
    says: `${erpLabel} taxes ${erpSku} at ${taxesInWords(now)} now; order ${newest.number}, the newest of it${where}, is still taxed at ${ratesInWords(follows)} on both sides${others}.`,
    evidence: [
      evidence(`Tax of ${sku}`, `${ratesInWords(follows)} in ${shopLabel}’s orders`, `${taxesInWords(follows)} → ${taxesInWords(now)}`, true),
      ...orders.slice(0, 40).map((order) => evidence(`Order ${order.number}`, ratesInWords(order.follows), taxesInWords(order.follows), false)),
    ],
  }
}
