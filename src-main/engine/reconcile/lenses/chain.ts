/** Gathers what follows an order: its invoices, credit notes, deliveries and returns in the ERP, its parcels in the shop. */
import { stands } from '../../../domain/billing.ts'
import type { Subject } from '../../../domain/incident.ts'
import type { Pair } from '../../../domain/pair.ts'
import type { CreditNote, DomainRecord, ErpOrder, GoodsReturn, Invoice, Order, Shipment, StreamName } from '../../../domain/records.ts'
import type { Instant, Span } from '../../../domain/time.ts'
import type { Snapshot } from '../../store/snapshots.ts'
import type { Store } from '../../store/store.ts'
import type { NotJudgedYet } from '../rule.ts'
import type { Documents, PairSight } from '../sight.ts'
import { notCovered } from './coverage.ts'
import type { OrderSeen } from './order.ts'
import { type Kept, type OutsideChange, outsideChanges } from './outside.ts'
import { type Unmapped, unmappedOf } from './unmapped.ts'

export interface ChainSeen extends OrderSeen {
  /** Of the order's live ERP documents, and what bills them; gone ones left out, cancelled ones not. */
  readonly invoices: readonly Invoice[]
  readonly creditNotes: readonly CreditNote[]
  readonly deliveries: readonly Shipment[]
  /** What came back, or is on its way back, to the ERP; what came back to the shop stands on its order. */
  readonly returns: readonly GoodsReturn[]
  /** The shop's own parcels. */
  readonly fulfilments: readonly Shipment[]
  /** Invoices of the same customers that bill several orders at once, this or others: how they are billed. */
  readonly together: readonly Invoice[]
  readonly documents: Documents
  /** What of it no map of the pair knows, by map. */
  readonly unmapped: Unmapped
  /** What was changed in its documents by somebody who does not own them. */
  readonly outside: readonly OutsideChange[]
  /** Whether the pair says who may make orders and invoices: then each must say who made it. */
  readonly ownersNamed: boolean
}

export function seeChain(store: Store, sight: PairSight, seen: OrderSeen): ChainSeen {
  const { pair } = sight
  const erpIds = erpDocuments(seen).map((order) => order.id)
  const shopIds = seen.shop === null ? [] : [seen.shop.id]
  const deliveries = documentsOf(store, pair.erp, 'shipments', 'shipment', erpIds)
  return {
    ...seen,
    invoices: documentsOf(store, pair.erp, 'invoices', 'invoice', erpIds),
    creditNotes: documentsOf(store, pair.erp, 'credit-notes', 'credit-note', erpIds),
    deliveries,
    returns: documentsOf(store, pair.erp, 'returns', 'return', erpIds),
    fulfilments: documentsOf(store, pair.shop, 'fulfilments', 'shipment', shopIds),
    // nothing is billed that was not sent: only then is it asked
    together: deliveries.length === 0 ? [] : billedTogether(store, pair, seen),
    documents: sight.documents,
    unmapped: unmappedOf(pair, seen),
    outside: outsideOf(store, pair, seen),
    ownersNamed: pair.settings.owners.order !== undefined || pair.settings.owners.invoice !== undefined,
  }
}

function billedTogether(store: Store, pair: Pair, seen: OrderSeen): readonly Invoice[] {
  const customers = new Set(seen.live.flatMap((order) => order.customerId ?? []))
  return [...customers].flatMap((customer) =>
    store.snapshots
      .byKey(pair.erp, 'invoices', 'customer', customer)
      .flatMap(({ record, goneAt }) => (goneAt === null && record.kind === 'invoice' && stands(record) ? [record] : [])),
  )
}

/** What left, or is to leave, for the order's live documents. */
export function liveDeliveries(seen: ChainSeen): readonly Shipment[] {
  const ids = new Set(seen.live.map((order) => order.id))
  return seen.deliveries.filter((delivery) => delivery.orderIds.some((id) => ids.has(id)))
}

/** What came back, or is to come back, of them. */
export function liveReturns(seen: ChainSeen): readonly GoodsReturn[] {
  const ids = new Set([...seen.live, ...seen.takenBack].map((order) => order.id))
  return seen.returns.filter((one) => one.orderIds.some((id) => ids.has(id)))
}

/** A parcel that the shop tells its customer of. */
export interface ParcelTold {
  readonly at: Instant
  readonly changedAt: Instant
  readonly tracking: readonly string[]
}

/** What the shop says is on its way; of a platform that keeps no parcels, the order's own word. */
export function parcelsTold(seen: ChainSeen & { readonly shop: Order }): readonly ParcelTold[] {
  const { fulfilment, changedAt, placedAt } = seen.shop
  const sent = seen.fulfilments.filter((one) => one.state === 'shipped' || one.state === 'delivered')
  if (seen.fulfilments.length > 0) {
    return sent.map((one) => ({ at: one.shippedAt ?? one.changedAt ?? 0, changedAt: one.changedAt ?? one.shippedAt ?? 0, tracking: one.tracking }))
  }
  const isSent = fulfilment.state === 'shipped' || fulfilment.state === 'delivered'
  return isSent ? [{ at: fulfilment.shippedAt ?? changedAt ?? placedAt, changedAt: changedAt ?? placedAt, tracking: fulfilment.tracking }] : []
}

/** All ERP documents of the order, cancelled ones too: what was billed by either is billed, and credited by what takes back. */
export function erpDocuments(seen: OrderSeen): readonly ErpOrder[] {
  return [...seen.live, ...seen.cancelled, ...seen.takenBack]
}

/** What of a stream serves any of the orders; gone ones left out. */
export function documentsOf<K extends DomainRecord['kind']>(
  store: Store,
  connection: string,
  stream: StreamName,
  kind: K,
  orderIds: readonly string[],
): readonly Extract<DomainRecord, { kind: K }>[] {
  const found = new Map<string, Extract<DomainRecord, { kind: K }>>()
  for (const id of orderIds) {
    for (const { record, goneAt } of store.snapshots.byKey(connection, stream, 'order', id)) {
      if (goneAt === null && isKind(record, kind)) found.set(record.id, record)
    }
  }
  return [...found.values()]
}

/** What an order is is its owner's; what is billed is the bill's. */
function outsideOf(store: Store, pair: Pair, seen: OrderSeen): readonly OutsideChange[] {
  const { order: ownsOrders, invoice: ownsInvoices } = pair.settings.owners
  const orders = ownsOrders === undefined ? [] : seen.live.flatMap(({ id }) => snapshotOf(store, pair.erp, 'orders', id, 'erp-order'))
  const invoices =
    ownsInvoices === undefined
      ? []
      : seen.live.flatMap(({ id }) => documentsOf(store, pair.erp, 'invoices', 'invoice', [id]).flatMap((one) => snapshotOf(store, pair.erp, 'invoices', one.id, 'invoice')))
  return [
    ...orders.flatMap((one) => outsideChanges(store, pair, one, keptOf(one.record))),
    ...invoices.flatMap((one) => outsideChanges(store, pair, one, [{ domain: 'invoice', what: `Total of ${one.record.number ?? one.record.id}`, wordsOf: totalIn }])),
  ]
}

/** Of an order what it costs, whose it is, and where it says that it came from. */
function keptOf({ number, id }: ErpOrder): readonly Kept<ErpOrder>[] {
  const kept: readonly (readonly [string, Kept<ErpOrder>['wordsOf']])[] = [
    ['Total', totalIn],
    ['Customer', (order) => order.customerId],
    ['Origin', (order) => order.trace],
  ]
  return kept.map(([name, wordsOf]) => ({ domain: 'order', what: `${name} of ${number ?? id}`, wordsOf }))
}

function totalIn({ totals, currency }: ErpOrder | Invoice): string {
  return `${totals.total} ${currency}`
}

function snapshotOf<K extends DomainRecord['kind']>(
  store: Store,
  connection: string,
  stream: StreamName,
  id: string,
  kind: K,
): readonly Snapshot<Extract<DomainRecord, { kind: K }>>[] {
  const found = store.snapshots.get(connection, stream, id)
  return found !== null && found.goneAt === null && isKind(found.record, kind) ? [{ ...found, record: found.record }] : []
}

function isKind<K extends DomainRecord['kind']>(record: DomainRecord, kind: K): record is Extract<DomainRecord, { kind: K }> {
  return record.kind === kind
}

/** Null when both sides, and these documents, are known up to `from` plus the span; else why it is too early to say. */
export function tooEarlyFor(seen: ChainSeen, documents: keyof Documents, from: Instant, spanMs: Span = seen.graceMs): NotJudgedYet | null {
  return notCovered(seen.documents[documents], from, spanMs, (latest) => lateDocuments(seen, documents, latest))
}

/** Whose documents are behind, in words. */
export function lateDocuments(
  seen: { readonly subject: Subject; readonly shopLabel: string; readonly erpLabel: string },
  documents: keyof Documents,
  latest: string | null,
): string {
  return `${words[documents]} of ${latest === seen.subject.connection ? seen.shopLabel : seen.erpLabel}`
}

const words: Readonly<Record<keyof Documents, string>> = {
  invoices: 'orders or invoices',
  creditNotes: 'orders or credit notes',
  shipments: 'orders or shipments',
  returns: 'orders, shipments or returns',
  fulfilments: 'orders, shipments or parcels',
}
