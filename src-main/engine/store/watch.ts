/** When this monitor was awake, so that what it slept through is known afterwards (DESIGN §1.5). */
import type { Database } from 'better-sqlite3'
import { type Instant, type Span, days } from '../../domain/time.ts'
import type { Tx } from './database.ts'

/** An interval without a break. */
export interface Watch {
  readonly from: Instant
  readonly until: Instant
}

/** Between two of them nobody watched. */
export interface Break {
  readonly from: Instant
  readonly to: Instant
}

const kept = days(90)

export function watchStore(db: Database) {
  const latest = db.prepare<[], Watch>(`SELECT began_at AS "from", until FROM watch ORDER BY began_at DESC LIMIT 2`)
  const longBreak = db.prepare<[Span], Break>(`
    SELECT "from", "to" FROM (SELECT LAG(until) OVER (ORDER BY began_at) AS "from", began_at AS "to" FROM watch)
    WHERE "to" - "from" >= ? ORDER BY "to" DESC LIMIT 1`)
  const extend = db.prepare(`UPDATE watch SET until = ? WHERE began_at = ?`)
  const begin = db.prepare(`INSERT INTO watch (began_at, until) VALUES (?, ?)`)
  const prune = db.prepare(`DELETE FROM watch WHERE until < ?`)

  return {
    /** Awake at `now`: goes on with the last interval, or begins one after a break longer than `breakMax`. */
    note(_tx: Tx, now: Instant, breakMax: Span): void {
      const [last] = latest.all()
      // a clock that was put back says nothing until it is past what is known
      if (last !== undefined && now <= last.until) return
      if (last !== undefined && now - last.until <= breakMax) {
        extend.run(now, last.from)
        return
      }
      begin.run(now, now)
      prune.run(now - kept)
    },
    /** The present interval and the one before it, the newest first. */
    latest: (): readonly Watch[] => latest.all(),
    /** The last break of at least such a length, however many shorter ones came since; null where none is known. */
    latestBreak: (lengthMin: Span): Break | null => longBreak.get(lengthMin) ?? null,
  }
}
