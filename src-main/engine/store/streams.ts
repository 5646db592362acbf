/** Where reading goes on, up to where each stream is complete, and how the last passes went. */
import type { Database } from 'better-sqlite3'
import { type Coverage, type Pass, passSchema } from '../../domain/connection.ts'
import type { StreamName } from '../../domain/records.ts'
import { type Instant, type Span, days, hours } from '../../domain/time.ts'
import type { Tx } from './database.ts'
import { bit, remembered } from './rows.ts'

/** The passes of one hour that came to their end. */
export interface PassHour {
  readonly hour: Instant
  readonly passes: number
  readonly tookMs: Span
}

/** When the latest pass began that came to its end, and the earliest that did not. */
export interface PassEnds {
  readonly lastComplete: Instant | null
  readonly firstFailed: Instant | null
}

/** `at`: since when that is known, by our clock; left out: since `to`. */
interface Covering {
  readonly from: Instant
  readonly to: Instant
  readonly at?: Instant
}

interface StreamRow {
  row: number
  connection: string
  name: StreamName
  cursor_json: string | null
  good_cursor_json: string | null
  covered_from: number | null
  covered_to: number | null
  held: number
}

interface PassRow {
  connection: string
  stream: StreamName
  started_at: number
  ended_at: number
  records: number
  changed: number
  complete: number
  faults_json: string
  clock_offset_ms: number | null
}

/** What every record of a stream asks of it while it is saved. */
export interface StreamHead {
  /** The stream's short key. */
  readonly row: number
  /** Snapshots that are not gone. */
  readonly held: number
  /** What new bodies are told by (bodies.ts), and of how many it was chosen. */
  readonly sample: number | null
  readonly sampledOf: number
}

/** Passes kept per stream: a few hours at the fastest pace, enough for the strip and the connection screen. */
const passesKept = 1000
const pruneEvery = 50
/** How long the sums of each hour are kept: a week, to compare a day with, and one day more. */
const hoursKept = days(8)

export function streamStore(db: Database) {
  const insert = db.prepare(`INSERT OR IGNORE INTO stream (connection, name) VALUES (?, ?)`)
  const one = db.prepare<[string, string], StreamRow>(`SELECT * FROM stream WHERE connection = ? AND name = ?`)
  const head = db.prepare<[string, string], StreamHead>(`
    SELECT row, held, sample, sampled_of AS sampledOf FROM stream WHERE connection = ? AND name = ?`)
  const ofConnection = db.prepare<[string], StreamRow>(`SELECT * FROM stream WHERE connection = ? ORDER BY row`)
  const cursor = db.prepare(`UPDATE stream SET cursor_json = ? WHERE row = ?`)
  const good = db.prepare(`UPDATE stream SET good_cursor_json = cursor_json WHERE row = ?`)
  const fallBack = db.prepare(`UPDATE stream SET cursor_json = good_cursor_json WHERE row = ?`)
  const cover = db.prepare(`
    UPDATE stream SET covered_from = MIN(COALESCE(covered_from, @from), @from), covered_to = @to WHERE row = @row`)
  const uncover = db.prepare(`UPDATE stream SET covered_from = NULL, covered_to = NULL WHERE row = ?`)
  // a clock set back takes no later word's place
  const noteCovered = db.prepare(`
    INSERT OR REPLACE INTO covered_past (stream, at, covered_from, covered_to)
    SELECT row, MAX(@at, COALESCE((SELECT MAX(at) FROM covered_past WHERE stream = @row), @at)), covered_from, covered_to FROM stream WHERE row = @row`)
  const note = db.prepare(`
    INSERT INTO pass (connection, stream, started_at, ended_at, records, changed, complete, faults_json, clock_offset_ms)
    VALUES (@connection, @stream, @startedAt, @endedAt, @records, @changed, @complete, @faultsJson, @clockOffsetMs)`)
  const prune = db.prepare(`
    DELETE FROM pass WHERE connection = @connection AND stream = @stream AND started_at < (
      SELECT started_at FROM pass WHERE connection = @connection AND stream = @stream
      ORDER BY started_at DESC LIMIT 1 OFFSET ${passesKept})`)
  const last = db.prepare<[string, string], PassRow>(`
    SELECT * FROM pass WHERE connection = ? AND stream = ? ORDER BY started_at DESC LIMIT 1`)
  const addToHour = db.prepare(`
    INSERT INTO pass_hour (connection, stream, hour, passes, took_ms) VALUES (@connection, @stream, @hour, 1, @tookMs)
    ON CONFLICT (connection, stream, hour) DO UPDATE SET passes = passes + 1, took_ms = took_ms + excluded.took_ms`)
  const pruneHours = db.prepare(`DELETE FROM pass_hour WHERE connection = ? AND stream = ? AND hour < ?`)
  const byHour = db.prepare<[string, string, Instant], PassHour>(`
    SELECT hour, passes, took_ms AS tookMs FROM pass_hour WHERE connection = ? AND stream = ? AND hour >= ? ORDER BY hour`)
  const ends = db.prepare<[string, string, Instant], PassEnds>(`
    SELECT MAX(iif(complete, started_at, NULL)) AS lastComplete, MIN(iif(complete, NULL, started_at)) AS firstFailed
    FROM pass WHERE connection = ? AND stream = ? AND started_at >= ?`)
  const completeBefore = db.prepare<[string, string, Instant], { at: Instant | null }>(`
    SELECT MAX(started_at) AS at FROM pass WHERE connection = ? AND stream = ? AND started_at < ? AND complete = 1`)
  const since = db.prepare<[string, Instant], PassRow>(`
    SELECT * FROM pass WHERE connection = ? AND started_at >= ? ORDER BY started_at`)

  const read = remembered((row: PassRow) => `${row.connection} ${row.stream}`, toPass)
  /** By stream: a week of hours is asked for with every look at any stream, and changes only with a pass of this one. */
  const hoursOf = new Map<string, { readonly from: Instant; readonly hours: readonly PassHour[] }>()
  /** Passes noted since old ones were dropped, by stream. */
  const noted = new Map<string, number>()

  /** Made when first asked for. */
  function headOf(connection: string, name: StreamName): StreamHead {
    const found = head.get(connection, name)
    if (found !== undefined) return found
    insert.run(connection, name)
    return headOf(connection, name)
  }

  const rowOf = (connection: string, name: StreamName): number => headOf(connection, name).row

  function moveCoverage(row: number, { from, to, at = to }: Covering): void {
    cover.run({ row, from, to })
    noteCovered.run({ row, at })
  }

  return {
    headOf,
    rowOf,
    cursor(connection: string, name: StreamName): unknown {
      const text = one.get(connection, name)?.cursor_json ?? null
      return text === null ? null : JSON.parse(text)
    },
    saveCursor(_tx: Tx, connection: string, name: StreamName, value: unknown): void {
      cursor.run(JSON.stringify(value), rowOf(connection, name))
    },
    /** The pass was read to its end: its cursor is good. `to` is our clock at the start of the pass. */
    complete(_tx: Tx, connection: string, name: StreamName, covered: Covering): void {
      good.run(rowOf(connection, name))
      moveCoverage(rowOf(connection, name), covered)
    },
    /** For a stream that another one's rows fill: its coverage moves, its own cursor stays. */
    cover(_tx: Tx, connection: string, name: StreamName, covered: Covering): void {
      moveCoverage(rowOf(connection, name), covered)
    },
    /** What was read says nothing any more: the stream is as good as unread. */
    uncover(_tx: Tx, connection: string, name: StreamName, at: Instant): void {
      const row = rowOf(connection, name)
      uncover.run(row)
      noteCovered.run({ row, at })
    },
    /** Back to the cursor of the last complete pass. */
    fallBack(_tx: Tx, connection: string, name: StreamName): void {
      fallBack.run(rowOf(connection, name))
    },
    coverage(connection: string, name: StreamName): Coverage {
      const row = one.get(connection, name)
      return { stream: name, from: row?.covered_from ?? null, to: row?.covered_to ?? null }
    },
    coverages: (connection: string): readonly Coverage[] =>
      ofConnection.all(connection).map((row) => ({ stream: row.name, from: row.covered_from, to: row.covered_to })),
    notePass(_tx: Tx, connection: string, pass: Pass): void {
      note.run({ connection, ...pass, complete: bit(pass.complete), faultsJson: JSON.stringify(pass.faults) })
      const stream = `${connection} ${pass.stream}`
      const more = (noted.get(stream) ?? 0) + 1
      noted.set(stream, more % pruneEvery)
      // looking for the oldest walks over all that are kept: not with every pass
      if (more === pruneEvery) prune.run({ connection, stream: pass.stream })
      if (!pass.complete) return
      const hour = Math.floor(pass.startedAt / hours(1)) * hours(1)
      hoursOf.delete(stream)
      addToHour.run({ connection, stream: pass.stream, hour, tookMs: pass.endedAt - pass.startedAt })
      pruneHours.run(connection, pass.stream, hour - hoursKept)
    },
    lastPass(connection: string, name: StreamName): Pass | null {
      const row = last.get(connection, name)
      return row === undefined ? null : read(row)
    },
    /** Of the passes that began since an instant; both are null where there were none. */
    ends: (connection: string, name: StreamName, from: Instant): PassEnds =>
      ends.get(connection, name, from) ?? { lastComplete: null, firstFailed: null },
    /** When the latest pass before an instant began that came to its end. */
    completeBefore: (connection: string, name: StreamName, before: Instant): Instant | null =>
      completeBefore.get(connection, name, before)?.at ?? null,
    /** Oldest first; hours without a pass that came to its end are left out. */
    byHour(connection: string, name: StreamName, from: Instant): readonly PassHour[] {
      const stream = `${connection} ${name}`
      const known = hoursOf.get(stream)
      if (known?.from === from) return known.hours
      const week = byHour.all(connection, name, from)
      hoursOf.set(stream, { from, hours: week })
      return week
    },
    passesSince: (connection: string, at: Instant): readonly Pass[] => since.all(connection, at).map(toPass),
    recordsHeld: (connection: string, name: StreamName): number => one.get(connection, name)?.held ?? 0,
  }
}

function toPass(row: PassRow): Pass {
  return passSchema.parse({
    stream: row.stream,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    records: row.records,
    changed: row.changed,
    complete: row.complete === 1,
    faults: JSON.parse(row.faults_json),
    clockOffsetMs: row.clock_offset_ms,
  })
}
