/** Gathers the flow of a pair's orders into the ERP: when the last one arrived, what waits, at what pace they usually come. */
import type { Subject } from '../../../domain/incident.ts'
import { actorOf } from '../../../domain/pair.ts'
import type { ErpOrder } from '../../../domain/records.ts'
import { type Instant, type Span, days, hours, minutes } from '../../../domain/time.ts'
import type { Arrival, MissingSum } from '../../store/flow.ts'
import type { Store } from '../../store/store.ts'
import { type Rhythm, rhythmOf } from '../rhythm.ts'
import type { PairSight } from '../sight.ts'
import { type Covered, theirs } from './coverage.ts'
import { seeOrder } from './order.ts'

export interface Awaited {
  readonly number: string
  readonly dueAt: Instant
}

/** Arrivals that came in one lump of a batch, with how long each had waited since it was due. */
export interface Batches extends Rhythm {
  readonly waitedMs: readonly Span[]
}

export interface FlowSeen {
  readonly subject: Subject
  readonly shopLabel: string
  readonly erpLabel: string
  /** When an order last came by itself, made by no person and no replay; null where none did in a month. */
  readonly arrivedAt: Instant | null
  /** Orders due since about then, as far as both sides are read, and absent from the ERP, the longest waiting first; of many only some. */
  readonly awaited: readonly Awaited[]
  /** How many are known to wait, those that are not among `awaited` included. */
  readonly waiting: number
  /** How long orders usually take once they are due; null where too few came, or none is late. */
  readonly usualMs: Span | null
  readonly batches: Batches | null
  /** Orders that were due before the last arrival, not long ago, and are missing all the same. */
  readonly overtaken: MissingSum
  readonly graceMs: Span
  readonly covered: Covered
}

/** The rules that speak of an order's absence from the ERP. */
export const missingRules: readonly string[] = ['F02-paid-order-missing', 'F02-order-missing']

const awaitedMax = 100
const arrivalsSeen = 300
const arrivalsFrom = days(30)
/** Their orders are gathered too: of a batch no more than these, and of an ordinary day a few an hour. */
const waitsSeen = 100
const hoursSeen = 24
const perHour = 5
const usualOf = 5
const recently = hours(6)
/** Placed so much before the flow's last sign of life an order may still be due after it, whatever the clocks say. */
const placedMargin = minutes(10)

export function seeFlow(store: Store, sight: PairSight): FlowSeen {
  const { pair, orders } = sight
  const seen = {
    subject: { kind: 'stream', connection: pair.shop, key: 'orders' } as const,
    shopLabel: sight.shopLabel,
    erpLabel: sight.erpLabel,
    graceMs: minutes(pair.settings.graceMinutes),
    covered: orders,
  }
  const to = orders.to
  const all = to === null ? [] : store.flow.arrivals(pair, to - arrivalsFrom, arrivalsSeen)
  const last = all.find((arrival) => cameByItself(store, sight, arrival))
  if (to === null || last === undefined) {
    return { ...seen, arrivedAt: null, awaited: [], waiting: 0, usualMs: null, batches: null, overtaken: { count: 0, oldestDueAt: null } }
  }
  const arrivedAt = sight.erpAxis.ours(last.arrivedAt)
  const awaited = awaitedIn(store, sight, arrivedAt - seen.graceMs, to)
  const overdue = awaited.length > 1 && awaited.some((one) => one.dueAt + seen.graceMs <= to)
  return {
    ...seen,
    arrivedAt,
    awaited,
    waiting: Math.max(awaited.filter((one) => one.dueAt > arrivedAt).length, store.flow.missing(pair.id, missingRules, arrivedAt + 1)),
    usualMs: overdue ? usualOfArrivals(store, sight, all) : null,
    batches: batchesOf(store, sight, all),
    overtaken: store.flow.overtaken(pair, missingRules, { from: to - recently, before: arrivedAt }),
  }
}

/** A person who types in what is missing, and our own repair, do not make the flow run. */
function cameByItself(store: Store, sight: PairSight, arrival: Arrival): boolean {
  const document = documentOf(store, arrival)
  if (document === null || store.flow.isOurs(sight.pair.erp, document.id)) return false
  return actorOf(document.createdBy, sight.pair.settings) !== 'person'
}

function documentOf(store: Store, arrival: Arrival): ErpOrder | null {
  const record = store.snapshots.byRow(arrival.row)?.record
  return record?.kind === 'erp-order' ? record : null
}

/**
 * By the records, and by what earlier rounds said: an order may fall due long after it was placed. What is due later than
 * both sides are read does not wait yet, as a pre-order does not for days.
 */
function awaitedIn(store: Store, sight: PairSight, since: Instant, to: Instant): readonly Awaited[] {
  const { pair } = sight
  const numbers = new Set([
    ...store.flow.unmatched(pair, theirs(sight.shopAxis, since) - placedMargin, awaitedMax),
    ...store.flow.told(pair.id, missingRules, since, awaitedMax),
  ])
  return [...numbers]
    .slice(0, awaitedMax)
    .flatMap((number) => {
      const dueAt = missedSince(store, sight, number)
      return dueAt === null || dueAt < since || dueAt > to ? [] : [{ number, dueAt }]
    })
    .toSorted((a, b) => a.dueAt - b.dueAt)
}

/** When an order was due that the ERP should have and has not; null for any other. The rules on missing ones ask the same. */
function missedSince(store: Store, sight: PairSight, number: string): Instant | null {
  const seen = seeOrder(store, sight, number)
  if (seen === null || seen.shop === null || seen.outOfScope !== null || seen.shop.cancelledAt !== null) return null
  if (seen.live.length + seen.cancelled.length + seen.suspect.length > 0 || seen.probable !== null) return null
  return seen.capturedMinor > 0 && seen.capturedMinor <= seen.refundedMinor ? null : seen.dueAt
}

/** The median of an ordinary hour: what a stop of hours held up and brought at once is one hour among many. */
function usualOfArrivals(store: Store, sight: PairSight, arrivals: readonly Arrival[]): Span | null {
  const byHour = new Map<number, Arrival[]>()
  for (const arrival of arrivals) {
    const hour = Math.floor(arrival.arrivedAt / hours(1))
    const known = byHour.get(hour)
    if (known === undefined) byHour.set(hour, [arrival])
    else if (known.length < perHour) known.push(arrival)
  }
  const seen = [...byHour.values()].slice(0, hoursSeen).map((some) => waitedOf(store, sight, some))
  if (seen.flat().length < usualOf) return null
  return median(seen.flatMap((some) => median(some) ?? []))
}

function median(spans: readonly Span[]): Span | null {
  return spans.toSorted((a, b) => a - b)[Math.ceil(spans.length / 2) - 1] ?? null
}

/** How long each arrival had been due; what came before it was due had not waited. */
function waitedOf(store: Store, sight: PairSight, arrivals: readonly Arrival[]): readonly Span[] {
  return arrivals.flatMap((arrival) => {
    const dueAt = seeOrder(store, sight, arrival.number)?.dueAt ?? null
    return dueAt === null ? [] : [Math.max(0, sight.erpAxis.ours(arrival.arrivedAt) - dueAt)]
  })
}

function batchesOf(store: Store, sight: PairSight, arrivals: readonly Arrival[]): Batches | null {
  const rhythm = rhythmOf(arrivals.map((arrival) => sight.erpAxis.ours(arrival.arrivedAt)))
  const from = rhythm?.lumps[0]?.from
  if (rhythm === null || from === undefined) return null
  const inLumps = arrivals.slice(0, waitsSeen).filter((arrival) => sight.erpAxis.ours(arrival.arrivedAt) >= from)
  return { ...rhythm, waitedMs: waitedOf(store, sight, inLumps) }
}
