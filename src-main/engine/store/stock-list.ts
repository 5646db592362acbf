/** Stock as a screen lists it: page by page from where the last one ended, and what one level said before. */
import type { Database } from 'better-sqlite3'
import type { DomainRecord } from '../../domain/records.ts'
import type { Instant } from '../../domain/time.ts'
import type { BodyStore } from './bodies.ts'
import { type StockState, type StateRow, toState } from './stock.ts'

/** The last row of a page. */
export interface StockPlace {
  readonly behindSince: Instant | null
  readonly sku: string
  readonly location: string
}

export interface StockWanted {
  readonly pair: string
  /** Null: every location. */
  readonly location: string | null
  /** What the SKU begins with; the empty text for all. */
  readonly begins: string
  readonly after: StockPlace | null
  readonly limit: number
}

/** A record while it said the same. */
export interface Said {
  readonly from: Instant
  readonly to: Instant
  readonly record: DomainRecord
}

/** The greatest letter there is: nothing that begins with a text comes after the text and it. */
const last = '\u{10ffff}'

export function stockListStore(db: Database, bodies: BodyStore) {
  const within = `AND sku >= @begins AND sku < @ends`
  const behind = db.prepare<[Record<string, unknown>], StateRow>(`
    SELECT * FROM stock_state INDEXED BY stock_state_behind
    WHERE pair = @pair AND behind_since IS NOT NULL AND (behind_since, sku, location) > (@since, @sku, @location)
      AND (@place IS NULL OR location = @place) ${within}
    ORDER BY behind_since, sku, location LIMIT @limit`)
  // the two columns are compared as one where the table is walked in their order
  const everywhere = db.prepare<[Record<string, unknown>], StateRow>(`
    SELECT * FROM stock_state
    WHERE pair = @pair AND (sku, location) >= (@sku, @location) AND sku < @ends AND (@fine = 0 OR behind_since IS NULL)
    ORDER BY sku, location LIMIT @limit`)
  const atPlace = db.prepare<[Record<string, unknown>], StateRow>(`
    SELECT * FROM stock_state INDEXED BY stock_state_by_location
    WHERE pair = @pair AND location = @place AND sku >= @sku AND sku < @ends AND (@fine = 0 OR behind_since IS NULL)
    ORDER BY sku LIMIT @limit`)
  const ofSku = db.prepare<[string, string], StateRow>(`
    SELECT * FROM stock_state WHERE pair = ? AND sku = ? ORDER BY behind_since IS NULL, behind_since, location LIMIT 200`)
  const counts = db.prepare<[string], { watched: number; behind: number }>(`
    SELECT COUNT(*) AS watched, COUNT(behind_since) AS behind FROM stock_state WHERE pair = ?`)
  const countsAt = db.prepare<[string, string], { watched: number; behind: number }>(`
    SELECT COUNT(*) AS watched, COUNT(behind_since) AS behind FROM stock_state WHERE pair = ? AND location = ?`)
  // from each name to the next one: as many steps as there are names
  const locations = db.prepare<[Record<string, unknown>], { name: string }>(`
    WITH RECURSIVE place (name) AS (
      SELECT MIN(location) FROM stock_state WHERE pair = @pair
      UNION ALL
      SELECT (SELECT MIN(location) FROM stock_state WHERE pair = @pair AND location > place.name) FROM place WHERE place.name IS NOT NULL
    ) SELECT name FROM place WHERE name IS NOT NULL LIMIT 200`)
  const before = db.prepare<[number, number], { seen_from: number; seen_to: number; body: Buffer }>(`
    SELECT seen_from, seen_to, body FROM snapshot_history WHERE snapshot = ? ORDER BY seen_to DESC LIMIT ?`)

  /** From where the last page ended, that row included and then left out: a first page has no such row. */
  function walked({ pair, location, begins, limit, after }: StockWanted, fine: 0 | 1): readonly StockState[] {
    const passed = after === null || (fine === 1 && after.behindSince !== null) ? null : after
    const from = { sku: passed?.sku ?? begins, location: passed?.location ?? '' }
    const asked = { pair, ends: `${begins}${last}`, fine, ...from, place: location, limit: limit + 1 }
    const rows = (location === null ? everywhere : atPlace).all(asked)
    return rows.filter((row) => row.sku !== passed?.sku || row.location !== passed.location).slice(0, limit).map(toState)
  }

  function outdated({ pair, location, begins, limit, after }: StockWanted): readonly StockState[] {
    if (after !== null && after.behindSince === null) return []
    const from = { since: after?.behindSince ?? -1, sku: after?.sku ?? '', location: after?.location ?? '' }
    return behind.all({ pair, ...from, place: location, begins, ends: `${begins}${last}`, limit }).map(toState)
  }

  return {
    /** Behind the longest first. */
    behind: outdated,
    /** Those behind, and then all others by SKU. */
    worst(wanted: StockWanted): readonly StockState[] {
      const late = outdated(wanted)
      return late.length >= wanted.limit ? late : [...late, ...walked({ ...wanted, limit: wanted.limit - late.length }, 1)]
    },
    bySku: (wanted: StockWanted): readonly StockState[] => walked(wanted, 0),
    /** One SKU at each of its locations, behind the longest first. */
    ofSku: (pair: string, sku: string): readonly StockState[] => ofSku.all(pair, sku).map(toState),
    /** Null: at every location. */
    counts: (pair: string, location: string | null): { readonly watched: number; readonly behind: number } =>
      (location === null ? counts.get(pair) : countsAt.get(pair, location)) ?? { watched: 0, behind: 0 },
    locations: (pair: string): readonly string[] => locations.all({ pair }).map((row) => row.name),
    /** What a record said before, newest first, within the retention. */
    said: (row: number, limit: number): readonly Said[] =>
      before.all(row, limit).map((one) => ({ from: one.seen_from, to: one.seen_to, record: bodies.unpack(one.body) })),
  }
}
