/** Brings the documents of both sides together under an order's number: clusters, not rows (DESIGN §5). */
import { takesBack } from '../../domain/came-back.ts'
import type { Pair } from '../../domain/pair.ts'
import { lookupsOf } from '../../domain/pair-maps.ts'
import { numberIn } from '../../domain/pair.ts'
import type { DomainRecord, ErpOrder, Order } from '../../domain/records.ts'
import { inShopWords } from '../../domain/shop-words.ts'
import { admissible } from '../../domain/tax.ts'
import { type Span, days } from '../../domain/time.ts'
import type { Snapshot } from '../store/snapshots.ts'
import type { Store } from '../store/store.ts'
import type { PairSight } from './sight.ts'

/** A key match must agree in date to this, or in customer or total, before it is believed. */
const dateWindowMs: Span = days(30)

export interface Cluster {
  /** The shop's order; null when the shop has none, or several under one number. */
  readonly shop: Order | null
  /** How many shop orders carry the number. */
  readonly shopCopies: number
  /** ERP documents of this order that stand. A cancelled one is not presence. */
  readonly live: readonly ErpOrder[]
  readonly cancelled: readonly ErpOrder[]
  /** ERP documents that take back what the others sold; cancelled ones left out. No presence, and in no sum. */
  readonly takenBack: readonly ErpOrder[]
  /** ERP documents of this order that are there no more. No presence: but what they held they held until they went. */
  readonly gone: readonly Snapshot<ErpOrder>[]
  /** ERP documents that carry the number and agree in nothing else. */
  readonly suspect: readonly ErpOrder[]
  /** Without any key match: an ERP document that could be it, by customer, total, currency and date. */
  readonly probable: ErpOrder | null
}

/** The numbers that a record names for a pair: a shop order its own, an ERP order those in its references. */
export function numbersOf(pair: Pair, connection: string, record: DomainRecord): readonly string[] {
  if (record.kind === 'order' && connection === pair.shop) return [record.number]
  if (record.kind !== 'erp-order' || connection !== pair.erp) return []
  const numbers = record.references.map((reference) => numberIn(reference, pair.settings, pair.shop))
  return [...new Set(numbers.filter((number) => number !== null))]
}

export function gatherCluster(store: Store, sight: PairSight, number: string): Cluster {
  const { pair } = sight
  const claimed = store.claims.records(pair.id, number)
  const there = claimed.filter((snapshot) => snapshot.goneAt === null)
  const shops = recordsOf(there, 'order')
  const shop = shops.length === 1 ? (shops[0] ?? null) : null
  const documents = recordsOf(there, 'erp-order').filter((order) => !belongsElsewhere(store, sight, number, shop, order))
  // what goes back does so weeks later, under a total of its own
  const own = documents.filter((order) => !takesBack(order))
  const isBelieved = (order: ErpOrder): boolean => shop === null || agreement(shop, order) > 0 || nearInTime(shop, order)
  const believed = own.filter(isBelieved)
  const live = believed.filter((order) => order.state !== 'cancelled').map((order) => inWordsOf(shop, order, pair))
  return {
    shop,
    shopCopies: shops.length,
    live,
    cancelled: believed.filter((order) => order.state === 'cancelled'),
    takenBack: documents.filter((order) => takesBack(order) && order.state !== 'cancelled'),
    gone: claimed.flatMap((snapshot) => {
      const { goneAt, record } = snapshot
      return goneAt !== null && record.kind === 'erp-order' && !takesBack(record) && isBelieved(record) ? [{ ...snapshot, record }] : []
    }),
    suspect: own.filter((order) => !believed.includes(order)),
    probable: shop !== null && own.length === 0 ? probableFor(store, pair, shop) : null,
  }
}

/** Lines by the shop's own SKUs, packs and bundles, where the pair maps them. */
function inWordsOf(shop: Order | null, order: ErpOrder, { settings }: Pair): ErpOrder {
  const maps = [settings.skuMap, settings.bundles, settings.packs]
  if (shop === null || maps.every((map) => Object.keys(map).length === 0)) return order
  return { ...order, lines: [...inShopWords(order.lines, shop.lines, lookupsOf(settings))] }
}

function recordsOf<K extends 'order' | 'erp-order'>(
  snapshots: readonly Snapshot[],
  kind: K,
): readonly Extract<DomainRecord, { kind: K }>[] {
  return snapshots.flatMap(({ record }) => (isKind(record, kind) ? [record] : []))
}

function isKind<K extends DomainRecord['kind']>(record: DomainRecord, kind: K): record is Extract<DomainRecord, { kind: K }> {
  return record.kind === kind
}

/** How many of customer and total agree. */
function agreement(shop: Order, erp: ErpOrder): number {
  return Number(sameCustomer(shop, erp)) + Number(sameTotal(shop, erp))
}

function sameCustomer(shop: Order, erp: ErpOrder): boolean {
  const email = shop.customer.email?.trim().toLowerCase() ?? ''
  return email !== '' && email === erp.customerEmail?.trim().toLowerCase()
}

function sameTotal(shop: Order, erp: ErpOrder): boolean {
  if (shop.currency !== erp.currency) return false
  const stated = admissible([shop.totals.total], shop.currency)
  const booked = admissible([erp.totals.total], erp.currency)
  return booked.low >= stated.low && booked.high <= stated.high
}

function nearInTime(shop: Order, erp: ErpOrder): boolean {
  const moments = [erp.createdAt, ...(erp.documentDate === null ? [] : [Date.parse(erp.documentDate)])]
  return moments.some((at) => Math.abs(at - shop.placedAt) <= dateWindowMs)
}

/** Two shops on one ERP may use one number: the document belongs to the shop that it agrees with more. */
function belongsElsewhere(
  store: Store,
  sight: PairSight,
  number: string,
  shop: Order | null,
  erp: ErpOrder,
): boolean {
  const ours = shop === null ? -1 : agreement(shop, erp)
  return sight.rivals.some((other) =>
    recordsOf(store.claims.records(other.id, number), 'order').some((rival) => agreement(rival, erp) > Math.max(ours, 0)),
  )
}

/** One to one, with a document that names no order the shop knows. */
function probableFor(store: Store, pair: Pair, shop: Order): ErpOrder | null {
  const email = shop.customer.email?.trim().toLowerCase()
  if (email === undefined || email === '') return null
  const candidates = store.snapshots
    .byKey(pair.erp, 'orders', 'email', email)
    .filter((snapshot) => snapshot.goneAt === null)
    .filter((snapshot) => !isMatched(store, pair, snapshot))
  const fitting = recordsOf(candidates, 'erp-order').filter(
    (order) => order.state !== 'cancelled' && sameTotal(shop, order) && nearInTime(shop, order),
  )
  return fitting.toSorted((a, b) => a.createdAt - b.createdAt)[0] ?? null
}

function isMatched(store: Store, pair: Pair, erp: Snapshot): boolean {
  return store.claims
    .numbers(pair.id, erp.row)
    .some((number) => store.claims.isNamedBy(pair.id, number, pair.shop))
}
