/** A whole seam in memory: both sides' records go in, judged incidents come out, over the real store and reconciler. */
import type { Pair } from '../../src-main/domain/pair.ts'
import { type Fault, failed, ok } from '../../src-main/domain/fault.ts'
import { type DomainRecord, type ErpOrder, type Order, type Product, type StockLevel, type StreamName, streamNames } from '../../src-main/domain/records.ts'
import { type Instant, hours } from '../../src-main/domain/time.ts'
import type { Change } from '../../src-main/engine/reconcile/keep.ts'
import type { LookUp } from '../../src-main/engine/reconcile/absence.ts'
import { reconciler } from '../../src-main/engine/reconcile/reconciler.ts'
import type { Store } from '../../src-main/engine/store/store.ts'
import { aPair } from './builders.ts'
import { type FakeClock, fakeClock, monday } from './clock.ts'
import { aStore, cover, keep } from './store.ts'

/** What a live look-up finds on each side, by the key that is asked for; a fault for a side that does not answer. */
export interface Hidden {
  erp?: Record<string, readonly (ErpOrder | Product)[]> | Fault
  shop?: Record<string, readonly (Order | StockLevel)[]> | Fault
  complete?: boolean
  /** Ids that the ERP has no more, though no pass has met that. */
  deleted?: readonly string[]
  /** What a side has under an id by now, though no pass has brought it. */
  newer?: readonly (ErpOrder | Order)[]
}

export interface Seam {
  readonly store: Store
  readonly clock: FakeClock
  readonly changes: Change[]
  /** Keys that were looked up live, in order. */
  readonly asked: string[]
  shop(...records: readonly DomainRecord[]): Seam
  erp(...records: readonly DomainRecord[]): Seam
  /** Both sides are complete up to this moment; a side that is left out stays where it was. */
  coveredTo(to: { shop?: Instant; erp?: Instant; from?: Instant }): Seam
  run(): Promise<Seam>
  full(): Promise<Seam>
  /** Open incidents as `rule subject`, in order. */
  open(): readonly string[]
}

export function aSeam(given: { pair?: Pair; pairs?: readonly Pair[]; hidden?: Hidden; store?: Store; gatherAll?: true } = {}): Seam {
  const clock = fakeClock(monday + hours(1))
  const store = given.store ?? aStore({ pairs: given.pairs ?? [given.pair ?? aPair()] })
  const changes: Change[] = []
  const asked: string[] = []
  let ids = 0
  const lookUp: LookUp = async (connection, by, keys, stream = 'orders') => {
    if (by === 'id') {
      const deleted = keys.filter((key) => given.hidden?.deleted?.includes(key) === true)
      store.transaction((tx) => store.snapshots.markMissing(tx, connection, stream, deleted, clock.now()))
      const side = connection === 'erp' ? 'erp-order' : 'order'
      keep(store, connection, stream, given.hidden?.newer?.filter(({ kind, id }) => kind === side && keys.includes(id)) ?? [], clock.now())
      return ok({ found: keys.length - deleted.length, complete: true })
    }
    asked.push(...keys)
    const side = given.hidden?.[connection === 'erp' ? 'erp' : 'shop'] ?? {}
    if ('class' in side && 'says' in side) return failed(side as Fault)
    const found = keys.flatMap((key): readonly DomainRecord[] => (side as Record<string, readonly DomainRecord[]>)[key] ?? [])
    keep(store, connection, stream, found, clock.now())
    return ok({ found: found.length, complete: given.hidden?.complete ?? true })
  }
  const engine = reconciler({
    store,
    clock,
    chance: { fraction: () => 0.5, id: () => `incident-${(ids += 1)}` },
    lookUp,
    onChange: (_tx, fresh) => changes.push(...fresh),
    ...(given.gatherAll === true ? { gatherAll: true } : {}),
  })
  const put = (connection: string, records: readonly DomainRecord[]): void => {
    for (const record of records) keep(store, connection, streamOf(record, connection), [record], clock.now())
  }
  const seam: Seam = {
    store,
    clock,
    changes,
    asked,
    shop(...records) {
      put('shop', records)
      return seam
    },
    erp(...records) {
      put('erp', records)
      return seam
    },
    coveredTo({ shop, erp, from = 0 }) {
      if (shop !== undefined) cover(store, 'shop', streamNames, shop, from)
      if (erp !== undefined) cover(store, 'erp', streamNames, erp, from)
      return seam
    },
    async run() {
      await engine.run()
      return seam
    },
    async full() {
      await engine.full()
      return seam
    },
    open: () => store.incidents.live(1000).map((one) => `${one.rule} ${one.subject.key}`),
  }
  return seam
}

function streamOf(record: DomainRecord, connection: string): StreamName {
  switch (record.kind) {
    case 'order':
    case 'erp-order':
      return 'orders'
    case 'shipment':
      return connection === 'erp' ? 'shipments' : 'fulfilments'
    case 'return':
      return 'returns'
    case 'stock':
      return 'stock'
    case 'invoice':
    case 'credit-note':
    case 'payment':
    case 'refund':
    case 'payout':
    case 'product':
    case 'customer':
      return `${record.kind}s`
    default:
      return record satisfies never
  }
}

/** A seam of which both sides were read just now: everything an hour old is judged. */
export function aReadSeam(given: Parameters<typeof aSeam>[0] = {}): Seam {
  return aSeam(given).coveredTo({ shop: monday + hours(1), erp: monday + hours(1) })
}
