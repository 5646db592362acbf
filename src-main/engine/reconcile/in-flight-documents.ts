/** In which times the ERP's documents held the goods of a shop's order: by what they said, when they said it, and until when they were there. */
import type { ErpOrder } from '../../domain/records.ts'
import type { Instant } from '../../domain/time.ts'
import type { Store } from '../store/store.ts'
import { theirs } from './lenses/coverage.ts'
import type { OrderSeen } from './lenses/order.ts'
import { numbersOf } from './match.ts'
import type { PairSight } from './sight.ts'

/** A time in which a side counts the units as gone, on its platform's clock; `to` null: it does still. */
export interface Stretch {
  readonly from: Instant
  readonly to: Instant | null
}

/** What a document said, and the time in which it began to say so. */
interface Version {
  readonly order: ErpOrder
  readonly earliest: Instant
  readonly latest: Instant
}

interface Document {
  /** The oldest first. */
  readonly versions: readonly Version[]
  /** When it was last seen, and first missed; nulls while it is there. */
  readonly seenTo: Instant | null
  readonly goneAt: Instant | null
}

const versionsMax = 10

/** `perhaps`: also where only some of the goods were held, as of which ones nobody says, and where nobody says since or until when. */
export function heldInErp(store: Store, sight: PairSight, seen: OrderSeen): { readonly surely: readonly Stretch[]; readonly perhaps: readonly Stretch[] } {
  const there = [...seen.live, ...seen.cancelled].map((order): Document => ({ versions: versionsOf(store, sight, order), seenTo: null, goneAt: null }))
  const gone = seen.gone.map(({ record, lastSeenAt, goneAt }): Document => ({
    versions: versionsOf(store, sight, record),
    seenTo: theirs(sight.erpAxis, lastSeenAt),
    goneAt: goneAt === null ? null : theirs(sight.erpAxis, goneAt),
  }))
  // whoever brings the figures over cannot tell what an order holds there before somebody writes its number
  const isNamed = (order: ErpOrder): boolean => order.state !== 'cancelled' && numbersOf(sight.pair, sight.pair.erp, order).includes(seen.number)
  const documents = [...there, ...gone]
  return {
    surely: documents.flatMap(({ versions, seenTo }) => endingAt(seenTo, stretchesOf(versions, 'surely', (one) => one.reservesStock && isNamed(one)))),
    perhaps: documents.flatMap(({ versions, goneAt }) =>
      endingAt(goneAt, stretchesOf(versions, 'perhaps', (one) => (one.reservesStock || one.reservesSome === true) && isNamed(one))),
    ),
  }
}

/**
 * A version dates from its stamp. One that has the stamp of the version before it changed unstamped, as an order does by
 * its deliveries, or was read in two parts with a change between them: then it is of some time between the two readings.
 */
function versionsOf(store: Store, { pair, erpAxis }: PairSight, { id }: ErpOrder): readonly Version[] {
  const now = store.snapshots.get(pair.erp, 'orders', id)
  if (now === null) return []
  const orders = [now.record, ...store.snapshots.versions(now.row, versionsMax)].flatMap((one) => (one.kind === 'erp-order' ? [one] : [])).toReversed()
  const isUnstamped = orders.map((order, nth) => nth > 0 && stampOf(order) === stampOf(orders[nth - 1] ?? order))
  // asked for only where it is needed: it is read from the file each time
  const told = isUnstamped.includes(true) ? store.snapshots.toldUntil(now.row, Number.MAX_SAFE_INTEGER, versionsMax + 1) : []
  const met = told.flatMap(({ from, record }) => (record === null ? [] : [theirs(erpAxis, from)])).toReversed()
  return orders.map((order, nth) => {
    const stamp = nth === 0 ? order.createdAt : stampOf(order)
    // of many only the newest are told
    const nthMet = nth + met.length - orders.length
    const [before, at] = [met[nthMet - 1], met[nthMet]]
    return isUnstamped[nth] === true && before !== undefined && at !== undefined
      ? { order, earliest: Math.max(stamp, before), latest: Math.max(stamp, at) }
      : { order, earliest: stamp, latest: stamp }
  })
}

function stampOf(order: ErpOrder): Instant {
  return order.changedAt ?? order.createdAt
}

/** In which time something held of a document that stood. */
function stretchesOf(versions: readonly Version[], how: 'surely' | 'perhaps', holds: (order: ErpOrder) => boolean): readonly Stretch[] {
  const stretches: Stretch[] = []
  for (const { order, earliest, latest } of versions) {
    const open = stretches.at(-1)
    const isHeld = holds(order)
    if (isHeld && (open === undefined || open.to !== null)) stretches.push({ from: how === 'surely' ? latest : earliest, to: null })
    if (!isHeld && open !== undefined && open.to === null) stretches[stretches.length - 1] = { ...open, to: how === 'surely' ? earliest : latest }
  }
  return stretches
}

/** Of a document that is there no more, of which nobody says when it went: nothing holds after it. */
function endingAt(end: Instant | null, stretches: readonly Stretch[]): readonly Stretch[] {
  return end === null ? stretches : stretches.map(({ from, to }) => ({ from, to: Math.min(to ?? end, end) }))
}
