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
  const list = db.prepare<[number], Quarantined>(`
    SELECT id, at, path, says FROM quarantine WHERE stream = ? ORDER BY at DESC LIMIT 1000`)
  const any = db.prepare<[number], { id: string }>(`SELECT id FROM quarantine WHERE stream = ? LIMIT 1`)
  return {
    put(_tx: Tx, connection: string, stream: StreamName, row: Quarantined): void {
      put.run(rowOf(connection, stream), row.id, row.at, row.path, row.says)
    },
    /** The row could be read after all. */
    drop(_tx: Tx, connection: string, stream: StreamName, id: string): void {
      drop.run(rowOf(connection, stream), id)
    },
    holds: (connection: string, stream: StreamName): boolean => any.get(rowOf(connection, stream)) !== undefined,
    list: (connection: string, stream: StreamName): readonly Quarantined[] => list.all(rowOf(connection, stream)),
  }
}
