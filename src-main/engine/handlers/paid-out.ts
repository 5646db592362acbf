/** Where an order's money is on its way to the merchant's bank: the payouts that hold it, and by when what is in none should come. */
import type { PaidOutView } from '../../contract/order-views.ts'
import { type Payout, expectedBy } from '../../domain/payout.ts'
import type { Order } from '../../domain/records.ts'
import { documentsOf } from '../reconcile/lenses/chain.ts'
import type { PairSight } from '../reconcile/sight.ts'
import type { Store } from '../store/store.ts'

/** So many of the newest tell how long a payout takes. */
const lookedAt = 6
const shownMax = 20

export function paidOut(store: Store, sight: PairSight, shop: Order | null, zone: string): PaidOutView[] {
  if (shop === null) return []
  const { shopAxis, pair } = sight
  const holding = documentsOf(store, pair.shop, 'payouts', 'payout', [shop.id])
  const told = holding.toSorted((one, other) => one.issuedAt - other.issuedAt).map((payout): PaidOutView => {
    const { gross, fee } = shareOf(payout, shop.id)
    const { currency } = payout
    return {
      payout: payout.number ?? payout.id,
      state: payout.state,
      at: shopAxis.ours(payout.issuedAt),
      gross: { minor: gross, currency },
      fee: { minor: fee, currency },
      net: { minor: gross - fee, currency },
    }
  })
  return [...told, ...outstanding(store, sight, { shop, holding, zone })].slice(0, shownMax)
}

function shareOf({ entries }: Payout, orderId: string): { readonly gross: number; readonly fee: number } {
  const own = (entries ?? []).filter((entry) => entry.orderId === orderId)
  return { gross: own.reduce((sum, { amount }) => sum + amount, 0), fee: own.reduce((sum, entry) => sum + entry.fee, 0) }
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
