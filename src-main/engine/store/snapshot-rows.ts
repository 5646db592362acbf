/** How a record's row is asked for, and read. */
import type { StreamName } from '../../domain/records.ts'
import type { BodyStore } from './bodies.ts'
import type { Recall } from './recall.ts'
import type { Snapshot } from './snapshots.ts'

export interface SnapshotRow {
  row: number
  connection: string
  name: StreamName
  first_seen_at: number
  last_seen_at: number
  gone_at: number | null
  body: Buffer
}

/** What `toSnapshot` reads, from `snapshot` joined with `stream`. */
export const snapshotColumns = `snapshot.row, stream.connection, stream.name, snapshot.first_seen_at, snapshot.last_seen_at,
  snapshot.gone_at, snapshot.body`

/** Read from its row only where it is not known already. */
export function recalled(row: SnapshotRow, bodies: BodyStore, recall: Recall): Snapshot {
  return recall.snapshot(row.row) ?? recall.keep(toSnapshot(row, bodies))
}

export function toSnapshot(row: SnapshotRow, bodies: BodyStore): Snapshot {
  return {
    row: row.row,
    connection: row.connection,
    stream: row.name,
    record: bodies.unpack(row.body),
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    goneAt: row.gone_at,
  }
}
