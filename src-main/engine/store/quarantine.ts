/** Rows that could not be read: which, where and why, never what was in them. */
import type { Database } from 'better-sqlite3'
import type { StreamName } from '../../domain/records.ts'
import type { Instant } from '../../domain/time.ts'
import type { Tx } from './database.ts'

export interface Quarantined {
  readonly id: string
  readonly at: Instant
  readonly path: string
  readonly says: string
}

export function quarantineStore(db: Database, rowOf: (connection: string, stream: StreamName) => number) {
  const put = db.prepare(`INSERT OR REPLACE INTO quarantine (stream, id, at, path, says) VALUES (?, ?, ?, ?, ?)`)
  const drop = db.prepare(`DELETE FROM quarantine WHERE stream = ? AND id = ?`)
  const dropBefore = db.prepare(`DELETE FROM quarantine WHERE stream = ? AND at < ?`)
  const list = db.prepare<[number], Quarantined>(`
    SELECT id, at, path, says FROM quarantine WHERE stream = ? ORDER BY at DESC LIMIT 1000`)
  const count = db.prepare<[number], { total: number }>(`SELECT COUNT(*) AS total FROM quarantine WHERE stream = ?`)
  return {
    put(_tx: Tx, connection: string, stream: StreamName, row: Quarantined): void {
      put.run(rowOf(connection, stream), row.id, row.at, row.path, row.says)
    },
    /** The row could be read after all. */
    drop(_tx: Tx, connection: string, stream: StreamName, id: string): void {
      drop.run(rowOf(connection, stream), id)
    },
    /** After a reading of everything: what it did not meet is no longer there. */
    dropBefore(_tx: Tx, connection: string, stream: StreamName, before: Instant): void {
      dropBefore.run(rowOf(connection, stream), before)
    },
    count: (connection: string, stream: StreamName): number => count.get(rowOf(connection, stream))?.total ?? 0,
    list: (connection: string, stream: StreamName): readonly Quarantined[] => list.all(rowOf(connection, stream)),
  }
}
