/** Gathers the flow of what follows a delivery: parcels on their way to the shop, and bills of what was sent. */
import { madeAt, stands, unitsBilled } from '../../../domain/billing.ts'
import { isZero } from '../../../domain/decimal.ts'
import type { Subject } from '../../../domain/incident.ts'
import { sentOf } from '../../../domain/progress.ts'
import { type Instant, type Span, minutes } from '../../../domain/time.ts'
import { unbilledOf } from '../../../domain/unbilled.ts'
import type { Snapshot } from '../../store/snapshots.ts'
import type { Store } from '../../store/store.ts'
import { type Told, parcelsTold } from '../latency.ts'
import type { PairSight } from '../sight.ts'
import { billingDue } from './billing-due.ts'
import { type ChainSeen, erpDocuments, liveDeliveries, seeChain } from './chain.ts'
import type { Covered } from './coverage.ts'
import { comparable, netCaptured, seeOrder } from './order.ts'

export type DocumentFlow = 'fulfilments' | 'invoices'

/** Something that left the warehouse, of an order. */
export interface Sent extends Told {
  readonly number: string
}

export interface DocumentFlowSeen {
  readonly subject: Subject
  readonly flow: DocumentFlow
  readonly shopLabel: string
  readonly erpLabel: string
  /** When the newest delivery that was followed was; null where none of those looked at was. */
  readonly followedAt: Instant | null
  /** What left after it and is not followed yet, the longest waiting first; of many only the newest. */
  readonly awaited: readonly Sent[]
  /** So many were met that no more were looked for. */
  readonly more: boolean
  /** How long it usually takes; null where none was followed. */
  readonly usualMs: Span | null
  readonly graceMs: Span
  readonly covered: Covered
}

/** Looked through from the newest on; a flow that runs is known by the first few. */
const awaitedMax = 100
const usualSeen = 40
const usualOf = 5
/** Fewer that wait are no flow: how long it usually takes is not asked for them. */
const fewMax = 2

/** Orders of which something left lately. */
export type SentLately = Iterable<ChainSeen>

export function seeDocumentFlow(sight: PairSight, flow: DocumentFlow, lately: SentLately): DocumentFlowSeen {
  const { pair } = sight
  const awaited: Sent[] = []
  const followed: Sent[] = []
  // nothing is gathered that nobody asks for: a flow that runs ends at the first
  for (const seen of lately) {
    const one = lastOf(seen, flow)
    if (one === null) continue
    if (followed.length === 0 && one.toldAt === null) awaited.push(one)
    else if (one.toldAt !== null) followed.push(one)
    if (awaited.length === awaitedMax || followed.length === (awaited.length > fewMax ? usualSeen : 1)) break
  }
  return {
    subject: { kind: 'stream', connection: pair.shop, key: flow },
    flow,
    shopLabel: sight.shopLabel,
    erpLabel: sight.erpLabel,
    followedAt: followed[0]?.toldAt ?? null,
    awaited: awaited.toSorted((one, other) => one.at - other.at),
    more: awaited.length === awaitedMax,
    usualMs: usualOfSome(followed),
    graceMs: minutes(pair.settings.graceMinutes),
    covered: flow === 'fulfilments' ? sight.documents.fulfilments : furtherBehind(sight.documents.invoices, sight.documents.shipments),
  }
}

function furtherBehind(one: Covered, other: Covered): Covered {
  return one.to === null || (other.to !== null && one.to <= other.to) ? one : other
}

/** The median; of a few the slowest, as they may have been quick by chance. */
function usualOfSome(followed: readonly Sent[]): Span | null {
  const spans = followed.map(({ at, toldAt }) => Math.max(0, (toldAt ?? at) - at)).toSorted((one, other) => one - other)
  return spans[spans.length < usualOf ? spans.length - 1 : Math.ceil(spans.length / 2) - 1] ?? null
}

/** The newest first, each order once; gathered when the first flow comes to it, and there for the next. */
export function sentLately(store: Store, sight: PairSight): SentLately {
  const rest = chainsLately(store, sight)
  const gathered: ChainSeen[] = []
  return {
    *[Symbol.iterator]() {
      for (let nth = 0; ; nth += 1) {
        const next = gathered[nth] ?? rest.next().value
        if (next === undefined) return
        gathered[nth] = next
        yield next
      }
    },
  }
}

function* chainsLately(store: Store, sight: PairSight): Generator<ChainSeen, undefined> {
  const met = new Set<string>()
  for (const limit of [10, awaitedMax + usualSeen]) {
    for (const snapshot of store.snapshots.latest(sight.pair.erp, 'shipments', limit)) {
      for (const number of numbersOf(store, sight, snapshot)) {
        if (met.has(number)) continue
        met.add(number)
        const order = seeOrder(store, sight, number)
        if (order !== null && order.outOfScope === null && comparable(order)) yield seeChain(store, sight, order)
      }
    }
  }
}

function numbersOf(store: Store, { pair }: PairSight, { record, goneAt }: Snapshot): readonly string[] {
  if (goneAt !== null || record.kind !== 'shipment' || record.shippedAt === null) return []
  return record.orderIds.flatMap((id) => {
    const order = store.snapshots.get(pair.erp, 'orders', id)
    return order === null ? [] : store.claims.numbers(pair.id, order.row)
  })
}

/** What of an order left last. */
function lastOf(seen: ChainSeen, flow: DocumentFlow): Sent | null {
  const told = flow === 'fulfilments' ? parcelsOf(seen) : billsOf(seen)
  // what was told before it left came from the shop itself, and says nothing of whoever tells it what leaves
  const last = told.filter(({ at, toldAt }) => toldAt === null || toldAt >= at).toSorted((one, other) => other.at - one.at)[0]
  return last === undefined ? null : { ...last, number: seen.number }
}

function parcelsOf(seen: ChainSeen): readonly Told[] {
  const { shop } = seen
  // wholly refunded: nobody is told of parcels any more
  if (shop === null || (seen.capturedMinor > 0 && netCaptured(seen, shop).minor <= 0)) return []
  return parcelsTold(seen)
}

/** Who is billed by the week or month waits for that. */
function billsOf(seen: ChainSeen): readonly Told[] {
  const sent = (sentOf(seen.live, liveDeliveries(seen)) ?? []).filter((one) => !isZero(one.done))
  const made = seen.invoices.filter(stands)
  const billed = unitsBilled(made, erpDocuments(seen))
  const since = Math.min(...sent.flatMap((one) => one.steps.map(({ at }) => at)))
  if (sent.length === 0 || billed === null || billingDue(seen, since, 'inferred').cycle !== 'shipment') return []
  const open = unbilledOf(sent, billed)
  if (open.length > 0) return [{ at: seen.erpAxis.ours(Math.min(...open.map((one) => one.since))), toldAt: null }]
  return made.length === 0 ? [] : [{ at: seen.erpAxis.ours(since), toldAt: seen.erpAxis.ours(Math.max(...made.map(madeAt))) }]
}
