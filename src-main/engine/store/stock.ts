/** How stale the stock on sale is: each change of the expected figure, when the shop showed it, and the curve over time. */
import type { Database } from 'better-sqlite3'
import type { Decimal } from '../../domain/decimal.ts'
import type { Instant, Span } from '../../domain/time.ts'
import type { Tx } from './database.ts'
import { bit } from './rows.ts'

export interface StockChange {
  /** From when on the ERP said so. */
  readonly at: Instant
  readonly expected: Decimal
  /** False for the first figure met: its moment is the platform's word, not our observation. */
  readonly observed: boolean
  readonly settledAt: Instant | null
  readonly resolutionMs: Span | null
}

export interface StockState {
  readonly sku: string
  readonly location: string
  readonly shop: Decimal
  readonly expected: Decimal
  readonly behindSince: Instant | null
  readonly resolutionMs: Span | null
  readonly judgedAt: Instant
}

export interface StockPoint {
  readonly at: Instant
  readonly p50Ms: Span | null
  readonly p95Ms: Span | null
  readonly behind: number
}

/** Units of one SKU at one location. */
export interface Waiting {
  readonly sku: string
  readonly location: string
  readonly quantity: Decimal
}

interface ChangeRow {
  sku: string
  location: string
  at: number
  expected: string
  observed: number
  settled_at: number | null
  resolution_ms: number | null
}

export interface StateRow {
  sku: string
  location: string
  shop: string
  expected: string
  behind_since: number | null
  resolution_ms: number | null
  judged_at: number
}

/** Changes kept per SKU and location: the percentiles speak of the recent past. */
const changesKept = 50
const pointsKept = 5000

export function stockStore(db: Database) {
  const changes = db.prepare<[string, string, string], ChangeRow>(`
    SELECT * FROM stock_change WHERE pair = ? AND sku = ? AND location = ? ORDER BY at DESC LIMIT ${changesKept}`)
  const addChange = db.prepare(`
    INSERT OR REPLACE INTO stock_change (pair, sku, location, at, expected, observed, settled_at, resolution_ms)
    VALUES (@pair, @sku, @location, @at, @expected, @observed, @settledAt, @resolutionMs)`)
  const prune = db.prepare(`
    DELETE FROM stock_change WHERE pair = @pair AND sku = @sku AND location = @location AND at < (
      SELECT at FROM stock_change WHERE pair = @pair AND sku = @sku AND location = @location
      ORDER BY at DESC LIMIT 1 OFFSET ${changesKept})`)
  const settle = db.prepare(`
    UPDATE stock_change SET
      settled_at = @settledAt, resolution_ms = @resolutionMs, shown_at = iif(@moved AND at = @upTo, @settledAt, NULL)
    WHERE pair = @pair AND sku = @sku AND location = @location AND at <= @upTo AND settled_at IS NULL`)
  const all = db.prepare<[string, Instant], ChangeRow>(`
    SELECT * FROM stock_change WHERE pair = ? AND (settled_at IS NULL OR settled_at >= ?) ORDER BY at LIMIT 200000`)
  const shown = db.prepare<[string, number], { at: Instant; shownAt: Instant }>(`
    SELECT at, shown_at AS shownAt FROM stock_change
    WHERE pair = ? AND shown_at IS NOT NULL ORDER BY shown_at DESC LIMIT ?`)
  const openIn = db.prepare<[string, Instant, Instant], { total: number; oldest: Instant | null }>(`
    SELECT COUNT(*) AS total, MIN(at) AS oldest FROM (
      SELECT MIN(at) AS at FROM stock_change WHERE pair = ? AND settled_at IS NULL AND observed = 1 AND at > ? AND at <= ?
      GROUP BY sku, location)`)
  const putState = db.prepare(`
    INSERT OR REPLACE INTO stock_state (pair, sku, location, shop, expected, behind_since, resolution_ms, judged_at)
    VALUES (@pair, @sku, @location, @shop, @expected, @behindSince, @resolutionMs, @judgedAt)`)
  const state = db.prepare<[string, string, string], StateRow>(`
    SELECT * FROM stock_state WHERE pair = ? AND sku = ? AND location = ?`)
  const dropState = db.prepare(`DELETE FROM stock_state WHERE pair = ? AND sku = ? AND location = ?`)
  const dropOpen = db.prepare(`DELETE FROM stock_change WHERE pair = ? AND sku = ? AND location = ? AND settled_at IS NULL`)
  const states = db.prepare<[string], StateRow>(`SELECT * FROM stock_state WHERE pair = ? ORDER BY sku, location LIMIT 200000`)
  const addPoint = db.prepare(`INSERT OR REPLACE INTO stock_point (pair, at, p50_ms, p95_ms, behind) VALUES (?, ?, ?, ?, ?)`)
  const prunePoints = db.prepare(`
    DELETE FROM stock_point WHERE pair = @pair AND at < (
      SELECT at FROM stock_point WHERE pair = @pair ORDER BY at DESC LIMIT 1 OFFSET ${pointsKept})`)
  const points = db.prepare<[string, Instant, number], StockPoint>(`
    SELECT at, p50_ms AS p50Ms, p95_ms AS p95Ms, behind FROM stock_point
    WHERE pair = ? AND at >= ? ORDER BY at DESC LIMIT ?`)

  const oldestKept = db.prepare<[string], { at: Instant }>(`
    SELECT at FROM stock_point WHERE pair = ? ORDER BY at DESC LIMIT 1 OFFSET ${pointsKept}`)

  const waitingOf = db.prepare<[string, string], Waiting>(`
    SELECT sku, location, quantity FROM stock_waiting WHERE pair = ? AND number = ? ORDER BY sku, location`)
  const dropWaiting = db.prepare(`DELETE FROM stock_waiting WHERE pair = ? AND number = ?`)
  const addWaiting = db.prepare(`
    INSERT INTO stock_waiting (pair, number, sku, location, quantity) VALUES (@pair, @number, @sku, @location, @quantity)`)
  const waitingFor = db.prepare<[string, string, string], { number: string; quantity: string }>(`
    SELECT number, quantity FROM stock_waiting WHERE pair = ? AND sku = ? AND location = ? ORDER BY number LIMIT 100000`)

  return {
    /** Units that an order holds in the shop and the ERP's stock does not know of. */
    waitingOf: (pair: string, number: string): readonly Waiting[] => waitingOf.all(pair, number),
    replaceWaiting(_tx: Tx, pair: string, number: string, now: readonly Waiting[]): void {
      dropWaiting.run(pair, number)
      for (const one of now) addWaiting.run({ pair, number, ...one })
    },
    waitingFor: (pair: string, sku: string, location: string): readonly { number: string; quantity: Decimal }[] =>
      waitingFor.all(pair, sku, location),
    /** Newest first. */
    changes: (pair: string, sku: string, location: string): readonly StockChange[] =>
      changes.all(pair, sku, location).map(toChange),
    addChange(_tx: Tx, pair: string, sku: string, location: string, change: StockChange): void {
      addChange.run({ pair, sku, location, ...change, observed: bit(change.observed) })
      prune.run({ pair, sku, location })
    },
    /** The shop shows the figure of `upTo`: that change and every earlier one are settled. */
    settle(
      _tx: Tx,
      pair: string,
      sku: string,
      location: string,
      settled: { upTo: Instant; settledAt: Instant; resolutionMs: Span | null; moved: boolean },
    ): void {
      settle.run({ pair, sku, location, ...settled, moved: bit(settled.moved) })
    },
    /** Open ones, and those settled since: what percentiles are made of. */
    recent: (pair: string, since: Instant): readonly (StockChange & { sku: string; location: string })[] =>
      all.all(pair, since).map((row) => ({ ...toChange(row), sku: row.sku, location: row.location })),
    /** Watched changes that the shop's figure moved to, the latest first. */
    shown: (pair: string, limit: number): readonly { at: Instant; shownAt: Instant }[] => shown.all(pair, limit),
    /** SKUs by location whose watched changes in an interval the shop does not show, and the first of those changes. */
    openIn(pair: string, interval: { after: Instant; upTo: Instant }): { readonly count: number; readonly oldestAt: Instant | null } {
      const row = openIn.get(pair, interval.after, interval.upTo)
      return { count: row?.total ?? 0, oldestAt: row?.oldest ?? null }
    },
    saveState(_tx: Tx, pair: string, now: StockState): void {
      putState.run({ pair, ...now })
    },
    state(pair: string, sku: string, location: string): StockState | null {
      const row = state.get(pair, sku, location)
      return row === undefined ? null : toState(row)
    },
    /** There is nothing to follow any more: what it did not show yet would grow old for ever. */
    leave(_tx: Tx, pair: string, sku: string, location: string): void {
      dropState.run(pair, sku, location)
      dropOpen.run(pair, sku, location)
    },
    states: (pair: string): readonly StockState[] => states.all(pair).map(toState),
    addPoint(_tx: Tx, pair: string, point: StockPoint): void {
      addPoint.run(pair, point.at, point.p50Ms, point.p95Ms, point.behind)
      prunePoints.run({ pair })
    },
    /** Oldest first, the newest `limit` of them. */
    points: (pair: string, since: Instant, limit: number): readonly StockPoint[] =>
      points.all(pair, since, limit).toReversed(),
    /** From when on the curve is kept; null while nothing of it was let go. */
    pointsFrom: (pair: string): Instant | null => oldestKept.get(pair)?.at ?? null,
  }
}

function toChange(row: ChangeRow): StockChange {
  return {
    at: row.at,
    expected: row.expected,
    observed: row.observed === 1,
    settledAt: row.settled_at,
    resolutionMs: row.resolution_ms,
  }
}

export function toState(row: StateRow): StockState {
  return {
    sku: row.sku,
    location: row.location,
    shop: row.shop,
    expected: row.expected,
    behindSince: row.behind_since,
    resolutionMs: row.resolution_ms,
    judgedAt: row.judged_at,
  }
}
