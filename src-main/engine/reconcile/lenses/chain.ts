/** Gathers what follows an order: its invoices, credit notes and deliveries in the ERP, its parcels in the shop. */
import type { CreditNote, DomainRecord, Invoice, Shipment, StreamName } from '../../../domain/records.ts'
import type { Instant } from '../../../domain/time.ts'
import type { Store } from '../../store/store.ts'
import { type NotJudgedYet, notJudged } from '../rule.ts'
import type { Documents, PairSight } from '../sight.ts'
import type { OrderSeen } from './order.ts'

export interface ChainSeen extends OrderSeen {
  /** Of the order's live ERP documents, and what bills them; gone ones left out, cancelled ones not. */
  readonly invoices: readonly Invoice[]
  readonly creditNotes: readonly CreditNote[]
  readonly deliveries: readonly Shipment[]
  /** The shop's own parcels. */
  readonly fulfilments: readonly Shipment[]
  readonly documents: Documents
}

export function seeChain(store: Store, sight: PairSight, seen: OrderSeen): ChainSeen {
  const { pair } = sight
  const erpIds = [...seen.live, ...seen.cancelled].map((order) => order.id)
  const shopIds = seen.shop === null ? [] : [seen.shop.id]
  return {
    ...seen,
    invoices: documentsOf(store, pair.erp, 'invoices', 'invoice', erpIds),
    creditNotes: documentsOf(store, pair.erp, 'credit-notes', 'credit-note', erpIds),
    deliveries: documentsOf(store, pair.erp, 'shipments', 'shipment', erpIds),
    fulfilments: documentsOf(store, pair.shop, 'fulfilments', 'shipment', shopIds),
    documents: sight.documents,
  }
}

function documentsOf<K extends DomainRecord['kind']>(
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

function isKind<K extends DomainRecord['kind']>(record: DomainRecord, kind: K): record is Extract<DomainRecord, { kind: K }> {
  return record.kind === kind
}

/** Null when both sides, and these documents, are known up to `from` plus the span; else why it is too early to say. */
export function tooEarlyFor(seen: ChainSeen, documents: keyof Documents, from: Instant, spanMs = seen.graceMs): NotJudgedYet | null {
  const until = from + spanMs
  const covered = seen.documents[documents]
  if (covered.to === null || covered.to < until) {
    const late = covered.latest === seen.subject.connection ? seen.shopLabel : seen.erpLabel
    return notJudged(`${words[documents]} of ${late} are not read that far`, until)
  }
  if (covered.from !== null && covered.from > from) return notJudged('older than what was read from both sides', null)
  return null
}

const words: Readonly<Record<keyof Documents, string>> = {
  invoices: 'orders or invoices',
  creditNotes: 'orders or credit notes',
  shipments: 'orders or shipments',
  fulfilments: 'orders, shipments or parcels',
}
