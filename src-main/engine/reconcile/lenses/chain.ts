/** Gathers what follows an order: its invoices, credit notes and deliveries in the ERP, its parcels in the shop. */
import type { Pair } from '../../../domain/pair.ts'
import type { CreditNote, DomainRecord, ErpOrder, Invoice, Shipment, StreamName } from '../../../domain/records.ts'
import type { Instant } from '../../../domain/time.ts'
import type { Snapshot } from '../../store/snapshots.ts'
import type { Store } from '../../store/store.ts'
import { type NotJudgedYet, notJudged } from '../rule.ts'
import type { Documents, PairSight } from '../sight.ts'
import type { OrderSeen } from './order.ts'
import { type OutsideChange, outsideChanges } from './outside.ts'
import { type Unmapped, unmappedOf } from './unmapped.ts'

export interface ChainSeen extends OrderSeen {
  /** Of the order's live ERP documents, and what bills them; gone ones left out, cancelled ones not. */
  readonly invoices: readonly Invoice[]
  readonly creditNotes: readonly CreditNote[]
  readonly deliveries: readonly Shipment[]
  /** The shop's own parcels. */
  readonly fulfilments: readonly Shipment[]
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
  const erpIds = [...seen.live, ...seen.cancelled].map((order) => order.id)
  const shopIds = seen.shop === null ? [] : [seen.shop.id]
  return {
    ...seen,
    invoices: documentsOf(store, pair.erp, 'invoices', 'invoice', erpIds),
    creditNotes: documentsOf(store, pair.erp, 'credit-notes', 'credit-note', erpIds),
    deliveries: documentsOf(store, pair.erp, 'shipments', 'shipment', erpIds),
    fulfilments: documentsOf(store, pair.shop, 'fulfilments', 'shipment', shopIds),
    documents: sight.documents,
    unmapped: unmappedOf(pair, seen),
    outside: outsideOf(store, pair, seen),
    ownersNamed: pair.settings.owners.order !== undefined || pair.settings.owners.invoice !== undefined,
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

/** What an order costs is its owner's; what is billed is the bill's. */
function outsideOf(store: Store, pair: Pair, seen: OrderSeen): readonly OutsideChange[] {
  const { order: ownsOrders, invoice: ownsInvoices } = pair.settings.owners
  const orders = ownsOrders === undefined ? [] : seen.live.flatMap(({ id }) => snapshotOf(store, pair.erp, 'orders', id, 'erp-order'))
  const invoices =
    ownsInvoices === undefined
      ? []
      : seen.live.flatMap(({ id }) => documentsOf(store, pair.erp, 'invoices', 'invoice', [id]).flatMap((one) => snapshotOf(store, pair.erp, 'invoices', one.id, 'invoice')))
  return [
    ...orders.flatMap((one) => outsideChanges(store, pair, one, [{ domain: 'order', what: `Total of ${one.record.number ?? one.record.id}`, wordsOf: totalIn }])),
    ...invoices.flatMap((one) => outsideChanges(store, pair, one, [{ domain: 'invoice', what: `Total of ${one.record.number ?? one.record.id}`, wordsOf: totalIn }])),
  ]
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
