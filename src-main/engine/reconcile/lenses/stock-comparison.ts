/** Holds what a shop shows of one SKU against what the ERP has of it, as of now and as of before (DESIGN §3). */
import { type Decimal, add, compare, divide, multiply, round, subtract } from '../../../domain/decimal.ts'
import type { StockLevel } from '../../../domain/records.ts'
import type { Instant } from '../../../domain/time.ts'
import type { Snapshot } from '../../store/snapshots.ts'
import type { Store } from '../../store/store.ts'
import type { InFlight, Moment } from '../in-flight.ts'
import type { PairSight } from '../sight.ts'
import { theirs } from './coverage.ts'
import { type StockFigure, figuresOf, stampOf } from './stock-figures.ts'

/** One of the ERP's SKUs that the shop's draws from, where it lies. */
export interface Shelf {
  readonly erpSku: string
  /** How many of it one of the shop's takes. */
  readonly quantity: Decimal
  readonly codes: readonly string[]
  readonly levels: readonly Snapshot<StockLevel>[]
}

interface Compared {
  readonly store: Store
  readonly sight: PairSight
  readonly flight: InFlight
  readonly location: string
  readonly shown: Snapshot<StockLevel>
  readonly shelves: readonly Shelf[]
}

/** A figure of one side, and from when until when it stood, on our axis. */
interface Standing {
  readonly levels: readonly StockLevel[]
  readonly momentOf: (levels: readonly StockLevel[]) => Moment
  readonly since: Instant
  readonly until: Instant
  /** The platform itself says since when. */
  readonly isStamped: boolean
  /** Orders are read as far as it: what of them it counts is known. */
  readonly isKnown: boolean
}

/** Holds what the shop shows against what the ERP has, each with what the other has not counted yet (in-flight.ts). */
export function comparison(of: Compared) {
  const { store, sight, flight } = of
  const { readTo } = flight
  const shopSide = { axis: sight.shopAxis, readAt: readTo.shopStock, knownTo: readTo.shopOrders }
  // a document of the ERP is told by the shop's order that it stands for
  const erpSide = { axis: sight.erpAxis, readAt: readTo.erpStock, knownTo: Math.min(readTo.shopOrders, readTo.erpOrders) }
  const erpNow = { levels: of.shelves.flatMap((shelf) => shelf.levels.map((one) => one.record)), overtakenAt: null }
  const shownNow = standing({ levels: [of.shown.record], overtakenAt: null }, shopSide)
  const haveNow = standing(erpNow, erpSide)
  const shop = shownIn(shownNow)
  const present = expectedOf(of, shownNow, haveNow)
  // one that moved after the other side was read may be what the other shows by now
  const isOvertaking = !agrees(shop, present)
  const unread = [
    { one: shownNow, otherRead: readTo.erpStock },
    { one: haveNow, otherRead: readTo.shopStock },
  ].flatMap(({ one, otherRead }) => (!one.isKnown || (isOvertaking && one.isStamped && one.since > otherRead) ? [one.since] : []))
  const isComparable = unread.length === 0
  const earlier = (snapshots: readonly Snapshot<StockLevel>[], side: Side): readonly Standing[] =>
    figuresOf(store, snapshots)
      .map((figure) => standing(figure, side))
      .filter((one) => one.until >= flight.from)
  const had = (): readonly Standing[] => earlier(of.shelves.flatMap((shelf) => shelf.levels), erpSide)
  return {
    shop,
    present,
    unreadAt: unread.length === 0 ? null : Math.min(...unread),
    /** Until when both sides are known to have agreed, and whether they do now. Null: in nothing that is known. */
    agreement(): { readonly to: Instant; readonly isNow: boolean } | null {
      if (isComparable && agrees(shop, present)) return { to: Math.min(shownNow.until, haveNow.until), isNow: true }
      const figures = had()
      let to: Instant | null = null
      for (const shown of earlier([of.shown], shopSide)) {
        for (const [nth, have] of figures.entries()) {
          if (shown.isKnown && have.isKnown && wasShown(of, shown, have, figures[nth - 1])) {
            to = Math.max(to ?? 0, Math.min(shown.until, have.until))
          }
        }
      }
      return to === null ? null : { to, isNow: false }
    },
    /** Whether it was the ERP's own figure that moved what the shop should show, and not only what the shop has sold. */
    erpMovedSince(at: Instant): boolean {
      if (haveNow.since <= at) return false
      const then = had().findLast((one, nth) => nth > 0 && one.until > at)
      // of what is not kept any more the stamp alone tells
      return then === undefined || compare(expectedOf(of, shownNow, then).expected, present.expected) !== 0
    },
  }
}

/**
 * What the shop shows is the ERP's figure, or one that the ERP passed through on its way to the next: between two readings
 * there are figures that nobody read, and one that lies between the two is taken for one of them.
 */
function wasShown(of: Compared, shown: Standing, have: Standing, next: Standing | undefined): boolean {
  const figure = shownIn(shown)
  const expected = expectedOf(of, shown, have)
  if (agrees(figure, expected)) return true
  if (next === undefined || !next.isKnown || shown.since < have.since) return false
  return compare(expected.expected, figure) === -compare(expectedOf(of, shown, next).expected, figure)
}

interface Side {
  readonly axis: PairSight['shopAxis']
  readonly readAt: Instant
  readonly knownTo: Instant
}

/** Where a platform does not say when a figure moved, it is of when it was read. */
function standing({ levels, overtakenAt }: StockFigure, { axis, readAt, knownTo }: Side): Standing {
  const seenAt = theirs(axis, Math.min(readAt, knownTo))
  const momentOf = (some: readonly StockLevel[]): Moment => {
    const stamp = stampOf(some) ?? seenAt
    return { stamp, readAt: overtakenAt === null ? Math.max(stamp, seenAt) : stamp }
  }
  const since = axis.ours(momentOf(levels).stamp)
  const isStamped = stampOf(levels) !== null
  return { levels, momentOf, since, isStamped, until: overtakenAt === null ? Math.max(since, readAt) : axis.ours(overtakenAt), isKnown: since <= knownTo }
}

function shownIn({ levels }: Standing): Decimal {
  return notBelowZero(levels[0]?.available ?? '0')
}

export interface Expected {
  /** The admissible figure that lies nearest to what the shop shows: what is not known is granted to the shop. */
  readonly expected: Decimal
  readonly least: Decimal
  readonly most: Decimal
  readonly parts: readonly Part[]
  readonly scarcest: Part
}

export interface Part {
  readonly erpSku: string
  /** How many of it one of the shop's takes. */
  readonly quantity: Decimal
  readonly levels: readonly StockLevel[]
  readonly codes: readonly string[]
  readonly available: Decimal
  readonly waiting: Decimal
  /** What is added to the ERP's figure at most for what only one side's has counted: nothing but what waits, as a negative, where both are of one moment. */
  readonly apart: Decimal
  /** How many of the shop's SKU it is enough for, at most and at least. */
  readonly offers: Decimal
  readonly offersAtLeast: Decimal
  /** Of the shop's SKU: promised or on their way beyond what there is; positive when it is short. */
  readonly short: Decimal
}

function expectedOf({ sight, flight, location, shown: { record }, shelves }: Compared, shown: Standing, have: Standing): Expected {
  const { stockBuffer, stockShare, stockCap: cap } = sight.pair.settings
  const shop = shown.momentOf(shown.levels)
  const parts = shelves.map(({ erpSku, quantity, codes }): Part => {
    const levels = have.levels.filter((level) => level.sku === erpSku && codes.includes(level.location))
    const { least, most, waiting } = flight.between({ shopSku: record.sku, erpSku, location }, shop, have.momentOf(levels))
    const available = add('0', ...levels.map((one) => one.available))
    const offersOf = (free: Decimal): Decimal =>
      notBelowZero(round(divide(multiply(subtract(free, String(stockBuffer)), stockShare), quantity), 0, 'floor'))
    return {
      erpSku,
      quantity,
      levels,
      codes,
      available,
      waiting,
      apart: most,
      offers: offersOf(add(available, most)),
      offersAtLeast: offersOf(add(available, least)),
      short: round(divide(subtract(waiting, available), quantity), 0, 'toward-infinity'),
    }
  })
  const [scarcest] = parts.toSorted((a, b) => compare(a.offers, b.offers))
  if (scarcest === undefined) throw new TypeError('a SKU draws from nothing')
  const least = atMost(parts.map((part) => part.offersAtLeast).reduce((fewest, one) => (compare(one, fewest) < 0 ? one : fewest)), cap)
  const most = atMost(scarcest.offers, cap)
  return { expected: nearest(shownIn(shown), least, most), least, most, parts, scarcest }
}

function agrees(shop: Decimal, { least, most }: Expected): boolean {
  return compare(shop, least) >= 0 && compare(shop, most) <= 0
}

function atMost(figure: Decimal, cap: number | null): Decimal {
  return cap === null || compare(figure, String(cap)) < 0 ? figure : String(cap)
}

function nearest(shown: Decimal, least: Decimal, most: Decimal): Decimal {
  if (compare(shown, least) < 0) return least
  return compare(shown, most) > 0 ? most : shown
}

function notBelowZero(figure: Decimal): Decimal {
  return compare(figure, '0') < 0 ? '0' : figure
}
