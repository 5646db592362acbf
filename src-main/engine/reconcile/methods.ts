/** How each side rounds its tax, inferred per market over a pair's recent orders and kept with its support (DESIGN §7.1). */
import { toMinor } from '../../domain/money.ts'
import type { Pair } from '../../domain/pair.ts'
import type { ErpOrder, Order } from '../../domain/records.ts'
import { type Support, type TaxSample, inferMethod, statesCents } from '../../domain/tax.ts'
import type { Store } from '../store/store.ts'
import { erpTaxLines, shopTaxLines } from './difference.ts'
import { numbersOf } from './match.ts'

/** Null where too few orders, or none convincingly, follow one method; or where a side states no cents. */
export interface MarketMethods {
  readonly shop: Support | null
  readonly erp: Support | null
}

/** Recent ERP orders looked at; enough for every market that matters, and quick. */
const looked = 400

export type Methods = (market: string | null) => MarketMethods

/** Nothing is read before it is first asked for: most runs find no tax that differs. */
export function methodsOf(store: Store, pair: Pair): Methods {
  let byMarket: ReadonlyMap<string, MarketMethods> | null = null
  return (market) => {
    byMarket ??= infer(store, pair)
    return byMarket.get(market ?? '') ?? { shop: null, erp: null }
  }
}

function infer(store: Store, pair: Pair): ReadonlyMap<string, MarketMethods> {
  const samples = new Map<string, { shop: TaxSample[]; erp: TaxSample[] }>()
  for (const { record, goneAt } of store.snapshots.newest(pair.erp, 'orders', looked)) {
    if (record.kind !== 'erp-order' || goneAt !== null || record.state === 'cancelled') continue
    const order = orderOf(store, pair, record)
    if (order === null) continue
    const market = order.market.country ?? ''
    const known = samples.get(market) ?? { shop: [], erp: [] }
    samples.set(market, known)
    known.erp.push(sampleOf(erpTaxLines([record]), record.totals.tax, record.currency))
    // what a shop leaves unrounded says nothing about how it would round
    if (statesCents(order.totals.tax, order.currency)) {
      known.shop.push(sampleOf(shopTaxLines(order), order.totals.tax, order.currency))
    }
  }
  return new Map(
    [...samples].map(([market, { shop, erp }]) => [market, { shop: inferMethod(shop), erp: inferMethod(erp) }]),
  )
}

function orderOf(store: Store, pair: Pair, erp: ErpOrder): Order | null {
  for (const number of numbersOf(pair, pair.erp, erp)) {
    const record = store.snapshots.byKey(pair.shop, 'orders', 'number', number)[0]?.record
    if (record?.kind === 'order') return record
  }
  return null
}

function sampleOf(lines: TaxSample['lines'], stated: string, currency: string): TaxSample {
  return { lines, statedMinor: toMinor(stated, currency), currency }
}
