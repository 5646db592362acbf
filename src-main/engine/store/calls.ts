/** What became of the exchanges with each platform, by the minute: how many, which faults, how many sent again. */
import type { Database } from 'better-sqlite3'
import type { FaultClass } from '../../domain/fault.ts'
import { type Instant, days, minutes } from '../../domain/time.ts'
import type { Tx } from './database.ts'

/** `ok` and the classes count each exchange once; `time-out` and `again` say more of some of them. */
export type CallEnd = 'ok' | FaultClass | 'time-out' | 'again'

export type CallCounts = ReadonlyMap<CallEnd, number>

/** The longest window that a rule looks through is a day. */
const kept = days(2)

export function callStore(db: Database) {
  const add = db.prepare(`
    INSERT INTO call_minute (connection, minute, what, count) VALUES (@connection, @minute, @what, @count)
    ON CONFLICT (connection, minute, what) DO UPDATE SET count = count + excluded.count`)
  const prune = db.prepare(`DELETE FROM call_minute WHERE connection = ? AND minute < ?`)
  const since = db.prepare<[string, Instant], { what: CallEnd; total: number }>(`
    SELECT what, SUM(count) AS total FROM call_minute WHERE connection = ? AND minute >= ? GROUP BY what`)
  // minutes in which nothing at all was answered are an outage, and that is told by itself
  const answering = db.prepare<[Record<string, unknown>], { what: CallEnd; total: number }>(`
    SELECT what, SUM(count) AS total FROM call_minute AS one
    WHERE connection = @connection AND minute >= @from AND EXISTS (
      SELECT 1 FROM call_minute WHERE connection = @connection AND minute = one.minute AND what = 'ok')
    GROUP BY what`)
  const failures = db.prepare<[string, Instant], { minute: Instant; total: number }>(`
    SELECT minute, SUM(count) AS total FROM call_minute
    WHERE connection = ? AND minute >= ? AND what NOT IN ('ok', 'time-out', 'again') GROUP BY minute`)

  return {
    note(_tx: Tx, connection: string, at: Instant, counts: CallCounts): void {
      const minute = minuteOf(at)
      for (const [what, count] of counts) add.run({ connection, minute, what, count })
      prune.run(connection, minute - kept)
    },
    since: (connection: string, from: Instant): CallCounts => counted(since.all(connection, minuteOf(from))),
    /** Only of minutes in which the platform answered something. */
    whileAnswering: (connection: string, from: Instant): CallCounts =>
      counted(answering.all({ connection, from: minuteOf(from) })),
    /** How many calls failed in each minute in which any did. */
    failures: (connection: string, from: Instant): readonly { readonly minute: Instant; readonly total: number }[] =>
      failures.all(connection, minuteOf(from)),
  }
}

export function minuteOf(at: Instant): Instant {
  return Math.floor(at / minutes(1)) * minutes(1)
}

function counted(rows: readonly { readonly what: CallEnd; readonly total: number }[]): CallCounts {
  return new Map(rows.map((row) => [row.what, row.total]))
}
