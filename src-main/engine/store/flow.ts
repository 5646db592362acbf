/** The flow of orders from a shop into its ERP, asked of the records themselves: what arrived lately, and what did not. */
import type { Database } from 'better-sqlite3'
import type { StreamName } from '../../domain/records.ts'
import type { Instant } from '../../domain/time.ts'

/** An ERP document that names an order of the shop. Instants are each platform's own. */
export interface Arrival {
  readonly number: string
  /** The document's key in the store. */
  readonly row: number
  readonly arrivedAt: Instant
}

/** What is missing, of those whose absence is told by some rules. */
export interface MissingSum {
  readonly count: number
  readonly oldestDueAt: Instant | null
}

/** Documents of the ERP looked through for arrivals: beside a shop's orders it may have many of its own. */
const lookedMax = 5000

export function flowStore(db: Database, rowOf: (connection: string, stream: StreamName) => number) {
  // the order of the joins is said, because the index that leads from a record to its claims is not the obvious one
  const arrivals = db.prepare<[Record<string, unknown>], Arrival>(`
    SELECT DISTINCT ours.number, document.row, document.happened_at AS arrivedAt
    FROM (
      SELECT row, happened_at FROM snapshot WHERE stream = @erp AND happened_at >= @since
      ORDER BY happened_at DESC LIMIT ${lookedMax}
    ) AS document
    CROSS JOIN claim AS ours INDEXED BY claim_of ON ours.snapshot = document.row AND ours.pair = @pair
    CROSS JOIN claim AS theirs ON theirs.pair = @pair AND theirs.number = ours.number
    CROSS JOIN snapshot AS placed ON placed.row = theirs.snapshot AND placed.stream = @shop
    ORDER BY document.happened_at DESC LIMIT @limit`)
  const unmatched = db.prepare<[Record<string, unknown>], { number: string }>(`
    SELECT ours.number FROM snapshot AS placed
    CROSS JOIN claim AS ours INDEXED BY claim_of ON ours.snapshot = placed.row AND ours.pair = @pair
    WHERE placed.stream = @shop AND placed.happened_at >= @since AND placed.gone_at IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM claim AS theirs CROSS JOIN snapshot AS document ON document.row = theirs.snapshot
        WHERE theirs.pair = @pair AND theirs.number = ours.number AND document.stream = @erp)
    ORDER BY placed.happened_at LIMIT @limit`)
  const told = db.prepare<[Record<string, unknown>], { number: string }>(`
    SELECT subject_key AS number FROM incident
    WHERE state != 'resolved' AND rule IN (SELECT value FROM json_each(@rules)) AND pair = @pair AND due_at >= @since
    UNION
    SELECT subject_key FROM not_judged
    WHERE pair = @pair AND until >= @since AND rule IN (SELECT value FROM json_each(@rules))
    LIMIT @limit`)
  const due = `state != 'resolved' AND rule IN (SELECT value FROM json_each(@rules)) AND pair = @pair AND due_at >= @from`
  const missing = db.prepare<[Record<string, unknown>], { total: number }>(`SELECT COUNT(*) AS total FROM incident WHERE ${due}`)
  // what has arrived since it was told is not judged again yet, and what another incident explains is told there
  const overtaken = db.prepare<[Record<string, unknown>], { total: number; oldest: number | null }>(`
    SELECT COUNT(*) AS total, MIN(due_at) AS oldest FROM incident
    WHERE ${due} AND due_at < @before AND parent IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM claim AS theirs CROSS JOIN snapshot AS document ON document.row = theirs.snapshot
        WHERE theirs.pair = @pair AND theirs.number = incident.subject_key AND document.stream = @erp)`)
  const made = db.prepare<[string, string], { found: number }>(`
    SELECT 1 AS found FROM intent WHERE connection = ? AND target_id = ? AND state = 'verified' LIMIT 1`)

  return {
    /** The newest first. */
    arrivals: (pair: { id: string; shop: string; erp: string }, since: Instant, limit: number): readonly Arrival[] =>
      arrivals.all({ pair: pair.id, shop: rowOf(pair.shop, 'orders'), erp: rowOf(pair.erp, 'orders'), since, limit }),
    /** Orders placed since an instant that no ERP document names, the oldest first. */
    unmatched: (pair: { id: string; shop: string; erp: string }, since: Instant, limit: number): readonly string[] =>
      unmatched
        .all({ pair: pair.id, shop: rowOf(pair.shop, 'orders'), erp: rowOf(pair.erp, 'orders'), since, limit })
        .map((row) => row.number),
    /** Orders due since an instant that these rules speak of, or wait to judge. */
    told: (pair: string, rules: readonly string[], since: Instant, limit: number): readonly string[] =>
      told.all({ pair, rules: JSON.stringify(rules), since, limit }).map((row) => row.number),
    /** How many incidents of these rules were due since an instant. */
    missing: (pair: string, rules: readonly string[], from: Instant): number =>
      missing.get({ pair, rules: JSON.stringify(rules), from })?.total ?? 0,
    /** Those that were due in an interval, stand for themselves, and are not in the ERP by now. */
    overtaken(pair: { id: string; erp: string }, rules: readonly string[], interval: { from: Instant; before: Instant }): MissingSum {
      const row = overtaken.get({ pair: pair.id, erp: rowOf(pair.erp, 'orders'), rules: JSON.stringify(rules), ...interval })
      return { count: row?.total ?? 0, oldestDueAt: row?.oldest ?? null }
    },
    /** Whether a replay of ours made the document. */
    isOurs: (connection: string, targetId: string): boolean => made.get(connection, targetId) !== undefined,
  }
}
