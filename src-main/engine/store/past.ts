/** What was known at a moment: records found by the keys they had then, coverage as it was, and how old that memory is. */
import type { Database } from 'better-sqlite3'
import type { Coverage } from '../../domain/connection.ts'
import { type RecordKey, type StreamName, keysOf } from '../../domain/records.ts'
import { type Instant, type Span, days, minutes } from '../../domain/time.ts'
import type { Tx } from './database.ts'
import { incidentsThen } from './incident-past.ts'
import type { Snapshot } from './snapshots.ts'

/** As exact as the passes themselves for so long; then one word on it in each of these spans is kept. */
const exactFor = days(1)
export const coverageKeptEvery: Span = minutes(10)

/** Keys that name more are broken, then as now. */
const keyedMax = 1000

export function pastStore(
  db: Database,
  rowOf: (connection: string, stream: StreamName) => number,
  versionAt: (row: number, at: Instant) => Snapshot | null,
) {
  const keyed = db.prepare<[Record<string, unknown>], { row: number }>(`
    SELECT snapshot AS row FROM snapshot_key WHERE stream = @stream AND name = @name AND value = @value
    UNION SELECT snapshot FROM key_past WHERE stream = @stream AND name = @name AND value = @value
    ORDER BY 1 LIMIT ${keyedMax}`)
  const claiming = db.prepare<[Record<string, unknown>], { row: number }>(`
    SELECT snapshot AS row FROM claim WHERE pair = @pair AND number = @number
    UNION SELECT snapshot FROM claim_past WHERE pair = @pair AND number = @number
    ORDER BY 1 LIMIT ${keyedMax}`)
  const changed = db.prepare<[Instant, number, number], { row: number }>(`
    SELECT DISTINCT snapshot.row FROM snapshot_history INDEXED BY snapshot_history_by_age
    CROSS JOIN snapshot ON snapshot.row = snapshot_history.snapshot
    WHERE snapshot_history.seen_to >= ? AND snapshot.stream = ? LIMIT ?`)
  const identified = db.prepare<[number, string], { row: number }>(`SELECT row FROM snapshot WHERE stream = ? AND id = ?`)
  const covered = db.prepare<[number, Instant], { covered_from: number | null; covered_to: number | null }>(`
    SELECT covered_from, covered_to FROM covered_past WHERE stream = ? AND at <= ? ORDER BY at DESC LIMIT 1`)
  const streamsOf = db.prepare<[string], { name: StreamName; row: number }>(`SELECT name, row FROM stream WHERE connection = ? ORDER BY row`)
  // a bound number is REAL to SQLite: uncast, the division would keep its fraction
  const flow = db.prepare<[Record<string, unknown>], { at: number; total: number }>(`
    SELECT happened_at / CAST(@span AS INTEGER) * CAST(@span AS INTEGER) AS at, COUNT(*) AS total FROM snapshot
    WHERE stream = @stream AND happened_at >= @since AND happened_at <= @until
      AND first_seen_at <= @until AND (gone_at IS NULL OR gone_at > @until)
      AND NOT EXISTS (
        SELECT 1 FROM snapshot_history WHERE snapshot = snapshot.row AND seen_to > @until AND seen_from <= @until AND length(snapshot_history.body) = 0)
    GROUP BY 1 ORDER BY 1`)
  const thin = db.prepare(`
    DELETE FROM covered_past WHERE (stream, at) IN (
      SELECT stream, at FROM covered_past AS one INDEXED BY covered_past_by_age
      WHERE at >= @from AND at < @until AND EXISTS (
        SELECT 1 FROM covered_past WHERE stream = one.stream AND at > one.at
          AND at < (one.at / CAST(@span AS INTEGER) + 1) * CAST(@span AS INTEGER)) LIMIT @limit)`)
  // the last word before the retention still says how it stood at its beginning
  const pruneCovered = db.prepare(`
    DELETE FROM covered_past WHERE (stream, at) IN (
      SELECT stream, at FROM covered_past AS one INDEXED BY covered_past_by_age
      WHERE at < @before AND EXISTS (SELECT 1 FROM covered_past WHERE stream = one.stream AND at > one.at AND at <= @before) LIMIT @limit)`)
  const pruneKeys = db.prepare(`
    DELETE FROM key_past WHERE (stream, name, value, snapshot) IN (
      SELECT stream, name, value, snapshot FROM key_past WHERE until < ? LIMIT ?)`)
  const pruneClaims = db.prepare(`
    DELETE FROM claim_past WHERE (pair, number, snapshot) IN (
      SELECT pair, number, snapshot FROM claim_past WHERE until < ? LIMIT ?)`)
  const incidents = incidentsThen(db)

  const thenOf = (rows: readonly { readonly row: number }[], at: Instant): readonly Snapshot[] =>
    rows.flatMap(({ row }) => versionAt(row, at) ?? [])

  return {
    incidents,
    /** What had the key then, whether or not it has it now; gone ones too, as among those of now. */
    byKey(connection: string, stream: StreamName, name: RecordKey['name'], value: string, at: Instant): readonly Snapshot[] {
      const candidates = thenOf(keyed.all({ stream: rowOf(connection, stream), name, value }), at)
      return candidates.filter(({ record }) => keysOf(record).some((key) => key.name === name && key.value === value))
    },
    /** What claims the number now or once did, as it was then; whether it claimed it then is the caller's to see. */
    claiming: (pair: string, number: string, at: Instant): readonly Snapshot[] => thenOf(claiming.all({ pair, number }), at),
    /** Rows of records that were met saying something else since an instant; at most `limit`. */
    changedSince: (connection: string, stream: StreamName, at: Instant, limit: number): readonly number[] =>
      changed.all(at, rowOf(connection, stream), limit).map(({ row }) => row),
    get(connection: string, stream: StreamName, id: string, at: Instant): Snapshot | null {
      const found = identified.get(rowOf(connection, stream), id)
      return found === undefined ? null : versionAt(found.row, at)
    },
    coverage(connection: string, stream: StreamName, at: Instant): Coverage {
      const row = covered.get(rowOf(connection, stream), at)
      return { stream, from: row?.covered_from ?? null, to: row?.covered_to ?? null }
    },
    coverages: (connection: string, at: Instant): readonly Coverage[] =>
      streamsOf.all(connection).map(({ name, row }) => {
        const then = covered.get(row, at)
        return { stream: name, from: then?.covered_from ?? null, to: then?.covered_to ?? null }
      }),
    /** How many records happened in each span up to a moment, of those that were known by then. */
    flow: (connection: string, stream: StreamName, of: { readonly since: Instant; readonly until: Instant; readonly span: Span }) =>
      flow.all({ stream: rowOf(connection, stream), ...of }).map((row) => ({ at: row.at, count: row.total })),
    /** Makes the memory of coverage coarser where it is a day old; at most `limit` rows a call. Returns how many went. */
    thin: (_tx: Tx, now: Instant, limit: number): number =>
      thin.run({ from: now - 3 * exactFor, until: now - exactFor, span: coverageKeptEvery, limit }).changes,
    /** Drops what no moment within the retention asks for any more; at most `limit` rows of each kind a call. */
    prune: (tx: Tx, before: Instant, limit: number): number =>
      Math.max(
        pruneCovered.run({ before, limit }).changes,
        pruneKeys.run(before, limit).changes,
        pruneClaims.run(before, limit).changes,
        incidents.prune(tx, before, limit),
      ),
  }
}
