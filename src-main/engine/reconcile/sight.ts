/** What all subjects of one pair share in one run: settings, names, clocks and coverage, gathered once. */
import type { Pair } from '../../domain/pair.ts'
import type { Store } from '../store/store.ts'
import { type Axis, type Covered, axisOf, coveredBy } from './lenses/coverage.ts'
import { type Methods, methodsOf } from './methods.ts'
import { type SoldLately, soldLately } from './sold.ts'

/** Up to where orders of both sides and one kind of document beside them are complete together. */
export interface Documents {
  readonly invoices: Covered
  readonly creditNotes: Covered
  readonly shipments: Covered
  /** What came back to the ERP. */
  readonly returns: Covered
  /** The shop's parcels and the ERP's shipments. */
  readonly fulfilments: Covered
}

export interface PairSight {
  readonly pair: Pair
  readonly shopLabel: string
  readonly erpLabel: string
  readonly shopAxis: Axis
  readonly erpAxis: Axis
  /** Up to where the orders of both sides are complete. */
  readonly orders: Covered
  /** The same for stock; it needs the orders too, for units on their way. */
  readonly stock: Covered
  readonly documents: Documents
  readonly products: Covered
  /** Whether the shop's prices hold tax, by its newest orders; null where they do not agree, or there are none. */
  readonly shopPricesWithTax: boolean | null
  /** The shop's newest orders by their SKUs; looked through when it is first asked. */
  readonly soldLately: () => SoldLately
  /** The ERP's customers: duplicates are found on that side alone. */
  readonly customers: Covered
  /** How each side rounds tax, by market. */
  readonly methods: Methods
  /** Other pairs on the same ERP with another shop: they may use the same numbers. */
  readonly rivals: readonly Pair[]
}

export function sightOf(store: Store, pair: Pair): PairSight {
  const orders = [
    { connection: pair.shop, stream: 'orders' },
    { connection: pair.erp, stream: 'orders' },
  ] as const
  return {
    pair,
    shopLabel: store.connections.get(pair.shop)?.label ?? pair.shop,
    erpLabel: store.connections.get(pair.erp)?.label ?? pair.erp,
    shopAxis: axisOf(store, pair.shop),
    erpAxis: axisOf(store, pair.erp),
    orders: coveredBy(store, orders),
    stock: coveredBy(store, [
      { connection: pair.shop, stream: 'stock' },
      { connection: pair.erp, stream: 'stock' },
      ...orders,
    ]),
    documents: {
      invoices: coveredBy(store, [...orders, { connection: pair.erp, stream: 'invoices' }]),
      creditNotes: coveredBy(store, [...orders, { connection: pair.erp, stream: 'credit-notes' }]),
      shipments: coveredBy(store, [...orders, { connection: pair.erp, stream: 'shipments' }]),
      returns: coveredBy(store, [...orders, { connection: pair.erp, stream: 'shipments' }, { connection: pair.erp, stream: 'returns' }]),
      fulfilments: coveredBy(store, [
        ...orders,
        { connection: pair.erp, stream: 'shipments' },
        { connection: pair.shop, stream: 'fulfilments' },
      ]),
    },
    products: coveredBy(store, [
      { connection: pair.shop, stream: 'products' },
      { connection: pair.erp, stream: 'products' },
    ]),
    shopPricesWithTax: pricesWithTax(store, pair),
    soldLately: soldLately(store, pair.shop),
    customers: coveredBy(store, [{ connection: pair.erp, stream: 'customers' }]),
    methods: methodsOf(store, pair),
    rivals: store.pairs
      .list()
      .filter((other) => other.id !== pair.id && other.erp === pair.erp && other.shop !== pair.shop),
  }
}

/**
 * A list is kept in the money that most is sold in; what is sold abroad may hold its tax otherwise and says nothing of
 * it. A shop whose markets of one money differ has no one basis.
 */
function pricesWithTax(store: Store, pair: Pair): boolean | null {
  const newest = store.snapshots.newest(pair.shop, 'orders', 20).flatMap(({ record }) => (record.kind === 'order' ? [record] : []))
  const [most = []] = [...Map.groupBy(newest, (order) => order.currency).values()].toSorted((a, b) => b.length - a.length)
  const said = new Set(most.map((order) => order.taxesIncluded))
  return said.size === 1 ? (most[0]?.taxesIncluded ?? null) : null
}
