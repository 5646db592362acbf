/** Gathers one order number from both sides of a pair, and says when it was due and up to where both sides are known. */
import { type Decimal, compare } from '../../../domain/decimal.ts'
import type { Subject } from '../../../domain/incident.ts'
import { type Money, toMajor } from '../../../domain/money.ts'
import { type Pair, type PairSettings, dueBasisFor } from '../../../domain/pair.ts'
import type { ErpOrder, Order } from '../../../domain/records.ts'
import { type Interval, admissible } from '../../../domain/tax.ts'
import { type Instant, type Span, minutes } from '../../../domain/time.ts'
import type { Store } from '../../store/store.ts'
import { type Cluster, gatherCluster } from '../match.ts'
import type { NotJudgedYet } from '../rule.ts'
import type { MarketMethods } from '../methods.ts'
import type { PairSight } from '../sight.ts'
import { type Axis, type Covered, notCovered } from './coverage.ts'

export interface OrderSeen extends Cluster {
  readonly number: string
  readonly subject: Subject
  readonly shopLabel: string
  readonly erpLabel: string
  /** Why it is not this pair's business; null when it is. */
  readonly outOfScope: string | null
  /** When the ERP should have it, on our axis; null: nothing is due. */
  readonly dueAt: Instant | null
  /** Since when the shop's figures are as they are, on our axis, as far back as it was read; null without an order. */
  readonly figuresSince: Instant | null
  readonly graceMs: Span
  readonly capturedMinor: number
  readonly refundedMinor: number
  /** Up to where both sides are complete. */
  readonly covered: Covered
  readonly shopAxis: Axis
  readonly erpAxis: Axis
  /** Which users of the ERP are the integration, and which are people. */
  readonly actors: PairSettings['actors']
  /** Who may make new ones, among other things. */
  readonly owners: PairSettings['owners']
  /** How both sides round tax in this order's market, where that could be inferred. */
  readonly methods: MarketMethods
}

/** Null when neither side knows the number any more. */
export function seeOrder(store: Store, sight: PairSight, number: string): OrderSeen | null {
  const { pair, shopAxis, erpAxis } = sight
  const cluster = gatherCluster(store, sight, number)
  const documents = cluster.live.length + cluster.cancelled.length + cluster.takenBack.length + cluster.suspect.length
  if (cluster.shopCopies === 0 && documents === 0) return null
  const seen = {
    ...cluster,
    number,
    subject: orderSubject(pair, number),
    shopLabel: sight.shopLabel,
    erpLabel: sight.erpLabel,
    dueAt: cluster.shop === null ? null : dueMoment(cluster.shop, pair, shopAxis),
    figuresSince: cluster.shop === null ? null : figuresSince(store, sight, cluster.shop, cluster.live),
    graceMs: minutes(pair.settings.graceMinutes),
    capturedMinor: cluster.shop?.payment.captures.reduce((sum, one) => sum + one.amount, 0) ?? 0,
    refundedMinor: cluster.shop?.refunds.reduce((sum, one) => sum + one.amount, 0) ?? 0,
    covered: sight.orders,
    shopAxis,
    erpAxis,
    actors: pair.settings.actors,
    owners: pair.settings.owners,
    methods: sight.methods[cluster.shop?.market.country ?? ''] ?? { shop: null, erp: null },
  }
  return { ...seen, outOfScope: scopeOf(seen, pair) }
}

/** Versions of an order that are looked through for its last edit. */
const versionsMax = 20

/** An order changes when it is paid, sent or tagged, too: only an edit of what it costs starts the grace anew. */
function figuresSince(store: Store, { pair, shopAxis }: PairSight, shop: Order, live: readonly ErpOrder[]): Instant {
  const changedAt = (order: Order): Instant => shopAxis.ours(order.changedAt ?? order.placedAt)
  // nobody asks for it while both sides say the same
  const [only, ...others] = live
  if (only !== undefined && others.length === 0 && isSame(shop.totals.total, only.totals.total) && isSame(shop.totals.tax, only.totals.tax)) return changedAt(shop)
  const snapshot = store.snapshots.get(pair.shop, 'orders', shop.id)
  const figures = figuresOf(shop)
  let since = changedAt(shop)
  for (const before of snapshot === null ? [] : store.snapshots.versions(snapshot.row, versionsMax)) {
    if (before.kind !== 'order' || figuresOf(before) !== figures) return since
    since = Math.min(since, changedAt(before))
  }
  return since
}

function isSame(left: Decimal, right: Decimal): boolean {
  return compare(left, right) === 0
}

function figuresOf({ totals, lines, shipping }: Order): string {
  return JSON.stringify([totals, lines.map(({ sku, quantity, total, taxes }) => [sku, quantity, total, taxes]), shipping])
}

export function orderSubject(pair: Pair, number: string): Subject {
  return { kind: 'order', connection: pair.shop, key: number }
}

/** DESIGN §3: placed, authorised or first capture, by payment method; what has nothing to capture is due when placed. */
export function dueMoment(order: Order, pair: Pair, axis: Axis): Instant | null {
  const captured = order.payment.captures.map((capture) => capture.at).toSorted((a, b) => a - b)[0] ?? null
  const nothingToCapture = compare(order.totals.total, '0') <= 0 || paidByGiftCard(order)
  const basis = nothingToCapture ? 'placed' : dueBasisFor(order.payment.method, pair.settings)
  const at =
    basis === 'placed' ? order.placedAt : basis === 'authorised' ? (order.payment.authorisedAt ?? captured) : captured
  if (at === null) return null
  return axis.ours(Math.max(at, order.promisedAt ?? at))
}

function paidByGiftCard(order: Order): boolean {
  return order.payment.giftCardPaid > 0 && order.payment.giftCardPaid >= totalOf(order).low
}

function scopeOf(seen: Omit<OrderSeen, 'outOfScope'>, pair: Pair): string | null {
  const { shop } = seen
  if (shop === null) {
    const since = sinceOf(pair)
    const created = [...seen.live, ...seen.cancelled, ...seen.takenBack].map((order) => seen.erpAxis.ours(order.createdAt))
    return since !== null && created.every((at) => at < since) ? 'made in the ERP before the pair’s start' : null
  }
  return scopeOfOrder(shop, pair, seen.dueAt ?? seen.shopAxis.ours(shop.placedAt))
}

function sinceOf(pair: Pair): Instant | null {
  return pair.settings.since === null ? null : Date.parse(pair.settings.since)
}

/** Why an order that is judged from a moment on is not the pair's business; null when it is. */
export function scopeOfOrder(shop: Order, pair: Pair, judgedFrom: Instant): string | null {
  const { settings } = pair
  if (shop.test) return 'test order'
  const marked = [...shop.marks, shop.customer.email ?? ''].map((mark) => mark.toLowerCase())
  if (settings.testMarks.some((mark) => marked.some((one) => one.includes(mark.toLowerCase())))) return 'test order'
  if (settings.channels.length > 0 && !settings.channels.includes(shop.channel ?? '')) {
    return `channel ${shop.channel ?? 'without a name'} is not watched`
  }
  const since = sinceOf(pair)
  return since !== null && judgedFrom < since ? 'due before the pair’s start' : null
}

/** Whole minor units that the shop's total may be rounded to; one value where it states cents. */
export function totalOf(order: Order): Interval {
  return admissible([order.totals.total], order.currency)
}

/** Captured less refunded. */
export function netCaptured(seen: OrderSeen, shop: Order): Money {
  return { minor: seen.capturedMinor - seen.refundedMinor, currency: shop.currency }
}

/** Null when both sides are known up to `from` plus the span; else why it is too early to say. */
export function tooEarly(seen: OrderSeen, from: Instant, spanMs: Span = seen.graceMs): NotJudgedYet | null {
  return notCovered(seen.covered, from, spanMs, (latest) => {
    if (latest === null) return 'orders of one side'
    return `orders of ${latest === seen.subject.connection ? seen.shopLabel : seen.erpLabel}`
  })
}

/** Minor units of ERP documents, added up; null when they are not all in the order's currency. */
export function erpTotal(orders: readonly ErpOrder[], currency: string): number | null {
  let sum = 0
  for (const order of orders) {
    if (order.currency !== currency) return null
    sum += admissible([order.totals.total], currency).low
  }
  return sum
}

/** Members that repeat and together exceed the order: a duplicate. What adds up to it is a split (DESIGN §5). */
export function duplicated(seen: OrderSeen): boolean {
  if (seen.shop === null || seen.live.length < 2) return false
  const sum = erpTotal(seen.live, seen.shop.currency)
  if (sum !== null && sum <= totalOf(seen.shop).high) return false
  const faces = seen.live.map((order) => `${order.currency} ${order.totals.total}`)
  return new Set(faces).size < faces.length || sum === null || sum >= 2 * totalOf(seen.shop).low
}

/** Both sides have it, live and once: its figures may be compared. */
export function comparable(seen: OrderSeen): seen is OrderSeen & { readonly shop: Order } {
  return seen.shop !== null && seen.shop.cancelledAt === null && seen.live.length > 0 && !duplicated(seen)
}

/** The moment from which both sides' figures should agree: an edit starts the grace anew. */
function settledFrom(seen: OrderSeen, shop: Order): Instant {
  const edited = shop.changedAt === null ? 0 : (seen.figuresSince ?? 0)
  const booked = seen.live.map((order) => seen.erpAxis.ours(order.createdAt))
  return Math.max(seen.dueAt ?? seen.shopAxis.ours(shop.placedAt), edited, ...booked)
}

/**
 * Null once both sides' figures should agree and each is known past what the other last wrote: until then what one shows
 * may be the answer to what the other has not shown yet. Else why it is too early to say.
 */
export function unsettled(seen: OrderSeen, shop: Order): NotJudgedYet | null {
  const written = seen.live.map((order) => seen.erpAxis.ours(order.changedAt ?? order.createdAt))
  return tooEarly(seen, settledFrom(seen, shop)) ?? tooEarly(seen, Math.max(0, ...written), 0)
}

export function money(minor: number, currency: string): string {
  return `${toMajor(minor, currency)} ${currency}`
}
