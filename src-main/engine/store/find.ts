/** Finds records by how one of their keys begins, along the index that keeps keys in their order. */
import type { Database } from 'better-sqlite3'
import type { RecordKey, StreamName } from '../../domain/records.ts'

export interface FoundKey {
  readonly value: string
  readonly row: number
}

/** Whatever begins with a prefix lies below it and this. */
const last = '\u{10FFFF}'

export function findStore(db: Database, rowOf: (connection: string, stream: StreamName) => number) {
  const keyed = db.prepare<[Record<string, unknown>], FoundKey>(`
    SELECT value, MIN(snapshot) AS row FROM snapshot_key
    WHERE stream = @stream AND name = @name AND value >= @prefix AND value < @prefixEnd
    GROUP BY value ORDER BY value LIMIT @limit`)
  const identified = db.prepare<[Record<string, unknown>], FoundKey>(`
    SELECT id AS value, row FROM snapshot WHERE stream = @stream AND id >= @prefix AND id < @prefixEnd ORDER BY id LIMIT @limit`)
  const asked = (connection: string, stream: StreamName, prefix: string, limit: number) => ({
    stream: rowOf(connection, stream),
    prefix,
    prefixEnd: prefix + last,
    limit,
  })
  return {
    /** Each value once, in order, with the record that was met first under it. */
    byKey: (connection: string, stream: StreamName, name: RecordKey['name'], prefix: string, limit: number): readonly FoundKey[] =>
      keyed.all({ ...asked(connection, stream, prefix, limit), name }),
    /** By the platform's own id. */
    byId: (connection: string, stream: StreamName, prefix: string, limit: number): readonly FoundKey[] =>
      identified.all(asked(connection, stream, prefix, limit)),
  }
}
