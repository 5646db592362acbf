/** Records as last seen, with what they said before, the keys they are found by, and the marks of what to judge again. */
import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { type DomainRecord, type RecordKey, type StreamName, keysOf, momentOf, recordSchema } from '../../domain/records.ts'
import type { Instant, Span } from '../../domain/time.ts'
import type { Tx } from './database.ts'

/** A record with when we first and last met it. */
export interface Snapshot<R extends DomainRecord = DomainRecord> {
  /** The store's own short key; stable for the life of the file. */
  readonly row: number
  readonly connection: string
  readonly stream: StreamName
  readonly record: R
  readonly firstSeenAt: Instant
  readonly lastSeenAt: Instant
  /** When a complete pass no longer met it; null while it is there. */
  readonly goneAt: Instant | null
}

export interface SnapshotRow {
  row: number
  connection: string
  name: StreamName
  first_seen_at: number
  last_seen_at: number
  gone_at: number | null
  body_json: string
}

interface HeadRow {
  row: number
  hash: Buffer
  last_seen_at: number
  first_seen_at: number
  gone_at: number | null
  body_json: string
}

/** What `toSnapshot` reads, from `snapshot` joined with `stream`. */
export const snapshotColumns = `snapshot.row, stream.connection, stream.name, snapshot.first_seen_at, snapshot.last_seen_at,
  snapshot.gone_at, snapshot.body_json`
const joined = `snapshot JOIN stream ON stream.row = snapshot.stream`

/** 128 bits of SHA-256: enough to tell two versions of one row apart. */
export function hashOf(body: string): Buffer {
  return createHash('sha256').update(body).digest().subarray(0, 16)
}

export function snapshotStore(db: Database, rowOf: (connection: string, stream: StreamName) => number) {
  const head = db.prepare<[number, string], HeadRow>(`
    SELECT row, hash, first_seen_at, last_seen_at, gone_at, body_json FROM snapshot WHERE stream = ? AND id = ?`)
  const insert = db.prepare(`
    INSERT INTO snapshot (stream, id, hash, changed_at, happened_at, first_seen_at, last_seen_at, body_json)
    VALUES (@stream, @id, @hash, @changedAt, @happenedAt, @at, @at, @body)`)
  const update = db.prepare(`
    UPDATE snapshot SET hash = @hash, changed_at = @changedAt, happened_at = @happenedAt, last_seen_at = @at, gone_at = NULL, body_json = @body
    WHERE row = @row`)
  const touch = db.prepare(`UPDATE snapshot SET last_seen_at = ? WHERE row = ?`)
  const archive = db.prepare(`
    INSERT OR REPLACE INTO snapshot_history (snapshot, seen_from, seen_to, body_json) VALUES (?, ?, ?, ?)`)
  const lastArchived = db.prepare<[number], { seen_to: number | null }>(`
    SELECT MAX(seen_to) AS seen_to FROM snapshot_history WHERE snapshot = ?`)
  const addKey = db.prepare(`INSERT OR IGNORE INTO snapshot_key (stream, name, value, snapshot) VALUES (?, ?, ?, ?)`)
  const dropKeys = db.prepare(`DELETE FROM snapshot_key WHERE snapshot = ?`)
  const markDirty = db.prepare(`
    INSERT OR IGNORE INTO dirty (pair, snapshot)
    SELECT id, @snapshot FROM pair WHERE shop = @connection OR erp = @connection`)
  const unseen = db.prepare<[number, Instant], { row: number }>(`
    SELECT row FROM snapshot WHERE stream = ? AND last_seen_at < ? AND gone_at IS NULL`)
  const unseenPlaced = db.prepare<[number, Instant, Instant], { row: number }>(`
    SELECT row FROM snapshot WHERE stream = ? AND last_seen_at < ? AND gone_at IS NULL
      AND happened_at >= ?`)
  const gone = db.prepare(`UPDATE snapshot SET gone_at = ? WHERE row = ?`)
  const byRow = db.prepare<[number], SnapshotRow>(`SELECT ${snapshotColumns} FROM ${joined} WHERE snapshot.row = ?`)
  const byId = db.prepare<[number, string], SnapshotRow>(`
    SELECT ${snapshotColumns} FROM ${joined} WHERE snapshot.stream = ? AND snapshot.id = ?`)
  const byKey = db.prepare<[number, string, string], SnapshotRow>(`
    SELECT ${snapshotColumns} FROM snapshot_key
    JOIN snapshot ON snapshot.row = snapshot_key.snapshot
    JOIN stream ON stream.row = snapshot.stream
    WHERE snapshot_key.stream = ? AND snapshot_key.name = ? AND snapshot_key.value = ?
    ORDER BY snapshot.row
    LIMIT 1000`)
  const page = db.prepare<[number, number, number], SnapshotRow>(`
    SELECT ${snapshotColumns} FROM ${joined} WHERE snapshot.stream = ? AND snapshot.row > ? ORDER BY snapshot.row LIMIT ?`)
  const newest = db.prepare<[number, number], SnapshotRow>(`
    SELECT ${snapshotColumns} FROM ${joined} WHERE snapshot.stream = ? ORDER BY snapshot.row DESC LIMIT ?`)
  const keyValues = db.prepare<[number, string, number], { value: string }>(`
    SELECT DISTINCT value FROM snapshot_key WHERE stream = ? AND name = ? ORDER BY value DESC LIMIT ?`)
  const dirty = db.prepare<[string, number], SnapshotRow>(`
    SELECT ${snapshotColumns} FROM dirty
    JOIN snapshot ON snapshot.row = dirty.snapshot
    JOIN stream ON stream.row = snapshot.stream
    WHERE dirty.pair = ? ORDER BY dirty.snapshot LIMIT ?`)
  const clean = db.prepare(`DELETE FROM dirty WHERE pair = ? AND snapshot = ?`)
  const backlog = db.prepare<[], { waiting: number }>(`SELECT COUNT(*) AS waiting FROM dirty`)
  // A bound number is REAL to SQLite: uncast, the division would keep its fraction and put each record in a span of its own.
  const flow = db.prepare<[Record<string, unknown>], { at: number; total: number }>(`
    SELECT happened_at / CAST(@span AS INTEGER) * CAST(@span AS INTEGER) AS at, COUNT(*) AS total FROM snapshot
    WHERE stream = @stream AND happened_at >= @since AND gone_at IS NULL
    GROUP BY 1 ORDER BY 1`)
  const pruneHistory = db.prepare(`
    DELETE FROM snapshot_history WHERE (snapshot, seen_to) IN (
      SELECT snapshot, seen_to FROM snapshot_history WHERE seen_to < ? ORDER BY seen_to LIMIT ?)`)
  const previous = db.prepare<[number], { body_json: string }>(`
    SELECT body_json FROM snapshot_history WHERE snapshot = ? ORDER BY seen_to DESC LIMIT 1`)
  const asOf = db.prepare<[number, Instant], { body_json: string }>(`
    SELECT body_json FROM snapshot_history WHERE snapshot = ? AND seen_to > ? ORDER BY seen_to LIMIT 1`)

  function index(stream: number, snapshot: number, keys: readonly RecordKey[]): void {
    for (const key of keys) addKey.run(stream, key.name, key.value, snapshot)
  }

  return {
    /**
     * Keeps a record as seen at `at`. A version already known only moves `lastSeenAt`; a new one archives what was
     * said before, renews the keys and marks the record dirty for every pair of the connection.
     */
    save(_tx: Tx, connection: string, stream: StreamName, record: DomainRecord, at: Instant): 'new' | 'changed' | 'same' {
      const streamRow = rowOf(connection, stream)
      const body = JSON.stringify(record)
      const hash = hashOf(body)
      const known = head.get(streamRow, record.id)
      if (known === undefined) {
        const row = Number(
          insert.run({ stream: streamRow, id: record.id, hash, changedAt: record.changedAt, happenedAt: momentOf(record), at, body }).lastInsertRowid,
        )
        index(streamRow, row, keysOf(record))
        markDirty.run({ snapshot: row, connection })
        return 'new'
      }
      if (known.gone_at === null && hash.equals(known.hash)) {
        if (at > known.last_seen_at) touch.run(at, known.row)
        return 'same'
      }
      const from = lastArchived.get(known.row)?.seen_to ?? known.first_seen_at
      // what was said for no time at all (twice on one page, a clock set back) would take an earlier word's place
      if (at > from) archive.run(known.row, from, at, known.body_json)
      update.run({ row: known.row, hash, changedAt: record.changedAt, happenedAt: momentOf(record), at, body })
      dropKeys.run(known.row)
      index(streamRow, known.row, keysOf(record))
      markDirty.run({ snapshot: known.row, connection })
      return 'changed'
    },
    /**
     * After a complete pass over everything: what it did not meet is gone from `at` on. Returns how many. Where the pass
     * began at some instant and not at the beginning, only orders placed from then on (`placedFrom`) can be gone.
     */
    markGone(
      _tx: Tx,
      connection: string,
      stream: StreamName,
      notSeenSince: Instant,
      at: Instant,
      placedFrom: Instant | null = null,
    ): number {
      const row = rowOf(connection, stream)
      const rows = placedFrom === null ? unseen.all(row, notSeenSince) : unseenPlaced.all(row, notSeenSince, placedFrom)
      for (const one of rows) {
        gone.run(at, one.row)
        markDirty.run({ snapshot: one.row, connection })
      }
      return rows.length
    },
    get(connection: string, stream: StreamName, id: string): Snapshot | null {
      const row = byId.get(rowOf(connection, stream), id)
      return row === undefined ? null : toSnapshot(row)
    },
    byRow(row: number): Snapshot | null {
      const found = byRow.get(row)
      return found === undefined ? null : toSnapshot(found)
    },
    /** At most 1,000: a key that names more is broken and is judged as such. */
    byKey: (connection: string, stream: StreamName, name: RecordKey['name'], value: string): readonly Snapshot[] =>
      byKey.all(rowOf(connection, stream), name, value).map(toSnapshot),
    /** In the order in which they were first met; go on from the last one's `row`. */
    page: (connection: string, stream: StreamName, afterRow: number, limit: number): readonly Snapshot[] =>
      page.all(rowOf(connection, stream), afterRow, limit).map(toSnapshot),
    newest: (connection: string, stream: StreamName, limit: number): readonly Snapshot[] =>
      newest.all(rowOf(connection, stream), limit).map(toSnapshot),
    keyValues: (connection: string, stream: StreamName, name: RecordKey['name'], limit: number): readonly string[] =>
      keyValues.all(rowOf(connection, stream), name, limit).map((row) => row.value),
    /** Records whose subjects wait to be judged for a pair. */
    dirty: (pair: string, limit: number): readonly Snapshot[] => dirty.all(pair, limit).map(toSnapshot),
    clean(_tx: Tx, pair: string, rows: readonly number[]): void {
      for (const row of rows) clean.run(pair, row)
    },
    backlog: (): number => backlog.get()?.waiting ?? 0,
    /** What a record said before it changed last; null while it has said one thing only, or longer ago than is kept. */
    previous(row: number): DomainRecord | null {
      const found = previous.get(row)
      return found === undefined ? null : parseBody(found.body_json)
    },
    /** What a record said at an instant within the retention; null when it was not known then. */
    asOf(row: number, at: Instant): DomainRecord | null {
      const now = byRow.get(row)
      if (now === undefined || at < now.first_seen_at) return null
      return parseBody(asOf.get(row, at)?.body_json ?? now.body_json)
    },
    /** How many records happened in each span since an instant; spans without any are left out. */
    flow: (connection: string, stream: StreamName, since: Instant, span: Span): readonly { at: Instant; count: number }[] =>
      flow.all({ stream: rowOf(connection, stream), since, span }).map((row) => ({ at: row.at, count: row.total })),
    /** Drops history older than the retention, at most `limit` rows a call. */
    pruneHistory: (_tx: Tx, before: Instant, limit: number): number => pruneHistory.run(before, limit).changes,
  }
}

function parseBody(text: string): DomainRecord {
  // our own rows, validated when they were written: parsing each again would double the cost of every judgement
  return JSON.parse(text) as DomainRecord
}

/** Before writing: what does not fit the record's shape is the connector's bug or the platform's surprise. */
export function checkRecord(record: unknown): { readonly record: DomainRecord } | { readonly path: string } {
  const parsed = recordSchema.safeParse(record)
  if (parsed.success) return { record: parsed.data }
  return { path: parsed.error.issues[0]?.path.join('.') ?? '' }
}

export function toSnapshot(row: SnapshotRow): Snapshot {
  return {
    row: row.row,
    connection: row.connection,
    stream: row.name,
    record: parseBody(row.body_json),
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    goneAt: row.gone_at,
  }
}
