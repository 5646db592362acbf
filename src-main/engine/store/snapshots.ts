/** Records as last seen, with what they said before, the keys they are found by, and the marks of what to judge again. */
import { hash as digest } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { type DomainRecord, type RecordKey, type StreamName, bookedAtOf, keysOf, momentOf, recordSchema } from '../../domain/records.ts'
import type { Instant, Span } from '../../domain/time.ts'
import type { BodyStore } from './bodies.ts'
import type { Tx } from './database.ts'
import { type Recall, askedById, askedByKey } from './recall.ts'
import { type SnapshotRow, recalled, snapshotColumns, toSnapshot } from './snapshot-rows.ts'
import type { StreamHead } from './streams.ts'

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

/** A stream by its key, and by its names. */
interface Stored {
  readonly row: number
  readonly connection: string
  readonly name: StreamName
}

interface KnownRow {
  row: number
  hash: Buffer
  last_seen_at: number
  first_seen_at: number
  gone_at: number | null
}

const joined = `snapshot JOIN stream ON stream.row = snapshot.stream`

/** What a record says while it is gone. */
const nothing = Buffer.alloc(0)

/** 128 bits of SHA-256: enough to tell two versions of one row apart. */
function hashOf(text: string): Buffer {
  return digest('sha256', text, 'buffer').subarray(0, 16)
}

export function snapshotStore(db: Database, headOf: (connection: string, stream: StreamName) => StreamHead, bodies: BodyStore, recall: Recall) {
  const rowOf = (connection: string, stream: StreamName): number => headOf(connection, stream).row

  const version = db.prepare<[number, string], KnownRow>(`
    SELECT row, hash, first_seen_at, last_seen_at, gone_at FROM snapshot WHERE stream = ? AND id = ?`)
  const bodyOf = db.prepare<[number], { body: Buffer }>(`SELECT body FROM snapshot WHERE row = ?`)
  const insert = db.prepare<[number, string, Buffer, Instant | null, Instant | null, Instant, Instant, Buffer]>(`
    INSERT INTO snapshot (stream, id, hash, happened_at, booked_at, first_seen_at, last_seen_at, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
  const update = db.prepare(`
    UPDATE snapshot SET hash = @hash, happened_at = @happenedAt, booked_at = @bookedAt, last_seen_at = @at, gone_at = NULL, body = @body
    WHERE row = @row`)
  const touch = db.prepare(`UPDATE snapshot SET last_seen_at = ? WHERE row = ?`)
  const archive = db.prepare(`
    INSERT OR REPLACE INTO snapshot_history (snapshot, seen_from, seen_to, body) VALUES (?, ?, ?, ?)`)
  const lastArchived = db.prepare<[number], { seen_to: number | null }>(`
    SELECT MAX(seen_to) AS seen_to FROM snapshot_history WHERE snapshot = ?`)
  const addKey = db.prepare(`INSERT OR IGNORE INTO snapshot_key (stream, name, value, snapshot) VALUES (?, ?, ?, ?)`)
  const dropKey = db.prepare(`DELETE FROM snapshot_key WHERE stream = ? AND name = ? AND value = ? AND snapshot = ?`)
  const leaveKey = db.prepare(`INSERT OR REPLACE INTO key_past (stream, name, value, snapshot, until) VALUES (?, ?, ?, ?, ?)`)
  const markDirty = db.prepare<[number, string, string]>(`
    INSERT OR IGNORE INTO dirty (pair, snapshot) SELECT id, ? FROM pair WHERE shop = ? OR erp = ?`)
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
  const booked = db.prepare<[number, Instant, Instant, number], SnapshotRow>(`
    SELECT ${snapshotColumns} FROM snapshot INDEXED BY snapshot_by_booking JOIN stream ON stream.row = snapshot.stream
    WHERE snapshot.stream = ? AND booked_at >= ? AND booked_at < ? AND gone_at IS NULL ORDER BY booked_at LIMIT ?`)
  const happened = db.prepare<[number, Instant, Instant, number], SnapshotRow>(`
    SELECT ${snapshotColumns} FROM ${joined}
    WHERE snapshot.stream = ? AND happened_at >= ? AND happened_at < ? AND gone_at IS NULL ORDER BY happened_at LIMIT ?`)
  const latest = db.prepare<[number, number], SnapshotRow>(`
    SELECT ${snapshotColumns} FROM snapshot INDEXED BY snapshot_by_moment JOIN stream ON stream.row = snapshot.stream
    WHERE snapshot.stream = ? AND happened_at IS NOT NULL AND gone_at IS NULL ORDER BY happened_at DESC, snapshot.row DESC LIMIT ?`)
  const pruneHistory = db.prepare(`
    DELETE FROM snapshot_history WHERE (snapshot, seen_to) IN (
      SELECT snapshot, seen_to FROM snapshot_history WHERE seen_to < ? ORDER BY seen_to LIMIT ?)`)
  const archived = db.prepare<[number, number], { body: Buffer }>(`
    SELECT body FROM snapshot_history WHERE snapshot = ? AND length(body) > 0 ORDER BY seen_to DESC LIMIT ?`)
  const asOf = db.prepare<[number, Instant], { seen_from: Instant; body: Buffer }>(`
    SELECT seen_from, body FROM snapshot_history WHERE snapshot = ? AND seen_to > ? ORDER BY seen_to LIMIT 1`)
  const saidLast = db.prepare<[number, Instant], { body: Buffer }>(`
    SELECT body FROM snapshot_history WHERE snapshot = ? AND seen_to <= ? AND length(body) > 0 ORDER BY seen_to DESC LIMIT 1`)
  const told = db.prepare<[number, Instant, number], { seen_from: Instant; body: Buffer }>(`
    SELECT seen_from, body FROM snapshot_history WHERE snapshot = ? AND seen_from <= ? ORDER BY seen_to DESC LIMIT ?`)

  const seen = (row: SnapshotRow): Snapshot => recalled(row, bodies, recall)

  const versions = (row: number, limit: number): readonly DomainRecord[] =>
    recall.earlier(row, limit, () => archived.all(row, limit).map((one) => bodies.unpack(one.body)))

  /** Most changes leave the keys as they are: then nothing is written. */
  function index(stream: Stored, snapshot: number, before: readonly RecordKey[], now: readonly RecordKey[], at: Instant): void {
    const isIn = (keys: readonly RecordKey[], key: RecordKey): boolean => keys.some((one) => one.name === key.name && one.value === key.value)
    for (const key of before) {
      if (isIn(now, key)) continue
      dropKey.run(stream.row, key.name, key.value, snapshot)
      leaveKey.run(stream.row, key.name, key.value, snapshot, at)
      recall.forgetAnswer(askedByKey(stream.connection, stream.name, key.name, key.value))
    }
    for (const key of now) {
      if (isIn(before, key)) continue
      addKey.run(stream.row, key.name, key.value, snapshot)
      recall.forgetAnswer(askedByKey(stream.connection, stream.name, key.name, key.value))
    }
  }

  /** One that was gone then is told as such, with what it had said last. */
  function versionAt(row: number, at: Instant): Snapshot | null {
    const now = byRow.get(row)
    if (now === undefined || at < now.first_seen_at) return null
    const then = asOf.get(row, at)
    if (then === undefined) return toSnapshot({ ...now, gone_at: now.gone_at !== null && now.gone_at <= at ? now.gone_at : null }, bodies)
    if (then.body.length > 0) return toSnapshot({ ...now, body: then.body, gone_at: null }, bodies)
    const before = saidLast.get(row, then.seen_from)
    return before === undefined ? null : toSnapshot({ ...now, body: before.body, gone_at: then.seen_from }, bodies)
  }

  return {
    /**
     * Keeps a record as seen at `at`. A version already known only moves `lastSeenAt`; a new one archives what was
     * said before, renews the keys and marks the record dirty for every pair of the connection.
     */
    save(_tx: Tx, connection: string, stream: StreamName, record: DomainRecord, at: Instant): 'new' | 'changed' | 'same' {
      const head = headOf(connection, stream)
      const text = JSON.stringify(record)
      const hash = hashOf(text)
      const stored = { row: head.row, connection, name: stream }
      const known = version.get(head.row, record.id)
      if (known === undefined) {
        const body = bodies.pack(head, record, text)
        const row = Number(insert.run(head.row, record.id, hash, momentOf(record), bookedAtOf(record), at, at, body).lastInsertRowid)
        recall.forgetAnswer(askedById(connection, stream, record.id))
        index(stored, row, [], keysOf(record), at)
        markDirty.run(row, connection, connection)
        return 'new'
      }
      if (known.gone_at === null && hash.equals(known.hash)) {
        if (at > known.last_seen_at) {
          touch.run(at, known.row)
          recall.metAgain(known.row, at)
        }
        return 'same'
      }
      const before = bodyOf.get(known.row)
      if (before === undefined) throw new Error(`snapshot ${known.row} lost its body`)
      const from = lastArchived.get(known.row)?.seen_to ?? known.first_seen_at
      const until = known.gone_at ?? at
      // what was said for no time at all (twice on one page, a clock set back) would take an earlier word's place
      if (until > from) archive.run(known.row, from, until, before.body)
      if (at > Math.max(from, until)) archive.run(known.row, until, at, nothing)
      update.run({ row: known.row, hash, happenedAt: momentOf(record), bookedAt: bookedAtOf(record), at, body: bodies.pack(head, record, text) })
      recall.forget(known.row)
      index(stored, known.row, keysOf(bodies.unpack(before.body)), keysOf(record), at)
      markDirty.run(known.row, connection, connection)
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
        recall.forget(one.row)
        markDirty.run(one.row, connection, connection)
      }
      return rows.length
    },
    /** What its platform was asked for by id and has no more. Returns how many were believed in until now. */
    markMissing(_tx: Tx, connection: string, stream: StreamName, ids: readonly string[], at: Instant): number {
      const known = ids.flatMap((id) => byId.get(rowOf(connection, stream), id) ?? []).filter((one) => one.gone_at === null)
      for (const one of known) {
        gone.run(at, one.row)
        recall.forget(one.row)
        markDirty.run(one.row, connection, connection)
      }
      return known.length
    },
    get: (connection: string, stream: StreamName, id: string): Snapshot | null =>
      recall.answer(askedById(connection, stream, id), () => byId.all(rowOf(connection, stream), id).map(seen))[0] ?? null,
    byRow(row: number): Snapshot | null {
      const known = recall.snapshot(row)
      const found = known === undefined ? byRow.get(row) : undefined
      return known ?? (found === undefined ? null : seen(found))
    },
    /** At most 1,000: a key that names more is broken and is judged as such. */
    byKey: (connection: string, stream: StreamName, name: RecordKey['name'], value: string): readonly Snapshot[] =>
      recall.answer(askedByKey(connection, stream, name, value), () => byKey.all(rowOf(connection, stream), name, value).map(seen)),
    /** In the order in which they were first met; go on from the last one's `row`. */
    page: (connection: string, stream: StreamName, afterRow: number, limit: number): readonly Snapshot[] =>
      page.all(rowOf(connection, stream), afterRow, limit).map(seen),
    newest: (connection: string, stream: StreamName, limit: number): readonly Snapshot[] =>
      newest.all(rowOf(connection, stream), limit).map(seen),
    /** Booked in [from, to): by first capture, by the document's own day. At most `limit`. */
    bookedIn: (connection: string, stream: StreamName, from: Instant, to: Instant, limit: number): readonly Snapshot[] =>
      booked.all(rowOf(connection, stream), from, to, limit).map(seen),
    /** Happened in [from, to), on the platform's clock. At most `limit`. */
    happenedIn: (connection: string, stream: StreamName, from: Instant, to: Instant, limit: number): readonly Snapshot[] =>
      happened.all(rowOf(connection, stream), from, to, limit).map(seen),
    /** Those that happened last, on the platform's clock, the last first. */
    latest: (connection: string, stream: StreamName, limit: number): readonly Snapshot[] =>
      latest.all(rowOf(connection, stream), limit).map(seen),
    /** Records whose subjects wait to be judged for a pair. */
    dirty: (pair: string, limit: number): readonly Snapshot[] => dirty.all(pair, limit).map(seen),
    clean(_tx: Tx, pair: string, rows: readonly number[]): void {
      for (const row of rows) clean.run(pair, row)
    },
    backlog: (): number => backlog.get()?.waiting ?? 0,
    /** What a record said before it changed last; null while it has said one thing only, or longer ago than is kept. */
    previous: (row: number): DomainRecord | null => versions(row, 1)[0] ?? null,
    /** What a record said before, newest first, within the retention; without what it says now. */
    versions,
    /** A record as it was known at an instant within the retention, gone or not; null when it had never been met. */
    versionAt,
    /** What it said then; null when it was not there. */
    asOf(row: number, at: Instant): DomainRecord | null {
      const then = versionAt(row, at)
      return then === null || then.goneAt !== null ? null : then.record
    },
    /** All that a record said up to an instant, newest first, each from when on; null where it was gone. */
    toldUntil(row: number, at: Instant, limit: number): readonly { readonly from: Instant; readonly record: DomainRecord | null }[] {
      const now = byRow.get(row)
      if (now === undefined) return []
      const earlier = told.all(row, at, limit).map((one) => ({ from: one.seen_from, record: one.body.length === 0 ? null : bodies.unpack(one.body) }))
      const since = lastArchived.get(row)?.seen_to ?? now.first_seen_at
      const last = since > at ? [] : [{ from: since, record: bodies.unpack(now.body) }]
      const left = now.gone_at === null || now.gone_at > at ? [] : [{ from: now.gone_at, record: null }]
      return [...left, ...last, ...earlier].slice(0, limit)
    },
    /** How many records happened in each span since an instant; spans without any are left out. */
    flow: (connection: string, stream: StreamName, since: Instant, span: Span): readonly { at: Instant; count: number }[] =>
      flow.all({ stream: rowOf(connection, stream), since, span }).map((row) => ({ at: row.at, count: row.total })),
    /** Drops history older than the retention, at most `limit` rows a call. */
    pruneHistory(_tx: Tx, before: Instant, limit: number): number {
      recall.forgetEarlier()
      return pruneHistory.run(before, limit).changes
    },
  }
}

/** Before writing: what does not fit the record's shape is the connector's bug or the platform's surprise. */
export function checkRecord(record: unknown): { readonly record: DomainRecord } | { readonly path: string } {
  const parsed = recordSchema.safeParse(record)
  if (parsed.success) return { record: parsed.data }
  return { path: parsed.error.issues[0]?.path.join('.') ?? '' }
}
