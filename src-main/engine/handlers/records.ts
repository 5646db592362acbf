/** How well records say when, from where and by whom they came, and how much is done by hand around them: computed from what was read. */
import type { RecordsView, TrailView } from '../../contract/product-views.ts'
import type { Pair } from '../../domain/pair.ts'
import type { DomainRecord, StreamName } from '../../domain/records.ts'
import { days } from '../../domain/time.ts'
import { customerKind } from '../reconcile/lenses/customer.ts'
import { catalogue } from '../reconcile/registry.ts'
import { type PairSight, sightOf } from '../reconcile/sight.ts'
import type { Store } from '../store/store.ts'
import { duplicatesOf, membersOf } from './customers.ts'
import { type Rooms, asOf } from './rooms.ts'

/** The newest of each kind: what was made lately is what can be mended. */
const lookedAt = 200
const sinceDays = 30
/** Clusters whose members are counted. */
const clustersMax = 200

const critical: readonly { readonly side: 'shop' | 'erp'; readonly stream: StreamName }[] = [
  { side: 'shop', stream: 'orders' },
  { side: 'shop', stream: 'fulfilments' },
  { side: 'shop', stream: 'refunds' },
  { side: 'erp', stream: 'orders' },
  { side: 'erp', stream: 'invoices' },
  { side: 'erp', stream: 'credit-notes' },
  { side: 'erp', stream: 'shipments' },
]

export function recordsOf({ store, clock }: Rooms, pair: Pair): RecordsView {
  const sight = sightOf(store, pair)
  const since = clock.now() - days(sinceDays)
  return {
    shopLabel: sight.shopLabel,
    erpLabel: sight.erpLabel,
    asOf: asOf(store, sight.orders.to),
    sinceDays,
    trail: critical.map((one) => trailOf(store, pair, one)).filter((one) => one.of > 0),
    merges: mergesOf(store, sight, since),
    overrides: store.productList.overrides(pair.id, since).toSorted((a, b) => b.count - a.count),
    outside: openOf(store, pair, 'F09-'),
    unmapped: openOf(store, pair, 'F10-'),
  }
}

function trailOf(store: Store, pair: Pair, { side, stream }: (typeof critical)[number]): TrailView {
  const newest = store.snapshots.newest(side === 'shop' ? pair.shop : pair.erp, stream, lookedAt)
  const records = newest.flatMap(({ record, goneAt }) => (goneAt === null ? [record] : []))
  const many = (says: (record: DomainRecord) => boolean): number => records.filter(says).length
  return {
    side,
    stream,
    of: records.length,
    time: many((record) => record.changedAt !== null),
    origin: many(saysOrigin),
    identity: many((record) => record.changedBy !== null || ('createdBy' in record && record.createdBy !== null)),
    trace: many((record) => record.trace !== null),
  }
}

/** Through which channel it came, or the document that it follows. */
function saysOrigin(record: DomainRecord): boolean {
  switch (record.kind) {
    case 'order':
      return record.channel !== null
    case 'erp-order':
      return record.references.length > 0
    case 'invoice':
    case 'credit-note':
    case 'shipment':
    case 'return':
      return record.orderIds.length > 0
    case 'payment':
    case 'refund':
      return record.orderId !== null
    case 'payout':
    case 'stock':
    case 'product':
    case 'customer':
      return true
    default:
      return record satisfies never
  }
}

function mergesOf(store: Store, sight: PairSight, since: number): RecordsView['merges'] {
  const of = duplicatesOf(sight.pair)
  const keys = store.productList.spokenOf(of, { begins: '', after: '', limit: clustersMax + 1 })
  const sizes = keys.slice(0, clustersMax).flatMap((key) => {
    const seen = customerKind.see(store, sight, key)
    return seen === null ? [] : [membersOf(sight.pair, seen).length]
  })
  return {
    clusters: sizes.length,
    surplus: sizes.reduce((sum, size) => sum + Math.max(0, size - 1), 0),
    settled: store.productList.settled(of, since),
    more: keys.length > clustersMax,
  }
}

/** Rules without anything open are left out. */
function openOf(store: Store, pair: Pair, family: string): RecordsView['outside'] {
  return [...catalogue.values()]
    .filter(({ id }) => id.startsWith(family))
    .map(({ id, title }) => ({ rule: id, title, count: store.incidents.sums([id], pair.id).reduce((sum, row) => sum + row.count, 0) }))
    .filter((row) => row.count > 0)
}
