/** Follows what a shop should show for one SKU at one location, and says since when the shop is behind (DESIGN §3). */
import { type Decimal, compare } from '../../domain/decimal.ts'
import type { Instant, Span } from '../../domain/time.ts'
import type { StockChange } from '../store/stock.ts'

/** What both sides say at this reading. Instants on our axis. */
export interface StockReading {
  /** The figure that the shop should show. */
  readonly expected: Decimal
  /** When the ERP says its figure last moved; null where it does not say. */
  readonly erpChangedAt: Instant | null
  /** Up to when the ERP's stock was complete at this reading, and at the one before. */
  readonly erpReadAt: Instant
  readonly erpReadBefore: Instant | null
  readonly shop: Decimal
  /** What the shop showed at the reading before; null at the first. */
  readonly shopBefore: Decimal | null
  readonly shopChangedAt: Instant | null
  readonly shopReadAt: Instant
}

export interface Settle {
  readonly upTo: Instant
  readonly settledAt: Instant
  readonly resolutionMs: Span | null
  /** The shop's figure moved to what the ERP had moved to, and they do not merely agree again. */
  readonly moved: boolean
}

export interface Followed {
  /** A change of the expected figure that is new to us. */
  readonly add: StockChange | null
  /** The shop shows the figure of `upTo`. */
  readonly settle: Settle | null
  /** Since when the shop is behind; null while it agrees. */
  readonly behindSince: Instant | null
  /** It is behind, and only the next reading can tell since when at the latest. */
  readonly needsTwoReads: boolean
  readonly resolutionMs: Span | null
}

/** `changes` newest first, as the store keeps them. Pure. */
export function follow(changes: readonly StockChange[], reading: StockReading): Followed {
  const latest = changes[0] ?? null
  const add = latest === null || compare(latest.expected, reading.expected) !== 0 ? changeOf(latest, reading) : null
  const known = add === null ? changes : [add, ...changes]
  const shown = shownIn(known, reading.shop)
  const resolutionMs = reading.erpReadBefore === null ? null : reading.erpReadAt - reading.erpReadBefore
  const upTo = known[shown]
  const moved = reading.shopBefore !== null && compare(reading.shopBefore, reading.shop) !== 0
  const settle =
    upTo === undefined || upTo.settledAt !== null
      ? null
      : {
          upTo: upTo.at,
          settledAt: settledAt(upTo, reading),
          resolutionMs: upTo.resolutionMs ?? resolutionMs,
          moved: moved && upTo.observed,
        }
  if (shown === 0) return { add, settle, behindSince: null, needsTwoReads: false, resolutionMs }
  if (shown > 0) {
    const overtaken = known[shown - 1]?.at ?? reading.erpReadAt
    return { add, settle, behindSince: overtaken, needsTwoReads: false, resolutionMs }
  }
  const oldestOpen = known.findLast((change) => change.settledAt === null) ?? known[0]
  const needsTwoReads = latest === null && reading.erpChangedAt === null
  return { add, settle, behindSince: oldestOpen?.at ?? reading.erpReadAt, needsTwoReads, resolutionMs }
}

/**
 * The latest change whose figure the shop shows, or was on its way from: between two readings the expected figure passes
 * through others that nobody read, and a figure that lies between the two is one of them. -1: none.
 */
function shownIn(known: readonly StockChange[], shop: Decimal): number {
  return known.findIndex((change, nth) => {
    const sinceThen = compare(change.expected, shop)
    const next = known[nth - 1]
    return sinceThen === 0 || (next !== undefined && sinceThen === -compare(next.expected, shop))
  })
}

/**
 * A first figure dates from the ERP's own stamp and was not observed. A later one was, when the ERP's stamp moved or
 * there is none; else only the shop's own sales moved it, which both sides saw at once.
 */
function changeOf(latest: StockChange | null, reading: StockReading): StockChange {
  const { erpChangedAt, erpReadAt, erpReadBefore } = reading
  const stamp = erpChangedAt === null ? null : Math.min(erpChangedAt, erpReadAt)
  const change = { expected: reading.expected, settledAt: null }
  if (latest === null) return { ...change, at: stamp ?? erpReadAt, observed: false, resolutionMs: null }
  const moved = stamp === null || stamp > latest.at
  return {
    ...change,
    at: Math.max(moved ? (stamp ?? erpReadAt) : erpReadAt, latest.at + 1),
    observed: moved,
    resolutionMs: erpReadBefore === null ? null : erpReadAt - erpReadBefore,
  }
}

/** The shop's own stamp when it fits between the change and this reading, else the reading. */
function settledAt(change: StockChange, reading: StockReading): Instant {
  const stamp = reading.shopChangedAt
  if (!change.observed) return change.at
  return stamp !== null && stamp >= change.at && stamp <= reading.shopReadAt
    ? stamp
    : Math.max(change.at, reading.shopReadAt)
}

export interface Staleness {
  readonly p50Ms: Span | null
  readonly p95Ms: Span | null
  readonly maxMs: Span | null
  /** The present age of the oldest change that the shop does not show yet. */
  readonly oldestOpenMs: Span | null
}

/** Over observed changes; unsettled ones at their present age, so that a dead sync cannot look fine. */
export function stalenessOf(changes: readonly StockChange[], now: Instant): Staleness {
  const observed = changes.filter((change) => change.observed)
  const ages = observed.map((change) => Math.max(0, (change.settledAt ?? now) - change.at)).toSorted((a, b) => a - b)
  const open = changes.filter((change) => change.settledAt === null).map((change) => Math.max(0, now - change.at))
  return {
    p50Ms: nearestRank(ages, 0.5),
    p95Ms: nearestRank(ages, 0.95),
    maxMs: ages.at(-1) ?? null,
    oldestOpenMs: open.length === 0 ? null : Math.max(...open.slice(0, 10_000)),
  }
}

function nearestRank(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null
}
