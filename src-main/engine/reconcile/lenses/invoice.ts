/** Gathers one ERP invoice or credit note by its number: its copies, the orders it bills, and what else bills them. */
import type { Billing } from '../../../domain/billing.ts'
import type { Subject } from '../../../domain/incident.ts'
import type { ErpOrder, Order, Shipment } from '../../../domain/records.ts'
import { type Instant, type Span, minutes } from '../../../domain/time.ts'
import type { Pair } from '../../../domain/pair.ts'
import type { Snapshot } from '../../store/snapshots.ts'
import type { Store } from '../../store/store.ts'
import type { Kind } from '../kinds.ts'
import type { NotJudgedYet } from '../rule.ts'
import type { Documents, PairSight } from '../sight.ts'
import { documentsOf, lateDocuments } from './chain.ts'
import { type Axis, notCovered } from './coverage.ts'
import { dueMoment, scopeOfOrder } from './order.ts'

export interface InvoiceSeen {
  readonly subject: Subject
  readonly shopLabel: string
  readonly erpLabel: string
  /** All documents under this number; one, unless the number was given twice. */
  readonly copies: readonly Billing[]
  /** The ERP orders that they bill. */
  readonly orders: readonly ErpOrder[]
  /** The shop orders behind those that are the pair's business. */
  readonly shopOrders: readonly Order[]
  /** Other invoices and credit notes over the same ERP orders. */
  readonly others: readonly Billing[]
  /** What left the ERP for those orders. */
  readonly deliveries: readonly Shipment[]
  readonly graceMs: Span
  readonly erpAxis: Axis
  readonly documents: Documents
}

const streams = ['invoices', 'credit-notes'] as const

/** People know it by its number; a draft has none yet. */
export function invoiceKey(invoice: Billing): string {
  return invoice.number ?? invoice.id
}

function billings(snapshots: readonly Snapshot[]): readonly Billing[] {
  return snapshots.flatMap(({ record, goneAt }) =>
    goneAt === null && (record.kind === 'invoice' || record.kind === 'credit-note') ? [record] : [],
  )
}

/** What is under a number or, for a draft, an id. */
export function copiesOf(store: Store, pair: Pair, key: string): readonly Billing[] {
  const numbered = streams.flatMap((stream) => billings(store.snapshots.byKey(pair.erp, stream, 'number', key)))
  if (numbered.length > 0) return numbered
  return streams.flatMap((stream) => {
    const one = store.snapshots.get(pair.erp, stream, key)
    return one === null ? [] : billings([one])
  })
}

function see(store: Store, sight: PairSight, key: string): InvoiceSeen | null {
  const { pair } = sight
  const copies = copiesOf(store, pair, key)
  if (copies.length === 0) return null
  const orderIds = [...new Set(copies.flatMap((copy) => copy.orderIds))]
  const snapshots = orderIds.flatMap((id) => store.snapshots.get(pair.erp, 'orders', id) ?? [])
  const numbers = new Set(snapshots.flatMap((one) => store.claims.numbers(pair.id, one.row)))
  const shopOrders = [...numbers].flatMap((number) =>
    store.snapshots.byKey(pair.shop, 'orders', 'number', number).flatMap(({ record, goneAt }) =>
      goneAt === null && record.kind === 'order' && scopeOfOrder(record, pair, dueMoment(record, pair, sight.shopAxis) ?? sight.shopAxis.ours(record.placedAt)) === null ? [record] : [],
    ),
  )
  const ids = new Set(copies.map((copy) => copy.id))
  const others = new Map<string, Billing>()
  for (const id of orderIds) {
    for (const stream of streams) {
      for (const one of billings(store.snapshots.byKey(pair.erp, stream, 'order', id))) {
        if (!ids.has(one.id)) others.set(one.id, one)
      }
    }
  }
  return {
    subject: { kind: 'invoice', connection: pair.shop, key },
    shopLabel: sight.shopLabel,
    erpLabel: sight.erpLabel,
    copies,
    orders: snapshots.flatMap(({ record }) => (record.kind === 'erp-order' ? [record] : [])),
    shopOrders,
    others: [...others.values()],
    deliveries: documentsOf(store, pair.erp, 'shipments', 'shipment', orderIds),
    graceMs: minutes(pair.settings.graceMinutes),
    erpAxis: sight.erpAxis,
    documents: sight.documents,
  }
}

/** Null when both sides, and these documents, are known up to `from` plus the span; else why it is too early to say. */
export function tooEarlyToBill(seen: InvoiceSeen, documents: keyof Documents, from: Instant, spanMs: Span = seen.graceMs): NotJudgedYet | null {
  return notCovered(seen.documents[documents], from, spanMs, (latest) => lateDocuments(seen, documents, latest))
}

export const invoiceKind: Kind<'invoice'> = {
  over: 'invoice',
  subjectKind: 'invoice',
  see,
  touched(store, pair, snapshot) {
    const { record, connection } = snapshot
    if (connection === pair.shop) {
      if (record.kind !== 'order') return []
      const numbers = new Set([record.number, ...store.claims.numbers(pair.id, snapshot.row)])
      return [...numbers].flatMap((number) => ordersUnder(store, pair, number)).flatMap((id) => billedUnder(store, pair, id))
    }
    switch (record.kind) {
      case 'invoice':
      case 'credit-note':
      case 'shipment': {
        const before = store.snapshots.previous(snapshot.row)
        const known = before !== null && 'orderIds' in before ? [record, before] : [record]
        const own = known.flatMap((one) => (one.kind === 'shipment' || one.kind === 'return' ? [] : [invoiceKey(one)]))
        return [...own, ...known.flatMap((one) => one.orderIds).flatMap((id) => billedUnder(store, pair, id))]
      }
      case 'erp-order':
        return billedUnder(store, pair, record.id)
      default:
        return []
    }
  },
  *every(store, pair) {
    for (const stream of streams) {
      for (let page = store.snapshots.page(pair.erp, stream, 0, 500); page.length > 0; ) {
        yield billings(page).map(invoiceKey)
        page = store.snapshots.page(pair.erp, stream, page.at(-1)?.row ?? 0, 500)
      }
    }
  },
  closing: (seen) => `${seen.erpLabel}: ${seen.copies.map((copy) => `${invoiceKey(copy)} ${copy.state}`).join(', ')}.`,
}

/** The keys of what bills an ERP order. */
function billedUnder(store: Store, pair: Pair, orderId: string): readonly string[] {
  return streams.flatMap((stream) => billings(store.snapshots.byKey(pair.erp, stream, 'order', orderId))).map(invoiceKey)
}

/** The ERP orders that bear a shop's number. */
function ordersUnder(store: Store, pair: Pair, number: string): readonly string[] {
  return store.claims.records(pair.id, number).flatMap(({ record }) => (record.kind === 'erp-order' ? [record.id] : []))
}
