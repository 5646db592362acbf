/** Which records name which order number under a pair's reference pattern: where the two sides of an order meet. */
import type { Database } from 'better-sqlite3'
import type { BodyStore } from './bodies.ts'
import type { Tx } from './database.ts'
import { type Snapshot, type SnapshotRow, snapshotColumns, toSnapshot } from './snapshots.ts'

export function claimStore(db: Database, bodies: BodyStore) {
  const records = db.prepare<[string, string], SnapshotRow>(`
    SELECT ${snapshotColumns} FROM claim
    JOIN snapshot ON snapshot.row = claim.snapshot
    JOIN stream ON stream.row = snapshot.stream
    WHERE claim.pair = ? AND claim.number = ?
    ORDER BY snapshot.row
    LIMIT 1000`)
  const numbers = db.prepare<[number, string], { number: string }>(`
    SELECT number FROM claim WHERE snapshot = ? AND pair = ? ORDER BY number`)
  const named = db.prepare<[string, string, string], { found: number }>(`
    SELECT 1 AS found FROM claim
    JOIN snapshot ON snapshot.row = claim.snapshot
    JOIN stream ON stream.row = snapshot.stream
    WHERE claim.pair = ? AND claim.number = ? AND stream.connection = ?
    LIMIT 1`)
  const drop = db.prepare(`DELETE FROM claim WHERE snapshot = ? AND pair = ?`)
  const add = db.prepare(`INSERT OR IGNORE INTO claim (pair, number, snapshot) VALUES (?, ?, ?)`)
  const page = db.prepare<[string, string, number], { number: string }>(`
    SELECT DISTINCT number FROM claim WHERE pair = ? AND number > ? ORDER BY number LIMIT ?`)

  return {
    /** Records of both sides that name the number, at most 1,000. */
    records: (pair: string, number: string): readonly Snapshot[] => records.all(pair, number).map((row) => toSnapshot(row, bodies)),
    /** Whether any record of a connection names the number. */
    isNamedBy: (pair: string, number: string, connection: string): boolean =>
      named.get(pair, number, connection) !== undefined,
    /** The numbers that a record names. */
    numbers: (pair: string, snapshot: number): readonly string[] =>
      numbers.all(snapshot, pair).map((row) => row.number),
    replace(_tx: Tx, pair: string, snapshot: number, now: readonly string[]): void {
      drop.run(snapshot, pair)
      for (const number of now) add.run(pair, number, snapshot)
    },
    /** Every number of a pair, in order; go on from the last one. */
    page: (pair: string, after: string, limit: number): readonly string[] =>
      page.all(pair, after, limit).map((row) => row.number),
  }
}
