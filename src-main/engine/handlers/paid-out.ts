/** Where the money of an order, or of a day, is on its way to the bank: the payouts that hold it, and by when the rest should come. */
import type { PaidOutView } from '../../contract/order-views.ts'
import { type Day, boundsOf } from '../../domain/business-day.ts'
import { type Payout, type PayoutEntry, expectedBy } from '../../domain/payout.ts'
import type { Order } from '../../domain/records.ts'
import { type Instant, days } from '../../domain/time.ts'
import { documentsOf } from '../reconcile/lenses/chain.ts'
import type { Axis } from '../reconcile/lenses/coverage.ts'
import type { PairSight } from '../reconcile/sight.ts'
import type { Store } from '../store/store.ts'

/** So many of the newest tell how long a payout takes. */
const lookedAt = 6
const shownMax = 20
const shownInDay = 50

/** So long after a day its payouts are looked for, and so many of them, and of its payments. */
const waitsMax = days(21)
const payoutsMax = 200
const paymentsMax = 20_000

export function paidOut(store: Store, sight: PairSight, shop: Order | null, zone: string): PaidOutView[] {
  if (shop === null) return []
  const { shopAxis, pair } = sight
  const holding = documentsOf(store, pair.shop, 'payouts', 'payout', [shop.id])
  const told = inOrder(holding).map((payout) => shareOf(payout, shopAxis, (entry) => entry.orderId === shop.id))
  return [...told, ...outstanding(store, sight, { shop, holding, zone })].slice(0, shownMax)
}

function inOrder(payouts: readonly Payout[]): readonly Payout[] {
  return payouts.toSorted((one, other) => one.issuedAt - other.issuedAt)
}

/** What some of its entries come to. */
function shareOf(payout: Payout, shopAxis: Axis, isOwn: (entry: PayoutEntry) => boolean): PaidOutView {
  const { currency } = payout
  const own = (payout.entries ?? []).filter(isOwn)
  const gross = own.reduce((sum, { amount }) => sum + amount, 0)
  const fee = own.reduce((sum, entry) => sum + entry.fee, 0)
  return {
    payout: payout.number ?? payout.id,
    state: payout.state,
    at: shopAxis.ours(payout.issuedAt),
    gross: { minor: gross, currency },
    fee: { minor: fee, currency },
    net: { minor: gross - fee, currency },
  }
}

/** Captures and refunds of a business day, by the payouts that hold them; what is in none yet by currency. */
export function paidOutOfDay(store: Store, { pair, shopAxis }: PairSight, day: Day, zone: string): PaidOutView[] {
  const { from, to } = boundsOf(day, zone)
  const isOfDay = ({ at }: { readonly at: Instant }): boolean => at >= from && at < to
  const later = store.snapshots
    .happenedIn(pair.shop, 'payouts', from, to + waitsMax, payoutsMax)
    .flatMap(({ record, goneAt }) => (record.kind === 'payout' && goneAt === null ? [record] : []))
  const told = inOrder(later).filter(({ entries }) => (entries ?? []).some(isOfDay)).map((payout) => shareOf(payout, shopAxis, isOfDay))
  const before = latestPayouts(store, pair.shop)
  const ways = new Set([...before, ...later].map(({ method }) => method))
  // of one that is not read entry by entry the rest may be a part
  if (ways.size === 0 || later.some(({ entries }) => entries === null)) return told.slice(0, shownInDay)
  const held = new Set(later.flatMap(({ entries }) => (entries ?? []).filter((entry) => entry.amount > 0 && isOfDay(entry)).map(({ orderId }) => orderId)))
  const left = store.snapshots.happenedIn(pair.shop, 'payments', from, to, paymentsMax).flatMap(({ record, goneAt }) => {
    const waits = record.kind === 'payment' && goneAt === null && ways.has(record.method) && !held.has(record.orderId)
    return waits ? record.captures.filter(isOfDay).map(({ at, amount }) => ({ at, minor: amount, currency: record.currency })) : []
  })
  const waiting = [...Map.groupBy(left, ({ currency }) => currency)].map(([currency, captures]): PaidOutView => {
    const by = expectedBy(Math.max(...captures.map(({ at }) => at)), before, zone)
    const gross = { minor: captures.reduce((sum, { minor }) => sum + minor, 0), currency }
    return { payout: null, state: 'expected', at: by === null ? null : shopAxis.ours(by), gross, fee: null, net: null }
  })
  return [...told, ...waiting].slice(0, shownInDay)
}

/** Captures that came by the way that is paid out, beyond those that a payout holds: each capture is an entry of its own. */
function outstanding(store: Store, { pair, shopAxis }: PairSight, known: { readonly shop: Order; readonly holding: readonly Payout[]; readonly zone: string }): PaidOutView[] {
  const { shop, holding, zone } = known
  if (shop.test) return []
  const before = latestPayouts(store, pair.shop)
  const ways = new Set([...before, ...holding].map(({ method }) => method))
  const captures = documentsOf(store, pair.shop, 'payments', 'payment', [shop.id])
    .filter(({ method }) => method !== null && ways.has(method))
    .flatMap((payment) => payment.captures)
    .toSorted((one, other) => one.at - other.at)
  const charged = holding.flatMap(({ entries }) => (entries ?? []).filter(({ orderId, amount }) => orderId === shop.id && amount > 0)).length
  const left = captures.slice(charged)
  const last = left.at(-1)
  // of a payout that is not read one by one it may be a part
  if (last === undefined || before.some(({ entries, issuedAt }) => entries === null && issuedAt >= last.at)) return []
  const by = expectedBy(last.at, before, zone)
  const gross = { minor: left.reduce((sum, { amount }) => sum + amount, 0), currency: shop.currency }
  return [{ payout: null, state: 'expected', at: by === null ? null : shopAxis.ours(by), gross, fee: null, net: null }]
}

function latestPayouts(store: Store, connection: string): readonly Payout[] {
  return store.snapshots.latest(connection, 'payouts', lookedAt).flatMap(({ record: { id } }) => {
    // as it was known at the moment that is asked about
    const then = store.snapshots.get(connection, 'payouts', id)
    return then !== null && then.goneAt === null && then.record.kind === 'payout' ? [then.record] : []
  })
}
