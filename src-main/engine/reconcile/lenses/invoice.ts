/** Gathers one ERP invoice or credit note by its number: its copies, the orders it bills, and what else bills them. */
import type { Subject } from '../../../domain/incident.ts'
import type { CreditNote, ErpOrder, Invoice, Order } from '../../../domain/records.ts'
import type { Pair } from '../../../domain/pair.ts'
import type { Snapshot } from '../../store/snapshots.ts'
import type { Store } from '../../store/store.ts'
import type { Kind } from '../kinds.ts'
import type { PairSight } from '../sight.ts'
import type { Axis, Covered } from './coverage.ts'

export type Billing = Invoice | CreditNote

export interface InvoiceSeen {
  readonly subject: Subject
  readonly shopLabel: string
  readonly erpLabel: string
  /** All documents under this number; one, unless the number was given twice. */
  readonly copies: readonly Billing[]
  /** The ERP orders that they bill. */
  readonly orders: readonly ErpOrder[]
  /** The shop orders behind those. */
  readonly shopOrders: readonly Order[]
  /** Other invoices and credit notes over the same ERP orders. */
  readonly others: readonly Billing[]
  readonly erpAxis: Axis
  readonly covered: Covered
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

function copiesOf(store: Store, pair: Pair, key: string): readonly Billing[] {
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
    store.snapshots.byKey(pair.shop, 'orders', 'number', number).flatMap(({ record }) => (record.kind === 'order' ? [record] : [])),
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
    erpAxis: sight.erpAxis,
    covered: sight.documents.invoices,
  }
}

export const invoiceKind: Kind<'invoice'> = {
  over: 'invoice',
  subjectKind: 'invoice',
  see,
  touched(store, pair, snapshot) {
    const { record } = snapshot
    if (snapshot.connection !== pair.erp) return []
    if (record.kind === 'invoice' || record.kind === 'credit-note') {
      const before = store.snapshots.previous(snapshot.row)
      const known = before?.kind === 'invoice' || before?.kind === 'credit-note' ? [before] : []
      const siblings = record.orderIds.flatMap((id) => billedBy(store, pair, id))
      return [record, ...known, ...siblings].map(invoiceKey)
    }
    return record.kind === 'erp-order' ? billedBy(store, pair, record.id).map(invoiceKey) : []
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

function billedBy(store: Store, pair: Pair, orderId: string): readonly Billing[] {
  return streams.flatMap((stream) => billings(store.snapshots.byKey(pair.erp, stream, 'order', orderId)))
}
