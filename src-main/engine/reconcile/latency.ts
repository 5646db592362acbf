/** How long one side took to hear of what happened on the other: parcels told to the shop, refunds credited in the ERP. */
import { madeAt } from '../../domain/billing.ts'
import { compare, multiply } from '../../domain/decimal.ts'
import type { Pair } from '../../domain/pair.ts'
import { type Progress, inBoth, sentOf, toldOf } from '../../domain/progress.ts'
import type { StreamName } from '../../domain/records.ts'
import { settlementOf } from '../../domain/settlement.ts'
import { type Instant, type Span, days } from '../../domain/time.ts'
import type { Snapshot } from '../store/snapshots.ts'
import type { Store } from '../store/store.ts'
import { type ChainSeen, erpDocuments, liveDeliveries, seeChain } from './lenses/chain.ts'
import { comparable, seeOrder } from './lenses/order.ts'
import { type PairSight, sightOf } from './sight.ts'

/** Of one thing that happened; `toldAt` null: the other side does not know yet. */
export interface Told {
  readonly at: Instant
  readonly toldAt: Instant | null
}

export interface Spread {
  readonly count: number
  readonly p50Ms: Span | null
  readonly p95Ms: Span | null
  readonly open: number
  readonly oldestOpenMs: Span | null
}

export interface Latency {
  readonly from: Instant
  readonly to: Instant | null
  readonly shipped: Spread
  readonly refunded: Spread
  readonly whole: boolean
}

const spanDays = 7
/** Of each day so many are looked at: every one has its order gathered, and a screen waits for it. */
const perDay = 100

export function latencyOf(store: Store, pair: Pair, now: Instant): Latency {
  const sight = sightOf(store, pair)
  const from = now - days(spanDays)
  const shipped = happened(store, pair.erp, 'shipments', from)
  const refunded = happened(store, pair.shop, 'refunds', from)
  const read = { shipped: sight.documents.fulfilments.to, refunded: sight.documents.creditNotes.to }
  const parcels = chainsOf(store, sight, shipped.rows).flatMap((seen) => parcelsTold(seen))
  const refunds = chainsOf(store, sight, refunded.rows).flatMap((seen) => refundsTold(seen))
  const since = (one: Told): boolean => one.at >= from
  return {
    from,
    to: read.shipped === null || read.refunded === null ? null : Math.min(now, read.shipped, read.refunded),
    shipped: spreadOf(parcels.filter(since), Math.min(now, read.shipped ?? now)),
    refunded: spreadOf(refunds.filter(since), Math.min(now, read.refunded ?? now)),
    whole: shipped.whole && refunded.whole,
  }
}

function happened(store: Store, connection: string, stream: StreamName, from: Instant): { readonly rows: readonly Snapshot[]; readonly whole: boolean } {
  const rowsByDay = Array.from({ length: spanDays }, (_, nth) =>
    store.snapshots.happenedIn(connection, stream, from + days(nth), from + days(nth + 1), perDay + 1),
  )
  return { rows: rowsByDay.flatMap((rows) => rows.slice(0, perDay)), whole: rowsByDay.every((rows) => rows.length <= perDay) }
}

/** The orders that the records are of, each once. */
function chainsOf(store: Store, sight: PairSight, rows: readonly Snapshot[]): readonly ChainSeen[] {
  const { pair } = sight
  const numbers = rows.filter(({ goneAt }) => goneAt === null).flatMap(({ connection, record }) => {
    const ids = 'orderIds' in record ? record.orderIds : 'orderId' in record && record.orderId !== null ? [record.orderId] : []
    return ids.flatMap((id) => {
      const order = store.snapshots.get(connection, 'orders', id)
      return order === null ? [] : store.claims.numbers(pair.id, order.row)
    })
  })
  return [...new Set(numbers)].flatMap((number) => {
    const seen = seeOrder(store, sight, number)
    return seen === null || seen.outOfScope !== null || !comparable(seen) ? [] : [seeChain(store, sight, seen)]
  })
}

/** Each moment at which goods left, with the one at which the shop told of as much; of several SKUs the last. */
export function parcelsTold(seen: ChainSeen): readonly Told[] {
  if (seen.shop === null) return []
  const sent = sentOf(seen.live, liveDeliveries(seen))
  const told = toldOf(seen.shop, seen.fulfilments)
  if (sent === null || told === null) return []
  const parcels = new Map<Instant, Instant | null>()
  for (const [one, other] of inBoth(sent, told)) {
    for (const step of one.steps) {
      const toldAt = reachedAt(one, step.done, other)
      const known = parcels.get(step.at)
      parcels.set(step.at, known === undefined ? toldAt : known === null || toldAt === null ? null : Math.max(known, toldAt))
    }
  }
  return [...parcels].map(([at, toldAt]) => ({ at: seen.erpAxis.ours(at), toldAt: toldAt === null ? null : seen.shopAxis.ours(toldAt) }))
}

function reachedAt(one: Progress, done: Progress['done'], other: Progress): Instant | null {
  return other.steps.find((step) => compare(multiply(step.done, one.of), multiply(done, other.of)) >= 0)?.at ?? null
}

/** Refunds with the credit notes that they meet; those of one side alone wait for the other. */
export function refundsTold(seen: ChainSeen): readonly Told[] {
  if (seen.shop === null) return []
  const settled = settlementOf(seen.shop, erpDocuments(seen), seen.invoices, seen.creditNotes)
  if (settled === null) return []
  const pairs = settled.pairs.map(({ refund, credit }) => {
    const moments = [seen.shopAxis.ours(refund.at), seen.erpAxis.ours(madeAt(credit.note))]
    return { at: Math.min(...moments), toldAt: Math.max(...moments) }
  })
  // what was never billed needs no credit note
  const alone = settled.billed > 0 ? settled.refunds.map((refund) => ({ at: seen.shopAxis.ours(refund.at), toldAt: null })) : []
  return [...pairs, ...alone]
}

/** By rank: the figure that so many of a hundred do not exceed. */
export function spreadOf(all: readonly Told[], now: Instant): Spread {
  const spans = all.map(({ at, toldAt }) => Math.max(0, (toldAt ?? now) - at)).toSorted((a, b) => a - b)
  const open = all.filter(({ toldAt }) => toldAt === null)
  const at = (share: number): Span | null => spans[Math.max(0, Math.ceil(spans.length * share) - 1)] ?? null
  return {
    count: all.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    open: open.length,
    oldestOpenMs: open.length === 0 ? null : Math.max(0, now - Math.min(...open.map((one) => one.at))),
  }
}
