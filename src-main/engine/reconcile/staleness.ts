/** Follows what a shop should show for one SKU at one location, and says since when the shop is behind (DESIGN §3). */
import { type Decimal, compare } from '../../domain/decimal.ts'
import type { Instant, Span } from '../../domain/time.ts'
import type { StockChange, StockState } from '../store/stock.ts'

/** What both sides say at this reading. Instants on our axis. */
export interface StockReading {
  /** The figure that the shop should show, by all that is known of units on their way. */
  readonly expected: Decimal
  /** Since the judgement before it was the ERP that moved that figure, and not only what the shop itself has sold. */
  readonly erpMoved: boolean
  /** When the ERP says its figure last moved; null where it does not say. */
  readonly erpChangedAt: Instant | null
  /** Up to when the ERP's stock was complete at this reading. */
  readonly erpReadAt: Instant
  readonly shop: Decimal
  readonly shopChangedAt: Instant | null
  readonly shopReadAt: Instant
  /** The judgement before; null at the first. */
  readonly before: Pick<StockState, 'shop' | 'behindSince' | 'judgedAt'> | null
  /** Until when both are known to have agreed, and whether they do now; null where they agree in nothing that is known. */
  readonly agreement: { readonly to: Instant; readonly isNow: boolean } | null
  /** False: one of the figures is later than the orders that it counts, and nothing can be said of it yet. */
  readonly isComparable: boolean
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
  /** Since when the shop is behind; null while it agrees, as far as that is known. */
  readonly behindSince: Instant | null
  /** It is behind, and only the next reading can tell since when at the latest. */
  readonly needsTwoReads: boolean
  readonly resolutionMs: Span | null
}

/** `changes` newest first, as the store keeps them. Pure. */
export function follow(changes: readonly StockChange[], reading: StockReading): Followed {
  const latest = changes[0] ?? null
  const isNew = latest === null || compare(latest.expected, reading.expected) !== 0
  const add = reading.isComparable && isNew ? changeOf(latest, reading) : null
  const known = add === null ? changes : [add, ...changes]
  const behindSince = behindOf(reading)
  return {
    add,
    settle: settleOf(known, reading),
    behindSince,
    needsTwoReads: behindSince !== null && reading.before === null && reading.erpChangedAt === null,
    resolutionMs: resolutionOf(reading),
  }
}

/** What was overtaken is behind since then; a shop that never agreed, since the figures are what they are. */
function behindOf({ agreement, isComparable, before, erpChangedAt, shopChangedAt, erpReadAt }: StockReading): Instant | null {
  if (agreement?.isNow === true) return null
  const since = before?.behindSince ?? null
  if (!isComparable) return since !== null && agreement !== null && agreement.to > since ? null : since
  if (agreement !== null) return Math.max(agreement.to, since ?? 0)
  if (since !== null) return since
  return erpChangedAt === null ? erpReadAt : Math.max(erpChangedAt, shopChangedAt ?? 0)
}

function resolutionOf({ before, erpReadAt }: StockReading): Span | null {
  return before === null ? null : erpReadAt - before.judgedAt
}

/** The latest change that the shop was seen to show settles all before it. */
function settleOf(known: readonly StockChange[], reading: StockReading): Settle | null {
  const { agreement, before, shop } = reading
  if (agreement === null) return null
  const upTo = agreement.isNow ? known[0] : known.find((change) => change.at < agreement.to)
  if (upTo === undefined || upTo.settledAt !== null) return null
  const moved = before !== null && compare(before.shop, shop) !== 0
  return {
    upTo: upTo.at,
    settledAt: settledAt(upTo, reading),
    resolutionMs: upTo.resolutionMs ?? resolutionOf(reading),
    moved: moved && upTo.observed,
  }
}

/**
 * A first figure dates from the ERP's own stamp and was not observed. A later one was, when the ERP moved it; else only
 * the shop's own sales did, which both sides saw at once.
 */
function changeOf(latest: StockChange | null, reading: StockReading): StockChange {
  const { erpChangedAt, erpReadAt, erpMoved } = reading
  const stamp = erpChangedAt === null ? null : Math.min(erpChangedAt, erpReadAt)
  const change = { expected: reading.expected, settledAt: null }
  if (latest === null) return { ...change, at: stamp ?? erpReadAt, observed: false, resolutionMs: null }
  return {
    ...change,
    at: Math.max(erpMoved ? (stamp ?? erpReadAt) : erpReadAt, latest.at + 1),
    observed: erpMoved,
    resolutionMs: resolutionOf(reading),
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
