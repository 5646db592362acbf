/** Business days as they were last looked at, and by what one tells that a record of a day has come, gone or changed. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { StreamName } from '../../domain/records.ts'
import type { Instant } from '../../domain/time.ts'
import type { Tx } from './database.ts'
import { fromJson, toJson } from './rows.ts'
import { figuresSchema } from './sign-offs.ts'

const byCurrency = z.array(figuresSchema.extend({ currency: z.string() }))
export type DayFigures = z.infer<typeof byCurrency>[number]

export interface BusinessDay {
  readonly pair: string
  readonly day: string
  /** When its records were last compared with the mark, and when every step was last worked out. */
  readonly lookedAt: Instant
  readonly closedAt: Instant
  readonly mark: string
  readonly figures: readonly DayFigures[]
}

interface BusinessDayRow {
  pair: string
  day: string
  looked_at: number
  closed_at: number
  mark: string
  figures_json: string
}

/** Records of one stream within a day: by the day that they are booked on, or by the moment they happened at. */
export interface Stretch {
  readonly connection: string
  readonly stream: StreamName
  readonly by: 'booked' | 'happened'
  readonly from: Instant
  /** Exclusive. */
  readonly to: Instant
}

/** When what a record says now was first seen: after that its figures are what they are. */
const saidSince = `COALESCE((SELECT MAX(seen_to) FROM snapshot_history WHERE snapshot = snapshot.row), first_seen_at)`

export function businessDayStore(db: Database, rowOf: (connection: string, stream: StreamName) => number) {
  const one = db.prepare<[string, string], BusinessDayRow>(`SELECT * FROM business_day WHERE pair = ? AND day = ?`)
  const since = db.prepare<[string, string], BusinessDayRow>(`SELECT * FROM business_day WHERE pair = ? AND day >= ? ORDER BY day`)
  const put = db.prepare(`
    INSERT INTO business_day (pair, day, looked_at, closed_at, mark, figures_json)
    VALUES (@pair, @day, @lookedAt, @closedAt, @mark, @figuresJson)
    ON CONFLICT (pair, day) DO UPDATE SET
      looked_at = excluded.looked_at, closed_at = excluded.closed_at, mark = excluded.mark, figures_json = excluded.figures_json`)
  const looked = db.prepare(`UPDATE business_day SET looked_at = ? WHERE pair = ? AND day = ?`)
  // either is an index of its own, and a day is a small part of it
  const ways = { booked: { column: 'booked_at', index: 'snapshot_by_booking' }, happened: { column: 'happened_at', index: 'snapshot_by_moment' } } as const
  const markBy = ({ column, index }: (typeof ways)[keyof typeof ways]) =>
    db.prepare<[number, Instant, Instant], { total: number; gone: number; latest: number | null }>(`
      SELECT COUNT(*) AS total, COUNT(gone_at) AS gone, MAX(${saidSince}) AS latest FROM snapshot INDEXED BY ${index}
      WHERE stream = ? AND ${column} >= ? AND ${column} < ?`)
  const lateBy = ({ column, index }: (typeof ways)[keyof typeof ways]) =>
    db.prepare<[Record<string, unknown>], { row: number; at: number }>(`
      SELECT row, MAX(COALESCE(gone_at, 0), ${saidSince}) AS at FROM snapshot INDEXED BY ${index}
      WHERE stream = @stream AND ${column} >= @from AND ${column} < @to AND at > @since ORDER BY at DESC LIMIT @limit`)
  const marks = { booked: markBy(ways.booked), happened: markBy(ways.happened) }
  const lates = { booked: lateBy(ways.booked), happened: lateBy(ways.happened) }

  return {
    get(pair: string, day: string): BusinessDay | null {
      const row = one.get(pair, day)
      return row === undefined ? null : toBusinessDay(row)
    },
    /** From a day on, that day included. */
    since: (pair: string, day: string): readonly BusinessDay[] => since.all(pair, day).map(toBusinessDay),
    save(_tx: Tx, seen: BusinessDay): void {
      const { figures, ...rest } = seen
      put.run({ ...rest, figuresJson: toJson(byCurrency, [...figures]) })
    },
    /** Nothing of it had changed. */
    looked(_tx: Tx, { pair, day }: Pick<BusinessDay, 'pair' | 'day'>, at: Instant): void {
      looked.run(at, pair, day)
    },
    /** The same as long as no record of the stretch came, went or changed. */
    mark(stretch: Stretch): string {
      const { total, gone, latest } = marks[stretch.by].get(rowOf(stretch.connection, stretch.stream), stretch.from, stretch.to) ?? { total: 0, gone: 0, latest: null }
      return `${total}-${gone}-${latest ?? 0}`
    },
    /** Rows of the stretch that came, went or changed after an instant, the latest first. */
    late: (stretch: Stretch, after: Instant, limit: number): readonly { readonly row: number; readonly at: Instant }[] =>
      lates[stretch.by].all({ stream: rowOf(stretch.connection, stretch.stream), from: stretch.from, to: stretch.to, since: after, limit }),
  }
}

function toBusinessDay(row: BusinessDayRow): BusinessDay {
  return {
    pair: row.pair,
    day: row.day,
    lookedAt: row.looked_at,
    closedAt: row.closed_at,
    mark: row.mark,
    figures: fromJson(byCurrency, row.figures_json),
  }
}
