/** SKUs of a side in their order, and the subjects that incidents speak of, page by page from where the last one ended. */
import type { Database } from 'better-sqlite3'
import type { StreamName } from '../../domain/records.ts'
import type { Instant } from '../../domain/time.ts'

/** The greatest letter there is: nothing that begins with a text comes after the text and it. */
const last = '\u{10ffff}'

export interface Stretch {
  readonly after: string
  /** What it begins with; the empty text for all. */
  readonly begins: string
  readonly limit: number
}

export function productListStore(db: Database, rowOf: (connection: string, stream: StreamName) => number) {
  const skus = db.prepare<[number, string, string, number], { value: string }>(`
    SELECT DISTINCT value FROM snapshot_key WHERE stream = ? AND name = 'sku' AND value >= ? AND value < ? ORDER BY value LIMIT ?`)
  const spokenOf = db.prepare<[Record<string, unknown>], { key: string }>(`
    SELECT DISTINCT subject_key AS key FROM incident INDEXED BY incident_by_subject
    WHERE pair = @pair AND subject_kind = @kind AND subject_connection = @connection AND subject_key >= @from AND subject_key < @ends
      AND state != 'resolved' AND rule IN (SELECT value FROM json_each(@rules))
    ORDER BY subject_key LIMIT @limit`)
  const settled = db.prepare<[Record<string, unknown>], { total: number }>(`
    SELECT COUNT(*) AS total FROM incident INDEXED BY incident_by_subject
    WHERE pair = @pair AND subject_kind = @kind AND subject_connection = @connection AND state = 'resolved'
      AND resolved_at >= @since AND rule IN (SELECT value FROM json_each(@rules))`)
  const overrides = db.prepare<[Record<string, unknown>], { class: string; total: number }>(`
    SELECT class, COUNT(*) AS total FROM incident_override INDEXED BY incident_override_by_age
    CROSS JOIN incident ON incident.id = incident_override.incident
    WHERE at >= @since AND incident.pair = @pair GROUP BY class`)

  /** One more than is wanted: where the last page ended is met again and left out. */
  function beyond(values: readonly string[], { after, limit }: Stretch): readonly string[] {
    return values.filter((value) => after === '' || value !== after).slice(0, limit)
  }

  function from({ after, begins }: Stretch): string {
    return after > begins ? after : begins
  }

  return {
    /** Also of products that are gone: whoever lists them sees. */
    skus: (connection: string, stretch: Stretch): readonly string[] =>
      beyond(
        skus.all(rowOf(connection, 'products'), from(stretch), `${stretch.begins}${last}`, stretch.limit + 1).map((row) => row.value),
        stretch,
      ),
    /** Keys of subjects of which one of the rules speaks now. */
    spokenOf: (of: { pair: string; kind: string; connection: string; rules: readonly string[] }, stretch: Stretch): readonly string[] =>
      beyond(
        spokenOf
          .all({ ...of, rules: JSON.stringify(of.rules), from: from(stretch), ends: `${stretch.begins}${last}`, limit: stretch.limit + 1 })
          .map((row) => row.key),
        stretch,
      ),
    /** How many that the rules spoke of were closed since an instant. */
    settled: (of: { pair: string; kind: string; connection: string; rules: readonly string[] }, since: Instant): number =>
      settled.get({ ...of, rules: JSON.stringify(of.rules), since })?.total ?? 0,
    /** What was done by hand to incidents of a pair, by class. */
    overrides: (pair: string, since: Instant): readonly { class: string; count: number }[] =>
      overrides.all({ pair, since }).map((row) => ({ class: row.class, count: row.total })),
  }
}
